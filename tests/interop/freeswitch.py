"""A real FreeSWITCH, where one is installed, on loopback only.

Its configuration has the snippets of docs/phones-freeswitch.md: what admins copy is what is tested.
"""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Self

import pytest

from tests.house import ROOT, end, free_port, is_up, wait_until

HANDBOOK = ROOT / "docs" / "phones-freeswitch.md"
SNIPPET = re.compile(r"^```xml\n(.*?)^```", re.MULTILINE | re.DOTALL)
FOLDERS = ("conf", "log", "db", "run", "storage", "cache", "temp", "scripts", "recordings")
MODULES = (
    *("mod_commands", "mod_dialplan_xml", "mod_dptools", "mod_event_socket", "mod_conference"),
    *("mod_sofia", "mod_httapi", "mod_sndfile", "mod_spandsp"),
)
CONFIGURATION = """<document type="freeswitch/xml">
<section name="configuration">
  <configuration name="switch.conf"><settings>
    <param name="rtp-start-port" value="30000"/><param name="rtp-end-port" value="39998"/>
  </settings></configuration>
  <configuration name="modules.conf"><modules>{modules}</modules></configuration>
  <configuration name="event_socket.conf"><settings>{event_socket}</settings></configuration>
  <configuration name="acl.conf"><network-lists>{acl}</network-lists></configuration>
  <configuration name="httapi.conf"><settings/><profiles/></configuration>
  <configuration name="conference.conf">
    <caller-controls><group name="default"><control action="mute" digits="*6"/></group></caller-controls>
    <profiles>{profile}
      <profile name="default"><param name="rate" value="16000"/></profile>
    </profiles>
  </configuration>
  <configuration name="sofia.conf"><global_settings/><profiles><profile name="internal">
    <gateways><gateway name="trunk">
      <param name="username" value="trunk"/><param name="password" value="none"/>
      <param name="proxy" value="127.0.0.1:{phones}"/><param name="register" value="false"/>
      <param name="caller-id-in-from" value="true"/>
    </gateway></gateways>
    <settings>
      <param name="sip-ip" value="127.0.0.1"/><param name="rtp-ip" value="127.0.0.1"/>
      <param name="sip-port" value="{sip}"/><param name="context" value="public"/>
      <param name="dialplan" value="XML"/><param name="auth-calls" value="false"/>
      <param name="inbound-codec-prefs" value="PCMU"/>
      <param name="outbound-codec-prefs" value="PCMU,G722,L16"/>
      <param name="rtp-timer-name" value="soft"/><param name="rfc2833-pt" value="101"/>
    </settings>
  </profile></profiles></configuration>
</section>
<section name="dialplan"><context name="public">
  <extension name="menu"><condition field="destination_number" expression="^7000$">
    <action application="answer"/><action application="conference" data="123456789@default"/>
  </condition></extension>
  {extension}
</context></section>
<section name="directory"/>
</document>
"""


class RunningFreeSwitch:
    """One of its own. Its ports are free ones."""

    def __init__(self) -> None:
        program = shutil.which("freeswitch")
        if program is None:
            pytest.skip("REAL FREESWITCH NOT TESTED: it is not installed, and no Debian suite has it")
        self._program = program
        self._folder = Path(tempfile.mkdtemp(prefix="meetingserver-freeswitch-"))
        self.socket, self.sip, self.phones = free_port(), free_port(), free_port()
        for name in FOLDERS:
            (self._folder / name).mkdir()
        (self._folder / "conf" / "freeswitch.xml").write_text(self._configuration())

    def _configuration(self) -> str:
        event_socket, acl, profile, extension = SNIPPET.findall(HANDBOOK.read_text())
        numbers = extension.replace(r"493012345\d", r"\d")
        return CONFIGURATION.format(
            modules="".join(f'<load module="{module}"/>' for module in MODULES),
            event_socket=event_socket.replace("192.0.2.10", "127.0.0.1").replace("8021", str(self.socket)),
            acl=acl.replace("192.0.2.20", "127.0.0.1"),
            profile=profile,
            extension=numbers,
            sip=self.sip,
            phones=self.phones,
        )

    def __enter__(self) -> Self:
        folders = [text for name in FOLDERS for text in (f"-{name}", str(self._folder / name))]
        self._process = subprocess.Popen(
            [self._program, "-nf", "-nonat", *folders], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        wait_until(lambda: is_up(self.socket), "FreeSWITCH answers at its event socket")
        return self

    def __exit__(self, *_: object) -> None:
        end(self._process)
        shutil.rmtree(self._folder, ignore_errors=True)
