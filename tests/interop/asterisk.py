"""A real Asterisk 16.28 from Debian bullseye (`old_debian`), started beside the system, on loopback only.
`ASTERISK_FOLDER` may name the root of another Debian that has one.

Its configuration is the snippets of docs/phones-asterisk.md: what admins copy is what is tested.
"""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Self

import pytest

from meetingserver import env
from tests.house import ROOT, end, free_port, wait_until
from tests.interop.certificates import certificate
from tests.interop.old_debian import FOLDER, UNAVAILABLE, OldDebian

PROGRAM = "usr/sbin/asterisk"
HANDBOOK = ROOT / "docs" / "phones-asterisk.md"
SNIPPET = re.compile(r"^`(\w+\.conf)`[^\n]*:\n\n```ini\n(.*?)```", re.MULTILINE | re.DOTALL)
FOLDERS = ("etc", "lib", "db", "key", "spool", "run", "log")
ASTERISK = """
[directories]
astetcdir => {run}/etc
astmoddir => {modules}
astvarlibdir => {run}/lib
astdbdir => {run}/db
astkeydir => {run}/key
astdatadir => {debian}/usr/share/asterisk
astagidir => {run}/lib
astspooldir => {run}/spool
astrundir => {run}/run
astlogdir => {run}/log
astcachedir => /tmp
"""
PHONES = """
[transport]
type = transport
protocol = udp
bind = 127.0.0.1:{sip}

[trunk]
type = endpoint
context = meetingserver-number
aors = trunk
allow = !all,ulaw,g722
direct_media = no
from_domain = 127.0.0.1

[trunk]
type = aor
contact = sip:127.0.0.1:{phones}

[trunk]
type = identify
endpoint = trunk
match = 127.0.0.1
"""
OWN_MENU = """
[meetingserver-number](+)
exten => 7000,1,Answer()
 same => n,ConfBridge(123456789,,,own_menu)
"""
CONFBRIDGE = """
[default_user]
type = user
quiet = yes
talk_detection_events = yes

[own_menu]
type = menu
*6 = toggle_mute
"""
UNWANTED = (
    *("chan_sip", "chan_iax2", "chan_skinny", "chan_unistim", "chan_mgcp", "chan_motif", "pbx_dundi"),
    *(
        "pbx_lua",
        "pbx_ael",
        "res_phoneprov",
        "res_snmp",
        "res_hep",
        "cdr_radius",
        "cel_radius",
        "app_voicemail",
    ),
)


class RunningAsterisk:
    """One of its own, with one mode of the handbook. Its ports are free ones."""

    def __init__(self, mode: str) -> None:
        self._debian = OldDebian(Path(env.surroundings().get("ASTERISK_FOLDER", FOLDER)))
        if not self._debian.has(PROGRAM):
            pytest.skip(f"{UNAVAILABLE}bin/test found none for {self._debian.folder}")
        self._folder = Path(tempfile.mkdtemp(prefix="meetingserver-asterisk-"))
        self.sip, self.phones, self.agi = (free_port() for _ in range(3))
        self.manager, self.http, self.encrypted_manager, self.encrypted_http = (free_port() for _ in range(4))
        self.certificate = certificate(self._folder / "certificate")
        self._configure(mode)

    def _configure(self, mode: str) -> None:
        for name in FOLDERS:
            (self._folder / name).mkdir()
        (self._folder / "spool" / "recording").mkdir()
        _, ami, ari = HANDBOOK.read_text().split("\n## Mode ")
        files = {
            "asterisk.conf": ASTERISK.format(
                run=self._folder, modules=self._modules(), debian=self._debian.folder
            ),
            "modules.conf": "[modules]\nautoload = yes\n"
            + "".join(f"noload = {name}.so\n" for name in UNWANTED),
            "pjsip.conf": PHONES.format(sip=self.sip, phones=self.phones),
            "rtp.conf": "[general]\nrtpstart = 20000\nrtpend = 29999\n",
            "logger.conf": "[general]\n[logfiles]\nfull = notice,warning,error,verbose,debug\n",
            "confbridge.conf": CONFBRIDGE,
        }
        for name, text in SNIPPET.findall({"ami": ami, "ari": ari}[mode]):
            files[name] = files.get(name, "") + self._adapted(text)
        files["extensions.conf"] += OWN_MENU if mode == "ami" else ""
        for name, text in files.items():
            (self._folder / "etc" / name).write_text(text)

    def _modules(self) -> Path:
        """Where that Debian keeps them."""
        folders = ("usr/lib/asterisk/modules", "usr/lib/*-linux-gnu/asterisk/modules")
        return next(found for folder in folders for found in self._debian.folder.glob(folder))

    def _adapted(self, text: str) -> str:
        ours = {
            "5038": self.manager,
            "5039": self.encrypted_manager,
            "8088": self.http,
            "8089": self.encrypted_http,
            "4573": self.agi,
            "/etc/asterisk/keys/interface.pem": self.certificate,
        }
        for theirs, own in ours.items():
            text = text.replace(theirs, str(own))
        return text

    @property
    def log(self) -> str:
        return (self._folder / "log" / "full").read_text()

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def start(self) -> None:
        command = [*self._command, "-f"]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_until(lambda: (self._folder / "run" / "asterisk.ctl").exists(), "Asterisk starts")
        wait_until(lambda: "fully booted" in self.say("core waitfullybooted"), "Asterisk is ready")

    @property
    def _command(self) -> list[str]:
        return [*self._debian.command(PROGRAM), "-C", str(self._folder / "etc" / "asterisk.conf")]

    def say(self, line: str) -> str:
        """One line at its console."""
        command = [*self._command, "-rx", line]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.stdout + done.stderr

    def channels(self) -> list[str]:
        return [
            line.split("!")[0] for line in self.say("core show channels concise").splitlines() if "!" in line
        ]

    def hang_up_media(self) -> None:
        for channel in self.channels():
            if channel.startswith("UnicastRTP/"):
                self.say(f"channel request hangup {channel}")

    def wait_for_silence(self) -> None:
        wait_until(lambda: not self.channels(), "all calls end")

    def __exit__(self, *_: object) -> None:
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def crash(self) -> None:
        """It dies without a word, and is started again."""
        self._process.kill()
        self._process.wait()
        (self._folder / "run" / "asterisk.ctl").unlink(missing_ok=True)
        self.start()

    def stop(self) -> None:
        end(self._process)
