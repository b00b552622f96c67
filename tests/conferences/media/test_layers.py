"""Who is seen, and where."""

from conferences.media.contract import PublicationKey, Source, View
from conferences.media.layers import choose_videos, choose_voices, fill_slots


def camera(peer: str) -> PublicationKey:
    return PublicationKey(peer, Source.CAMERA)


ANNA, BEN, CLEO, DORA = (camera(peer) for peer in ("anna", "ben", "cleo", "dora"))
SCREEN = PublicationKey("dora", Source.SCREEN)
EVERYTHING = View()
VIDEOS = dict.fromkeys((ANNA, BEN, CLEO, DORA, SCREEN), 500_000)


def seen(
    view: View = EVERYTHING, ranking: tuple[str, ...] = (), budget: int = 10_000_000
) -> list[PublicationKey]:
    return choose_videos(VIDEOS, view, ranking, receiver="anna", budget=budget)


def test_screens_come_first_then_the_pinned_then_speakers_then_the_rest() -> None:
    assert seen(View(pinned=("cleo",)), ("anna", "dora")) == [SCREEN, CLEO, DORA, BEN]


def test_nobody_is_shown_to_themselves_nor_when_hidden() -> None:
    assert ANNA not in seen()
    assert seen(View(hidden=frozenset({"dora"}))) == [BEN, CLEO]


def test_no_more_is_shown_than_wished() -> None:
    assert seen(View(max_videos=1)) == [SCREEN]
    assert seen(View(max_videos=0)) == []


def test_the_least_important_goes_first_when_not_all_fits() -> None:
    assert seen(View(pinned=("cleo",)), budget=1_000_000) == [SCREEN, CLEO]
    assert seen(budget=499_999) == []


def test_the_sound_of_a_screen_is_heard_before_voices_and_nobody_hears_themselves() -> None:
    voices = [PublicationKey(peer, Source.MICROPHONE) for peer in ("anna", "ben", "cleo")]
    sound = PublicationKey("dora", Source.SCREEN_AUDIO)
    assert choose_voices([*voices, sound], receiver="anna") == [sound, *voices[1:]]


def test_what_stays_keeps_its_slot() -> None:
    assert fill_slots(["a", "b", None], ["b", "c", "a"]) == ["a", "b", "c"]
    assert fill_slots(["a", "b", "c"], ["d", "c"]) == ["d", None, "c"]


def test_there_are_never_more_than_there_are_slots() -> None:
    assert fill_slots([None, None], ["a", "b", "c"]) == ["a", "b"]
    assert fill_slots(["c", "a"], ["a", "b", "c"]) == ["b", "a"]
    assert fill_slots([], ["a"]) == []
