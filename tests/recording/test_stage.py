"""What a film shows: who, and where."""

import pytest
from msgspec.structs import replace

from conferences.core.slides import Document, DocumentKind, Shown
from conferences.core.state import Participant, Picture
from conferences.core.words import Role
from recording.canvas import Box
from recording.stage import Look, Scene, grid, places_of, scene_of

LOOK = Look()
BOARD = Document(id="d1", name="Board", owner="p0", url="", kind=DocumentKind.BOARD, pages=1)


def person(number: int, *, role: Role = Role.GUEST, screen: bool = False) -> Participant:
    id = f"p{number}"
    return Participant(
        id=id, name=id.upper(), role=role, joined_at=number, camera=True, microphone=True, screen=screen
    )


def of(count: int, **more: object) -> Picture:
    people = [person(number) for number in range(count)]
    return replace(Picture(participants={one.id: one for one in people}), **more)


def seen(picture: Picture, look: Look = LOOK, *, spoken: dict[str, int] | None = None) -> Scene:
    return scene_of(picture, look, levels={}, spoken=spoken or {})


def names(scene: Scene) -> list[str]:
    return [f"{tile.source}:{tile.participant}" for tile in scene.strip]


def test_people_alone_are_in_a_grid() -> None:
    scene = seen(of(3))
    assert (scene.slide, scene.large) == (None, None)
    assert names(scene) == ["camera:p0", "camera:p1", "camera:p2"]


def test_beside_a_slide_are_at_most_four_those_who_spoke_last() -> None:
    picture = of(7, documents={"d1": BOARD}, shown=Shown("d1", "p0"))
    scene = seen(picture, spoken={"p6": 900, "p5": 800, "p2": 700, "p1": 100, "p0": 50})
    assert scene.slide is not None
    assert names(scene) == ["camera:p1", "camera:p2", "camera:p5", "camera:p6"]


def test_a_screen_is_large_unless_a_slide_is() -> None:
    picture = of(2)
    picture = replace(picture, participants={**picture.participants, "p9": person(9, screen=True)})
    alone = seen(picture)
    assert alone.large is not None
    assert (alone.large.source, alone.large.participant) == ("screen", "p9")
    beside = seen(replace(picture, documents={"d1": BOARD}, shown=Shown("d1", "p0")))
    assert names(beside)[0] == "screen:p9"


def test_who_is_in_the_spotlight_is_large_and_not_twice() -> None:
    scene = seen(of(3, spotlight="p1"))
    assert scene.large is not None
    assert scene.large.participant == "p1"
    assert names(scene) == ["camera:p0", "camera:p2"]


def test_a_live_film_leaves_slides_to_the_page() -> None:
    scene = seen(of(2, documents={"d1": BOARD}, shown=Shown("d1", "p0")), Look(slides=False))
    assert scene.slide is None


def test_who_waits_is_not_seen() -> None:
    waiting = person(1, role=Role.WAITING)
    assert not seen(Picture(participants={"p1": waiting})).strip


def test_who_is_heard_talks_unless_muted() -> None:
    scene = scene_of(of(2), LOOK, levels={"p0": 5, "p1": 1}, spoken={})
    assert [tile.talking for tile in scene.strip] == [True, False]


@pytest.mark.parametrize("count", range(1, 10))
def test_tiles_of_a_grid_lie_side_by_side_inside_of_it(count: int) -> None:
    area = Box(8, 8, 1_264, 704)
    boxes = grid(count, area)
    assert len(boxes) == count
    for box in boxes:
        assert all(side % 2 == 0 for side in box)
        assert box.x >= 8
        assert box.y >= 8
        assert box.x + box.width <= 1_272
        assert box.y + box.height <= 712
    assert len({(box.x, box.y) for box in boxes}) == count
    covered = sum(box.width * box.height for box in boxes)
    assert covered <= area.width * area.height


def test_nobody_there_leaves_the_stage_empty() -> None:
    assert places_of(seen(Picture()), LOOK).strip == ()


def test_the_chat_has_a_column_of_its_own() -> None:
    places = places_of(seen(of(2)), Look(chat=True))
    assert places.chat is not None
    assert all(box.x + box.width < places.chat.x for box in places.strip)
