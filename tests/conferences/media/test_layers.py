"""Who is seen, and where."""

from conferences.media.contract import PublicationKey, Source, View
from conferences.media.layers import choose_videos, choose_voices, fill_slots


def camera(peer: str) -> PublicationKey:
    return PublicationKey(peer, Source.CAMERA)


ANNA, BEN, CLEO, DORA = (camera(peer) for peer in ("anna", "ben", "cleo", "dora"))
SCREEN = PublicationKey("dora", Source.SCREEN)
EVERYTHING = View()
VIDEOS = {key: [500_000] for key in (ANNA, BEN, CLEO, DORA, SCREEN)}


def seen(
    view: View = EVERYTHING, ranking: tuple[str, ...] = (), budget: int = 10_000_000
) -> list[PublicationKey]:
    return list(choose_videos(VIDEOS, view, ranking, receiver="anna", budget=budget))


def layers(
    *names: str,
    view: View = EVERYTHING,
    budget: int = 50_000_000,
    shown: dict[PublicationKey, int] | None = None,
) -> list[int]:
    """Which layers are shown of the cameras of those, who all send three."""
    bitrates = {camera(name): [100_000, 400_000, 1_200_000] for name in names}
    return list(choose_videos(bitrates, view, (), receiver="me", budget=budget, shown=shown or {}).values())


def test_a_picture_is_as_sharp_as_it_is_large() -> None:
    assert layers("ben") == [2]
    assert layers("ben", "cleo") == [1, 1]
    assert set(layers(*map(str, range(12)))) == {0}
    assert layers("ben", "cleo", "dora", view=View(pinned=("cleo", "ben"), large=1)) == [2, 0, 0]


def test_all_are_small_before_somebody_goes() -> None:
    assert layers("ben", "cleo", "dora", budget=1_000_000) == [1, 1, 0]
    assert layers("ben", "cleo", "dora", budget=300_000) == [0, 0, 0]
    assert layers("ben", "cleo", "dora", budget=200_000) == [0, 0]


def test_the_last_picture_stays_but_in_a_network_that_carries_none() -> None:
    assert layers("ben", "cleo", budget=50_000) == [0]
    assert layers("ben", "cleo", budget=0) == []


def test_a_higher_layer_needs_more_room_than_it_takes() -> None:
    assert layers("ben", budget=1_250_000) == [1]
    assert layers("ben", budget=1_250_000, shown={BEN: 2}) == [2]
    assert layers("ben", budget=1_400_000) == [2]


def test_a_layer_that_was_not_measured_yet_is_not_chosen() -> None:
    fresh = {BEN: [0, 0, 0], CLEO: [0]}
    assert choose_videos(fresh, EVERYTHING, (), receiver="me", budget=50_000_000) == {BEN: 0, CLEO: 0}


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
    assert seen(budget=499_999) == [SCREEN]


def test_the_sound_of_a_screen_is_heard_before_voices_and_nobody_hears_themselves() -> None:
    voices = [PublicationKey(peer, Source.MICROPHONE) for peer in ("anna", "ben", "cleo")]
    sound = PublicationKey("dora", Source.SCREEN_AUDIO)
    assert choose_voices([*voices, sound], receiver="anna") == [sound, *voices[1:]]


def test_the_phones_are_always_heard_also_before_they_say_anything() -> None:
    voices = [PublicationKey(peer, Source.MICROPHONE) for peer in ("anna", "ben", "cleo")]
    phone = PublicationKey("phone", Source.PHONE)
    assert choose_voices([*voices, phone], receiver="anna") == [phone, *voices[1:]]


def test_what_stays_keeps_its_slot() -> None:
    assert fill_slots(["a", "b", None], ["b", "c", "a"]) == ["a", "b", "c"]
    assert fill_slots(["a", "b", "c"], ["d", "c"]) == ["d", None, "c"]


def test_there_are_never_more_than_there_are_slots() -> None:
    assert fill_slots([None, None], ["a", "b", "c"]) == ["a", "b"]
    assert fill_slots(["c", "a"], ["a", "b", "c"]) == ["b", "a"]
    assert fill_slots([], ["a"]) == []
