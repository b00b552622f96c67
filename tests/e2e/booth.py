"""A telephone booth: real phones that call the embedded bridge, beside browsers, which are led otherwise."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from tests.bridges.janus.phones import JanusPhone
from tests.bridges.janus.rig import JanusRig
from tests.e2e.office import Office
from tests.house import PATIENCE_S, wait_until
from tests.interop.janus import Janus
from tests.interop.phones import LOCALHOST, OurPhone, OurPhones, sip_port

T = TypeVar("T")

FURNISH = """
from bridges.models import AllowedDestination, Bridge, DialInNumber
AllowedDestination.objects.get_or_create(prefix="+49", room=None)
for key, type, config in (
    ("sim", "simulator", {"answers_after_s": 2}),
    ("sip", "sip", {"listen_address": "%(host)s", "port": %(port)d}),
):
    bridge = Bridge(key=key, type=type, label=key, dials_out=type == "simulator")
    bridge.config = config
    bridge.save()
DialInNumber.objects.create(number="+4930222", label="Berlin", country="DE", bridge=bridge)
"""
JANUS = """
import json
from bridges.models import Bridge
bridge = Bridge(key="janus", type="janus", label="Janus")
bridge.config = json.loads(%r)
bridge.save()
"""
NO_JANUS = "from bridges.models import Bridge; Bridge.objects.filter(key='janus').delete()"
UP = "meetingserver_phone_bridges_up %d.0"


def connect_phones(office: Office) -> int:
    """The office gets an embedded bridge, whose port this is, and a simulated one, which places calls: people
    answer after a moment, but at some numbers (`simulator.phones.REFUSALS`)."""
    port = sip_port()
    office.server.shell(FURNISH % {"host": LOCALHOST, "port": port})
    wait_until(lambda: UP % 2 in office.server.get("/metrics")[1], "both bridges are up")
    return port


class Booth:
    """Phones live on a loop in a thread of their own: browsers occupy that of the tests."""

    def __init__(self, office: Office, uri: str) -> None:
        self._office = office
        self._uri = uri
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="phones", daemon=True)
        self._thread.start()
        self._opened = OurPhones.open()
        self._phones = self.does(self._opened.__aenter__())

    def does(self, doing: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(doing, self._loop).result(PATIENCE_S)

    def calls(self, room: str, hertz: float) -> OurPhone:
        """The room of this link, as a guest."""
        code = _code(self._office, room)
        phone = self.does(self._phones.answered(self._uri, hertz))
        self.does(phone.call.send_dtmf(f"{code}##"))
        return phone

    @contextmanager
    def gateway_at(self, janus: Janus, room: str) -> Iterator[Callable[[float], JanusPhone]]:
        """Brings callers into the room of this link by a Janus, which becomes a bridge of the office."""
        code = _code(self._office, room)
        opened = JanusRig.of(janus.port)
        rig = self.does(opened.__aenter__())
        config = msgspec.json.encode(rig.config(rooms=(code,))).decode()
        self._office.server.shell(JANUS % config)
        wait_until(lambda: UP % 3 in self._office.server.get("/metrics")[1], "Janus is a bridge")

        def call(hertz: float) -> JanusPhone:
            phone = self.does(rig.gateway.call(code, "+4930777"))
            phone.talk(hertz)
            return phone

        try:
            yield call
        finally:
            self._office.server.shell(NO_JANUS)
            self.does(opened.__aexit__(None, None, None))

    def closes(self) -> None:
        self.does(self._opened.__aexit__(None, None, None))
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


def _code(office: Office, room: str) -> str:
    database = Path(office.server.variables["DATA_DIR"]) / "meetingserver.sqlite3"
    with closing(sqlite3.connect(database)) as rows:
        found = rows.execute("SELECT code FROM conferences_room WHERE slug = ?", [room.rpartition("/")[2]])
        return str(found.fetchone()[0])


@contextmanager
def open_booth(office: Office, port: int) -> Iterator[Booth]:
    """At the embedded bridge, which listens at this port."""
    booth = Booth(office, f"sip:4930222@{LOCALHOST}:{port}")
    try:
        yield booth
    finally:
        booth.closes()
