"""The pages of a brand that people see most, in several languages: the door of a room, a conference, a
replay."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from tests.e2e.conftest import Cast
from tests.e2e.office import Office
from tests.e2e.person import Person
from tests.e2e.test_watching import READY
from tests.streaming.bundles import make_bundle

BRANDS = ("default", "corporate", "school")
LANGUAGES = ("en", "ar", "ja")
ROWS = """
from conferences.models import Conference, Room, Viewers
from recording.models import Recording, Status
room = Room.objects.get(slug="{slug}")
conference = Conference.objects.create(id="{id}", room=room, created_at=1, ended_at=2)
Recording.objects.create(
    id="{id}-1", conference=conference, title="Archery", status=Status.READY, version=1,
    started_at=1_700_000_000_000, viewers=Viewers.PUBLIC, length_ms=30_720,
)
"""
SHOWN = "() => document.querySelector('[data-part=slides-image]').naturalWidth > 100"


class Seen(NamedTuple):
    """A page as it is shown now."""

    page: str
    language: str
    person: Person


def pages(office: Office, cast: Cast, brand: str) -> Iterator[Seen]:
    """Alice comes to one after the other, in every language."""
    room = office.room(name="Archery", brand=brand)
    replay = _recorded(office, room)
    alice = cast.person("Alice", storage_state=office.signed_in, viewport={"width": 1280, "height": 800})
    for language in LANGUAGES:
        picked: Any = {"name": "django_language", "value": language, "url": office.home}
        alice.page.context.add_cookies([picked])
        alice.opens(room)
        yield Seen("join", language, alice)
        alice.page.locator("[data-part=join-button]").click()
        alice.is_in("live")
        alice.says("meeting.view.set({ panel: 'people' })")
        alice.finds("() => document.querySelector('.people-list .person')")
        yield Seen("conference", language, alice)
        alice.page.locator("[data-do=leave]").locator("visible=true").first.click()
        alice.is_in("ended")
        alice.page.goto(f"{replay}?t=5")
        alice.finds(READY)
        alice.finds(SHOWN)
        yield Seen("replay", language, alice)


def _recorded(office: Office, room: str) -> str:
    """The address of a recording of that room."""
    slug = room.rpartition("/")[2]
    id = f"of-{slug}"
    office.server.shell(ROWS.format(id=id, slug=slug))
    folder = Path(office.server.variables["DATA_DIR"]) / "recordings" / f"{id}-1" / "1"
    make_bundle(folder, id=f"{id}-1")
    return f"{office.home}watch/{id}-1"
