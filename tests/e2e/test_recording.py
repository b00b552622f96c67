"""Recording: everybody knows, what is paused is absent, and a killed server goes on."""

import time
from pathlib import Path

from conferences.media.contract import Source
from recording.chunks import PacketRecord, read_chunk
from tests.e2e.office import Office
from tests.e2e.person import Person


def packets(office: Office, person: Person) -> dict[str, list[PacketRecord]]:
    root = Path(office.server.variables["DATA_DIR"]) / "recordings"
    found: dict[str, list[PacketRecord]] = {}
    for path in sorted(root.glob(f"*/raw/{person.id}.*/*")):
        chunk = read_chunk(path)
        records = [record for record in chunk.records if isinstance(record, PacketRecord)]
        found.setdefault(path.parent.name.removeprefix(person.id + "."), []).extend(records)
    return found


def test_smoke(office: Office, alice: Person, bob: Person) -> None:
    room = office.room()
    for person in (alice, bob):
        person.joins(room)
    alice.says('meeting.live.submit({type: "recording.start"})')
    bob.finds("() => meeting.live.picture.recording")
    time.sleep(5)
    alice.says('meeting.live.submit({type: "recording.stop"})')
    bob.finds("() => !meeting.live.picture.recording")
    for person in (alice, bob):
        for name, records in packets(office, person).items():
            print(person.name, name, len(records))
    import subprocess
    print(subprocess.run(["find", str(Path(office.server.variables["DATA_DIR"]) / "recordings")], capture_output=True, text=True).stdout)
    print(office.server.log.read_text()[-3000:])
    assert 0
