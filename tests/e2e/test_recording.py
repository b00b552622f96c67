"""Recording: everybody knows, and what is paused is absent. (A killed server: test_killed_server.py.)"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from recording.chunks import PacketRecord, read_chunk
from tests.e2e.office import Office
from tests.e2e.person import Person
from tests.house import wait_until

HOST_MENU = "Host controls"
SOUND, PICTURE = "microphone", "camera"


def badge(person: Person) -> Locator:
    return person.page.locator("[data-part=recording]")


def is_said(person: Person, text: str) -> None:
    """Beside the red dot."""
    expect(badge(person).get_by_text(text, exact=True)).to_be_visible()


def notice(person: Person) -> Locator:
    return person.page.get_by_role("alert").filter(has_text="This meeting is being recorded.")


def folder(office: Office, person: Person) -> Path:
    """Of the recording that their page tells of."""
    id = person.says("`${meeting.live.conference}-${meeting.live.picture.recording.id}`")
    return Path(office.server.variables["DATA_DIR"]) / "recordings" / str(id) / "raw"


def captured(raw: Path, person: Person, source: str) -> dict[str, int]:
    """How many packets of each of their tracks of this source are in files."""
    counts: dict[str, int] = {}
    for path in raw.glob(f"{person.id}.{source}.*/*"):
        records = read_chunk(path).records
        packets = sum(isinstance(record, PacketRecord) for record in records)
        counts[path.parent.name] = counts.get(path.parent.name, 0) + packets
    return counts


def everything(raw: Path) -> dict[str, int]:
    return {str(path): path.stat().st_size for path in raw.glob("*/*")}


def is_captured(raw: Path, person: Person, source: str) -> None:
    wait_until(lambda: any(captured(raw, person, source).values()), f"{source} of {person.name} is in files")


def test_everybody_knows_and_what_is_paused_is_absent(office: Office, alice: Person, bob: Person) -> None:
    room = office.room()
    alice.joins(room)
    alice.chooses(HOST_MENU, "Start recording")
    is_said(alice, "Recording")
    expect(alice.page.get_by_role("timer", name="Recorded so far")).to_have_text(re.compile(r"^00:\d\d$"))
    expect(notice(alice)).to_be_hidden()

    bob.opens(room)
    bob.reads("Meetings in this room may be recorded. You will be told.")
    bob.joins(room)
    expect(notice(bob)).to_be_visible()
    is_said(bob, "Recording")
    bob.presses("Stay")
    expect(notice(bob)).to_be_hidden()
    bob.page.reload()
    bob.is_in("live")
    expect(badge(bob)).to_be_visible()
    expect(notice(bob)).to_be_hidden()
    raw = folder(office, bob)
    for person in (alice, bob):
        is_captured(raw, person, SOUND)
        is_captured(raw, person, PICTURE)

    alice.chooses(HOST_MENU, "Pause recording")
    for person in (alice, bob):
        is_said(person, "Recording paused")
    bob.is_told("The recording is paused")
    wait_until(lambda: not list(raw.glob("*/*.open")), "what was captured is sealed")
    before = everything(raw)
    bob.hears(alice)
    bob.sees(alice)
    assert everything(raw) == before

    alice.chooses(HOST_MENU, "Resume recording")
    bob.is_told("The recording goes on")
    wait_until(lambda: len(everything(raw)) > len(before), "it is captured again")
    alice.chooses(HOST_MENU, "Stop recording")
    bob.is_told("The recording has stopped")
    expect(badge(bob)).to_be_hidden()
    wait_until(lambda: not list(raw.glob("*/*.open")), "what was captured is sealed")
    assert everything(raw).items() >= before.items()


def test_who_waits_and_who_types_is_told_and_keeps_the_focus(
    office: Office, alice: Person, bob: Person, carol: Person
) -> None:
    room = office.room(lobby=True)
    alice.joins(room)
    bob.waits_at(room)
    alice.admits(bob)
    bob.is_in("live")
    bob.opens_chat()
    box = bob.page.get_by_role("textbox", name="Message", exact=True)
    box.press_sequentially("I am ty")
    carol.waits_at(room)
    alice.types("/record")
    expect(notice(bob)).to_be_visible()
    box.press_sequentially("ping")
    expect(box).to_have_value("I am typing")
    expect(
        carol.page.get_by_role("status").filter(has_text="This meeting is being recorded.")
    ).to_be_visible()
    alice.admits(carol)
    carol.is_in("live")
    expect(notice(carol)).to_be_visible()
    notice(carol).get_by_role("button", name="Leave").click()
    carol.is_in("ended")
    alice.types("/record pause")
    is_said(bob, "Recording paused")
    alice.types("/record")
    alice.types("/record live")
    is_said(bob, "Live")
    alice.types("/record stop")
    expect(badge(bob)).to_be_hidden()
    expect(notice(bob)).to_be_hidden()


@pytest.mark.parametrize("policy", ["off", "always"])
def test_hosts_do_what_the_room_lets_them(office: Office, alice: Person, policy: str) -> None:
    room = office.room(recording=policy)
    alice.opens(room)
    told = alice.page.get_by_text("Meetings in this room are recorded.")
    expect(told).to_be_visible(visible=policy == "always")
    alice.joins(room)
    expect(badge(alice)).to_be_visible(visible=policy == "always")
    alice.presses(HOST_MENU)
    items = alice.page.get_by_role("menuitem")
    expect(items.filter(has_text="Pause recording")).to_be_visible(visible=policy == "always")
    for item in ("Start recording", "Stop recording"):
        expect(items.filter(has_text=item)).to_be_hidden()
