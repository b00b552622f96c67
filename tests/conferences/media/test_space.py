"""Who hears whom, when some have browsers and some have phones."""

from conferences.media.contract import PHONE, Source
from conferences.media.mixing import level
from conferences.media.space import AudioSpace
from tests.conferences.media.talking import PRESENT, Hall, Phone, Speaker
from tests.conferences.media.test_publication import Recorder
from tests.sounds import share

ALICE, BOB, DORA, NORTH, SOUTH = 400, 660, 940, 1300, 1900


async def hall(**speakers: Speaker) -> tuple[Hall, Phone, Phone]:
    """Two bridges, `NORTH` and `SOUTH`, in a conference with those who have browsers."""
    found, north, south = Hall(), Phone(NORTH), Phone(SOUTH)
    await found.enter(**speakers)
    found.space.attach("north", north)
    found.space.attach("south", south)
    return found, north, south


async def test_everybody_hears_all_others_and_nobody_himself() -> None:
    found, north, south = await hall(alice=Speaker(ALICE), bob=Speaker(BOB))
    found.talk(1.5)
    for phone, own, other in ((north, NORTH, SOUTH), (south, SOUTH, NORTH)):
        assert all(phone.hears(hertz) for hertz in (ALICE, BOB, other))
        assert share(phone.sound, own) < PRESENT / 10
    for page in ("alice", "bob"):
        heard = found.page_hears(page)
        assert share(heard, NORTH) > PRESENT
        assert share(heard, SOUTH) > PRESENT
        assert share(heard, ALICE) + share(heard, BOB) < PRESENT / 10


async def test_callers_hear_each_other_before_anybody_has_a_browser() -> None:
    space, north, south = AudioSpace(), Phone(NORTH), Phone(SOUTH)
    space.attach("north", north)
    space.attach("south", south)
    for turn in range(50):
        space.mix(turn)
    assert (north.hears(SOUTH), north.hears(NORTH)) == (True, False)
    assert (south.hears(NORTH), south.hears(SOUTH)) == (True, False)


async def test_the_sound_of_a_shared_screen_goes_to_the_phones() -> None:
    found, north, _ = await hall(dora=Speaker(DORA, Source.SCREEN_AUDIO))
    found.talk(1)
    assert north.hears(DORA)


async def test_who_is_muted_is_not_heard_on_the_phone() -> None:
    found, north, _ = await hall(alice=Speaker(ALICE), bob=Speaker(BOB))
    found.conference.router.permit("alice", Source.MICROPHONE, False)
    found.talk(1)
    assert (north.hears(ALICE), north.hears(BOB)) == (False, True)
    found.conference.router.permit("alice", Source.MICROPHONE, True)
    found.talk(1)
    assert north.hears(ALICE)


async def test_only_the_loudest_few_are_decoded() -> None:
    quiet = {f"quiet{number}": Speaker(500 + 10 * number, peak=150) for number in range(6)}
    found, north, _ = await hall(**quiet, alice=Speaker(ALICE))
    found.talk(1.5)
    assert north.hears(ALICE)
    assert sum(voice.is_heard for voice in found.space._voices) == 5  # noqa: SLF001 - nobody else can see it


async def test_a_lost_packet_is_not_heard_as_a_hole() -> None:
    found, north, south = await hall(alice=Speaker(ALICE, loses={60, 70}))
    south.is_silent = True
    found.talk(1.5)
    assert north.hears(ALICE)
    loudness = [level(frame) for frame in north.sound.reshape(-1, 320)]
    assert max(loudness) - min(loudness) < 4


async def test_who_leaves_takes_their_sound_with_them() -> None:
    found, north, south = await hall(alice=Speaker(ALICE))
    found.talk(1)
    found.space.detach("south")
    found.talk(0.6)
    assert not north.hears(SOUTH)
    assert north.hears(ALICE)
    assert len(south.heard) == 50


async def test_a_leg_in_the_place_of_another_is_the_only_one() -> None:
    found, north, _ = await hall()
    again = Phone(NORTH)
    found.space.attach("north", again)
    found.talk(0.6)
    assert not north.heard
    assert again.hears(SOUTH)
    assert not again.hears(NORTH)


async def test_where_everybody_is_silent_the_line_is_not_dead() -> None:
    found, north, south = await hall()
    north.is_silent = True
    south.is_away = True
    found.talk(1)
    assert len(north.heard) == len(south.heard) == 50
    for phone in (north, south):
        assert 60 < level(phone.sound) < 75


async def test_a_leg_that_gives_nonsense_is_silent() -> None:
    found, north, south = await hall()
    north.pull = lambda: b"nonsense"  # type: ignore[method-assign]
    found.talk(0.6)
    assert north.hears(SOUTH)
    assert not south.hears(NORTH)


async def test_silent_phones_cost_browsers_nothing_and_their_first_word_is_heard() -> None:
    found, north, south = await hall(alice=Speaker(ALICE))
    north.is_silent = south.is_silent = True
    found.talk(2)
    wire = found.conference.wire("alice")
    assert (PHONE, Source.PHONE) in found.conference.listener.sees("alice")
    before = len(wire.packets)
    found.talk(2)
    assert len(wire.packets) == before
    south.is_silent = False
    found.talk(0.02)
    word = wire.packets[before:]
    assert [packet.marker > 0 for packet in word] == [True, False]
    assert word[0].sequence == wire.packets[before - 1].sequence + 1 & 0xFFFF
    passed = word[1].timestamp - wire.packets[before - 1].timestamp & 0xFFFFFFFF
    assert passed / 48_000 > 2
    found.talk(0.5)
    assert share(found.page_hears("alice"), SOUTH) > PRESENT


async def test_callers_make_no_levels_of_speakers_and_no_faces() -> None:
    found, _, _ = await hall(alice=Speaker(ALICE))
    found.talk(1)
    assert set(found.conference.listener.levels) == {"alice"}


async def test_a_recording_hears_the_callers_once_and_under_their_name() -> None:
    found, _, _ = await hall(alice=Speaker(ALICE))
    found.conference.router.tap = tap = Recorder()
    found.talk(1)
    tracks = [track for track in tap.tracks if track.key.source is Source.PHONE]
    assert [(track.key.peer, track.codec, track.clock_rate) for track in tracks] == [
        ("phone", "opus", 48_000)
    ]
    said = [payload for key, payload in tap.heard if key.source is Source.PHONE]
    assert len(said) == 51, "one more, from before the first word"


async def test_phones_that_hang_up_leave_the_pages() -> None:
    found, _, _ = await hall(alice=Speaker(ALICE))
    found.talk(1)
    found.conference.router.dismiss(found.space)
    found.conference.pass_time(0.2)
    assert found.conference.listener.sees("alice") == set()
