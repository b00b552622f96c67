"""The websocket: what comes in is checked, whoever it is from; a refusal has a stable reason or code."""

import asyncio
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conferences import consumers
from conferences.core.rules import Reason
from conferences.journal import crossing
from conferences.models import Conference, Room
from conferences.pace import BURST, HOPELESS
from tests.conferences.meeting import BEGIN
from tests.conferences.site import Site

pytestmark = pytest.mark.django_db(transaction=True)


# The first message


async def test_a_seat_is_a_way_in(site: Site) -> None:
    tab = site.shows(site.seat("alice"))
    welcome = await tab.hears("welcome")
    assert welcome["you"] == "alice"
    assert welcome["welcome"]["name"] == "Archery"


@pytest.mark.parametrize(
    "message",
    [
        "",
        "{",
        "[]",
        "null",
        "7",
        "{}",
        '{"seat":7}',
        '{"seat":"x","more":1}',
        '{"seat":"x","seq":-1}',
        "\x00",
    ],
)
async def test_whoever_does_not_begin_with_a_seat_is_sent_away(site: Site, message: str) -> None:
    tab = site.tab()
    tab.says_raw(message)
    assert await tab.is_refused() == (Reason.MALFORMED, 4400)


@pytest.mark.parametrize("seat", ["", "x", "1.e30.e30"])
async def test_a_seat_must_be_signed_by_us(site: Site, seat: str) -> None:
    assert await site.shows(seat).is_refused() == (Reason.SEAT_INVALID, 4401)


async def test_a_seat_that_was_tampered_with_is_none(site: Site) -> None:
    version, payload, signature = site.seat("bob").split(".")
    other = site.seat("alice").split(".")[1]
    assert payload != other
    assert await site.shows(f"{version}.{other}.{signature}").is_refused() == (Reason.SEAT_INVALID, 4401)


async def test_a_seat_does_not_last_for_ever(site: Site) -> None:
    old = site.seat("bob", issued_at=BEGIN - 25 * 3600_000)
    assert await site.shows(old).is_refused() == (Reason.SEAT_INVALID, 4401)


async def test_who_says_nothing_is_not_waited_for(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consumers, "HELLO_S", 0)
    tab = site.tab()
    assert await tab.screen.closes() == 4408


async def test_who_falls_silent_is_given_up(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consumers, "SILENCE_S", 0)
    tab = site.shows(site.seat("alice"))
    assert await tab.screen.closes() == 4408


async def test_who_goes_before_saying_anything_is_gone(site: Site) -> None:
    tab = site.tab()
    tab.vanishes()
    await tab.is_over()
    assert tab.screen.frames == []


async def test_a_seat_of_one_room_is_none_in_anothers_conference(site: Site) -> None:
    alice = await site.joins("alice")
    conference = alice.screen.messages[0]["conference"]
    other = await another_room(site.room)
    tab = site.shows(site.seat("mallory", room=other), conference=conference)
    assert await tab.is_refused() == (Reason.ENDED, 4410)
    alice.asks("hand.raise")
    await alice.screen.shows("hand.raised")
    assert "participant.joined" not in alice.screen.events


@crossing
def another_room(room: Room) -> int:
    return Room.objects.create(owner=room.owner, name="Other", slug="other", code="123456789").pk


async def test_a_conference_that_ended_is_over_for_who_comes_back(site: Site) -> None:
    alice = await site.joins("alice")
    conference = alice.screen.messages[0]["conference"]
    alice.asks("conference.end")
    assert await alice.screen.closes() == 4410
    back = site.shows(site.seat("alice"), conference=conference, seq=3)
    assert await back.is_refused() == (Reason.ENDED, 4410)
    again = await site.joins("alice")
    assert again.screen.messages[0]["conference"] != conference


async def test_a_room_that_is_gone_has_no_conference(site: Site) -> None:
    assert await site.shows(site.seat("bob", room=999_999)).is_refused() == (Reason.ENDED, 4410)


async def test_a_locked_conference_says_so(site: Site) -> None:
    alice = await site.joins("alice")
    alice.asks("conference.lock")
    await alice.screen.shows("conference.locked")
    assert await site.shows(site.seat("bob")).is_refused() == (Reason.LOCKED, 4403)


# Coming back


async def test_a_second_tab_takes_the_seat(site: Site) -> None:
    first = await site.joins("alice")
    second = await site.joins("alice")
    assert await first.screen.closes() == 4409
    await first.is_over()
    second.asks("hand.raise")
    await second.screen.shows("hand.raised")


async def test_who_was_cut_off_hears_what_was_missed(site: Site) -> None:
    alice, bob = await site.joins("alice"), await site.joins("bob")
    bob.vanishes()
    await alice.screen.shows("participant.dropped")
    heard = bob.screen.messages[0]
    alice.asks("chat.send", text="Are you there?")
    await alice.screen.shows("chat.sent")
    back = site.shows(site.seat("bob"), conference=heard["conference"], seq=heard["seq"])
    assert (await back.screen.shows("chat.sent"))["text"] == "Are you there?"
    await alice.screen.shows("participant.returned")


async def test_a_number_without_its_conference_is_worth_nothing(site: Site) -> None:
    alice = await site.joins("alice")
    back = site.shows(site.seat("alice"), seq=alice.screen.messages[0]["seq"])
    await back.hears("welcome")


# Later messages


async def test_what_is_refused_is_said_to_the_asker_alone(site: Site) -> None:
    alice, bob = await site.joins("alice"), await site.joins("bob")
    bob.asks("microphone.mute_all", ref=7)
    assert await bob.hears("refused") == {"ref": 7, "refused": Reason.NOT_ALLOWED}
    bob.asks("hand.raise", ref=8)
    await alice.screen.shows("hand.raised")
    assert not any("refused" in message for message in alice.screen.messages)


async def test_a_ping_is_answered(site: Site) -> None:
    alice = await site.joins("alice")
    alice.says({"signal": {"type": "ping"}})
    assert (await alice.hears("signal"))["signal"] == {"type": "pong"}


async def test_who_waits_gets_no_media(site: Site) -> None:
    bob = await site.joins("bob")
    bob.says({"ref": 3, "signal": {"type": "media.view", "videos": 4}})
    assert await bob.hears("refused") == {"ref": 3, "refused": Reason.NOT_ALLOWED}


HOSTILE = [
    "",
    "{",
    "[]",
    "7",
    '{"ref":-1}',
    '{"ref":99999999999999999999999999}',
    '{"ref":1e400}',
    '{"command":{}}',
    '{"command":{"type":"clock.tick"}}',
    '{"command":{"type":"participant.join","participant":"alice","name":"x","leg":"x"}}',
    '{"command":{"type":"leg.drop","leg":"x","reason":"left"}}',
    '{"command":{"type":"hand.raise","by":"alice"}}',
    '{"command":{"type":"chat.send","text":"x","to":"../../etc"}}',
    '{"command":{"x":' + "[" * 30_000 + "]" * 30_000 + "}}",
    '{"signal":{"x":' + '{"x":' * 10_000 + "0" + "}" * 10_000 + "}}",
    '{"seat":"x"}',
    "\x00" * 100,
]


@pytest.mark.parametrize("message", HOSTILE, ids=lambda message: message[:40] or "nothing")
async def test_nonsense_is_refused_and_the_talk_goes_on(site: Site, message: str) -> None:
    alice = await site.joins("alice")
    alice.says_raw(message)
    assert (await alice.hears("refused"))["refused"] == Reason.MALFORMED
    alice.asks("hand.raise")
    await alice.screen.shows("hand.raised")


async def test_bytes_are_read_as_text_is(site: Site) -> None:
    alice = await site.joins("alice")
    alice.says_raw(b"\xff\xfe\x00")
    assert (await alice.hears("refused"))["refused"] == Reason.MALFORMED
    alice.says_raw(b'{"command":{"type":"hand.raise"}}')
    await alice.screen.shows("hand.raised")


async def test_a_message_that_asks_for_nothing_gets_nothing(site: Site) -> None:
    alice = await site.joins("alice")
    alice.says({"ref": 1})
    alice.asks("hand.raise")
    await alice.screen.shows("hand.raised")
    assert not any("refused" in message for message in alice.screen.messages)


async def test_what_is_too_large_ends_it(site: Site) -> None:
    alice = await site.joins("alice")
    alice.says_raw("x" * (consumers.MESSAGE_BYTES + 1))
    assert await alice.is_refused() == (Reason.TOO_LARGE, 4413)


ENDLESS_AGENDA = [{"id": number, "title": "Any other business"} for number in range(1, 10_001)]


@pytest.mark.parametrize(
    "command",
    [{"type": "agenda.change", "items": ENDLESS_AGENDA}, {"type": "notes.write", "text": "x" * 20_000_000}],
    ids=["agenda", "notes"],
)
async def test_what_has_no_end_disturbs_nobody_else(site: Site, command: dict[str, Any]) -> None:
    alice, bob = await site.joins("alice"), await site.joins("bob")
    alice.says({"ref": 1, "command": command})
    assert await alice.is_refused() == (Reason.TOO_LARGE, 4413)
    bob.asks("hand.raise")
    await bob.screen.shows("hand.raised")


async def test_an_agenda_with_too_many_items_is_refused(site: Site) -> None:
    alice = await site.joins("alice")
    alice.says({"ref": 1, "command": {"type": "agenda.change", "items": ENDLESS_AGENDA[:101]}})
    assert (await alice.hears("refused"))["refused"] == Reason.MALFORMED


async def test_who_asks_too_fast_is_told_so_and_heard_again_later(site: Site) -> None:
    alice = await site.joins("alice")
    for _ in range(int(BURST) + 1):
        alice.says({"signal": {"type": "ping"}})
    assert (await alice.hears("refused"))["refused"] == Reason.TOO_FAST
    site.now.time += 10_000
    alice.asks("hand.raise")
    await alice.screen.shows("hand.raised")


async def test_who_never_stops_is_cut_off(site: Site) -> None:
    alice = await site.joins("alice")
    for _ in range(int(BURST) + HOPELESS + 2):
        alice.says({"signal": {"type": "ping"}})
    assert await alice.screen.closes() == 4429


async def test_who_was_removed_asks_in_vain(site: Site) -> None:
    alice, bob = await site.joins("alice"), await site.joins("bob")
    alice.asks("participant.remove", participant="bob")
    assert await bob.screen.closes() == 4410
    await bob.is_over()
    assert await site.shows(site.seat("bob")).is_refused() == (Reason.REMOVED, 4403)


async def test_a_seat_that_is_taken_while_the_server_gives_up_is_given_back(site: Site) -> None:
    alice = await site.joins("alice")
    tab = site.shows(site.seat("bob"))
    await alice.screen.shows("participant.joined")
    tab.ends.cancel()
    await alice.screen.shows("participant.dropped")
    with pytest.raises(asyncio.CancelledError):
        await tab.ends
    site.forgets(tab)


@given(noise=st.one_of(st.binary(max_size=300), st.text(max_size=300)))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_noise_is_refused_or_sent_away_but_never_a_fault(site: Site, noise: bytes | str) -> None:
    site.now.time += 60_000
    stranger = site.tab()
    stranger.says_raw(noise)
    assert await stranger.is_refused() == (Reason.MALFORMED, 4400)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=10,
)
hostile_commands = st.fixed_dictionaries(
    {"type": st.sampled_from(["chat.send", "role.set", "hand.raise", "participant.remove", "nothing"])},
    optional={"text": json_values, "participant": json_values, "role": json_values, "by": json_values},
)
hostile_messages = st.fixed_dictionaries({"ref": json_values, "command": hostile_commands})


@given(messages=st.lists(hostile_messages, max_size=8))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_hostile_commands_are_answered_and_change_nobodys_role(
    site: Site, messages: list[dict[str, Any]]
) -> None:
    site.now.time += 60_000
    alice, bob = await site.joins("alice"), await site.joins("bob")
    for message in messages:
        bob.says_raw(json.dumps(message))
    bob.asks("hand.lower", ref=1)
    bob.asks("chat.send", text="still here")
    await alice.screen.shows("chat.sent")
    (live,) = site.doors.running()
    assert {p.id: p.role for p in live.state.participants.values()} == {"alice": "host", "bob": "guest"}
    for tab in (alice, bob):
        tab.vanishes()
        await tab.is_over()


async def test_conferences_stand_in_the_database(site: Site) -> None:
    alice = await site.joins("alice")
    row = await crossing(Conference.objects.get)()
    assert (row.id, row.server) == (alice.screen.messages[0]["conference"], "server-1")
