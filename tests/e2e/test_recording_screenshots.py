"""Pictures of recording and watching, for the documentation, taken with `--screenshots`."""

from pathlib import Path

from playwright.sync_api import expect

from tests.e2e.conftest import PHONE, Cast
from tests.e2e.office import Office
from tests.e2e.person import Person
from tests.e2e.test_feature_screenshots import alice, bob, camera, in_light_and_dark, slides  # noqa: F401 - fixtures
from tests.e2e.test_screenshots import take
from tests.e2e.test_watching import READY, seeks
from tests.house import wait_until

LONG_ENOUGH = "meeting.live.now() - meeting.live.picture.recording.started_at > 20000"


def test_recordings(office: Office, cast: Cast, alice: Person, bob: Person, slides: Path) -> None:  # noqa: F811
    room = office.room(name="Monday round")
    alice.joins(room)
    alice.presses("Documents")
    alice.page.get_by_label("Add a document").set_input_files(slides)
    alice.page.get_by_role("img", name="Page 1 of 3 of Our year.pdf").wait_for()
    alice.presses("Documents")
    alice.chooses("Host controls", "Start recording")
    carol = cast.person("Carol", camera=True)
    for person in (bob, carol):
        person.joins(room)
    in_light_and_dark("consent", desk=carol, phone=bob)
    for person in (bob, carol):
        person.presses("Stay")
    alice.opens_chat()
    for text in ("Good morning!", "Which of these do we plant first?"):
        alice.writes(text)
    alice.presses("Next page")
    carol.page.get_by_role("img", name="Page 2 of 3 of Our year.pdf").wait_for()
    alice.presses("Host controls")
    take(alice.page, "recording-menu")
    alice.page.keyboard.press("Escape")
    wait_until(lambda: bool(alice.says(LONG_ENOUGH)), "there is something to watch")
    id = alice.says("`${meeting.live.conference}-${meeting.live.picture.recording.id}`")
    alice.chooses("Host controls", "Stop recording")
    phone = cast.person("Dora", storage_state=office.signed_in, **PHONE)
    for person in (alice, phone):
        person.page.goto(f"{office.home}watch/{id}")
        person.finds(READY)
        seeks(person, 15_000)
    alice.presses("Contents")
    in_light_and_dark("watch", desk=alice, phone=phone)
    for person in (alice, phone):
        person.page.goto(f"{office.home}recordings/{id}")
    expect(alice.page.get_by_role("heading", name="Trim")).to_be_visible()
    in_light_and_dark("recording", desk=alice, phone=phone)
    for person in (alice, phone):
        person.page.goto(f"{office.home}recordings")
    in_light_and_dark("recordings", desk=alice, phone=phone)
