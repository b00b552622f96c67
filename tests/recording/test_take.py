"""Which tracks of a conference are captured."""

from pathlib import Path

import pytest

from conferences.core.words import Part
from conferences.media.contract import Source
from recording.take import Captured, Take, Trouble
from tests.recording.feed import Talker

EVERY_SOURCE = list(Source)


def captured_sources(take: Take, fed: list[Captured]) -> list[str]:
    for number, source in enumerate(EVERY_SOURCE):
        Talker("bob", source, number + 1).heard_by(take).sends(1, at=0.0)
    return [captured.track.files.header.source for captured in fed]


def a_take(raw: Path, *parts: Part) -> tuple[Take, list[Captured]]:
    fed: list[Captured] = []
    return Take(raw, parts, fed.append, lambda trouble: pytest.fail(str(Trouble(trouble)))), fed


@pytest.mark.parametrize(
    ("parts", "sources"),
    [
        ([], ["microphone", "screen_audio", "phone"]),
        ([Part.CAMERAS], ["microphone", "camera", "screen_audio", "phone"]),
        ([Part.SCREENS, Part.CHAT], ["microphone", "screen", "screen_audio", "phone"]),
    ],
    ids=["none", "cameras", "screens"],
)
def test_pictures_are_captured_where_they_are_wanted_and_sound_always(
    tmp_path: Path, parts: list[Part], sources: list[str]
) -> None:
    assert captured_sources(*a_take(tmp_path, *parts)) == sources


def test_where_there_is_little_space_there_are_no_pictures(tmp_path: Path) -> None:
    take, fed = a_take(tmp_path, *Part)
    camera = Talker("bob", Source.CAMERA, 1).heard_by(take)
    take.reduced = True
    camera.sends(1, at=0.0)
    camera.reports(at=0.0)
    assert captured_sources(take, fed) == ["microphone", "screen_audio", "phone"]


def test_a_track_that_begins_again_is_another_stretch_also_after_a_restart(tmp_path: Path) -> None:
    (tmp_path / "bob.microphone.00000007.1").mkdir()
    take, fed = a_take(tmp_path)
    for _ in range(2):
        Talker("bob", Source.MICROPHONE, 7).heard_by(take).sends(1, at=0.0)
    assert [captured.track.files.header.stretch for captured in fed] == [2, 3]
