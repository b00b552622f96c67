"""What is known of a bridge: every change is told once, whatever the vendor repeats, reorders or forgets."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from bridges import events as e
from bridges.events import AnyBridgeEvent
from bridges.truth import Truth
from bridges.types import Direction, EndCause, Leg, LegState, Quality, Room

ROOM = "123456789"


def leg(name: str = "a", **facts: object) -> Leg:
    plain = Leg(leg=name, vendor=f"v-{name}", state=LegState.ARRIVED, direction=Direction.IN)
    return structs.replace(plain, **facts)


def joined(name: str = "a", room: str = ROOM, **facts: object) -> e.LegJoined:
    return e.LegJoined(leg=name, info=leg(name, state=LegState.JOINED, room=room, **facts))


def arrived(name: str = "a") -> e.LegArrived:
    return e.LegArrived(leg=name, info=leg(name))


def ended(name: str = "a") -> e.LegEnded:
    return e.LegEnded(leg=name, cause=EndCause.NORMAL)


def told(*events: AnyBridgeEvent, truth: Truth | None = None) -> list[AnyBridgeEvent]:
    truth = truth or Truth()
    return [news for event in events for news in truth.observe(event)]


def kinds(events: Sequence[AnyBridgeEvent]) -> list[str]:
    return [type(event).__name__ for event in events]


def up(*legs: Leg, waiting: Sequence[Leg] = ()) -> e.BridgeUp:
    rooms = {info.room for info in legs}
    found = [
        Room(room=room, legs=tuple(info for info in legs if info.room == room)) for room in sorted(rooms)
    ]
    return e.BridgeUp(rooms=tuple(found), waiting=tuple(waiting))


# A call


def test_a_call_is_told_from_its_arrival_to_its_end() -> None:
    news = told(arrived(), e.LegDigit(leg="a", digit="1"), joined(), e.LegLeft(leg="a"), ended())
    assert kinds(news) == ["LegArrived", "LegDigit", "LegJoined", "LegLeft", "LegEnded"]


def test_what_is_told_twice_is_news_once() -> None:
    once: list[AnyBridgeEvent] = [
        arrived(),
        joined(),
        e.LegMuted(leg="a", muted=True),
        e.LegHeld(leg="a", held=True),
        ended(),
    ]
    assert told(*[event for event in once for _ in range(2)]) == told(*once)


def test_the_same_digit_pressed_twice_is_two_digits() -> None:
    pressed = e.LegDigit(leg="a", digit="1")
    assert told(arrived(), pressed, pressed)[1:] == [pressed, pressed]


def test_who_is_joined_before_they_arrive_has_joined() -> None:
    assert kinds(told(joined(), arrived())) == ["LegJoined"]


def test_who_ended_before_they_joined_has_ended() -> None:
    assert kinds(told(ended(), joined(), arrived(), e.LegTalking(leg="a", level=3))) == ["LegEnded"]


def test_who_moves_to_another_room_leaves_the_one_before() -> None:
    news = told(joined(), joined(room="987654321"))
    assert kinds(news) == ["LegJoined", "LegLeft", "LegJoined"]


def test_a_join_without_a_room_is_nothing() -> None:
    assert told(joined(room="")) == []


def test_of_a_leg_that_nobody_knows_nothing_is_told() -> None:
    assert told(e.LegMuted(leg="x", muted=True), e.LegDigit(leg="x", digit="1"), e.LegLeft(leg="x")) == []


def test_a_record_may_come_after_the_end_and_comes_once() -> None:
    record = e.CdrReady(leg="a", started_at=1, answered_at=2, ended_at=3, cause=EndCause.NORMAL, raw={})
    assert kinds(told(arrived(), ended(), record, record)) == ["LegArrived", "LegEnded", "CdrReady"]


def test_quality_is_told_when_it_changes() -> None:
    good, poor = (e.LegMeasured(leg="a", quality=Quality(mos=mos)) for mos in (4.4, 2.0))
    assert told(arrived(), good, good, poor)[1:] == [good, poor]


def test_a_sound_ends_once() -> None:
    played = e.LegPlayed(leg="a", play="1")
    assert told(arrived(), played, played, e.LegPlayed(leg="a", play="2"))[1:] == [
        played,
        e.LegPlayed(leg="a", play="2"),
    ]


# Calls we place


def test_a_placed_call_rings_is_answered_and_joins() -> None:
    news = told(e.LegRinging(leg="a"), e.LegRinging(leg="a"), e.LegAnswered(leg="a"), joined())
    assert kinds(news) == ["LegRinging", "LegAnswered", "LegJoined"]


def test_a_placed_call_that_arrives_was_answered_however_the_bridge_says_it() -> None:
    out = e.LegArrived(leg="a", info=leg("a", direction=Direction.OUT))
    assert kinds(told(e.LegRinging(leg="a"), out, e.LegAnswered(leg="a"))) == ["LegRinging", "LegAnswered"]
    assert kinds(told(out, e.LegRinging(leg="a"))) == ["LegAnswered"]


def test_a_placed_call_may_fail_before_it_rings() -> None:
    assert kinds(told(ended("never"))) == ["LegEnded"]


# Flags


def test_who_is_muted_falls_silent_first() -> None:
    talking = e.LegTalking(leg="a", level=5)
    news = told(joined(), talking, talking, e.LegMuted(leg="a", muted=True), talking)
    assert news[1:] == [talking, e.LegTalking(leg="a", level=0), e.LegMuted(leg="a", muted=True)]


def test_who_is_on_hold_does_not_talk_and_neither_does_their_music() -> None:
    news = told(joined(), e.LegHeld(leg="a", held=True), e.LegTalking(leg="a", level=9))
    assert kinds(news) == ["LegJoined", "LegHeld"]


def test_who_leaves_or_ends_falls_silent_first() -> None:
    for last in (e.LegLeft(leg="a"), ended()):
        news = told(joined(), e.LegTalking(leg="a", level=4), last)
        assert news[-2:] == [e.LegTalking(leg="a", level=0), last]


def test_who_waits_does_not_talk() -> None:
    assert kinds(told(arrived(), e.LegTalking(leg="a", level=4))) == ["LegArrived"]


def test_who_comes_back_to_a_room_is_not_muted_any_more() -> None:
    news = told(joined(muted=True), e.LegLeft(leg="a"), joined(), e.LegMuted(leg="a", muted=True))
    assert kinds(news) == ["LegJoined", "LegLeft", "LegJoined", "LegMuted"]


# The bridge


def test_a_bridge_is_told_up_and_down_once() -> None:
    down = e.BridgeDown(reason="refused")
    assert kinds(told(up(), up(), down, down, up())) == ["BridgeUp", "BridgeDown", "BridgeUp"]


def test_another_reason_for_being_down_is_told() -> None:
    assert len(told(e.BridgeDown(reason="refused"), e.BridgeDown(reason="no such host"))) == 2


def test_after_a_break_those_who_stayed_are_not_told_again_and_those_who_left_have_ended() -> None:
    truth = Truth()
    told(up(), joined("stays"), joined("leaves"), truth=truth)
    stays, comes = (leg(name, room=ROOM, state=LegState.JOINED) for name in ("stays", "comes"))
    news = told(e.BridgeDown(reason="gone"), up(stays, comes), truth=truth)
    assert kinds(news) == ["BridgeDown", "BridgeUp", "LegEnded", "LegJoined"]
    assert news[2] == e.LegEnded(leg="leaves", cause=EndCause.BRIDGE_LOST)
    assert news[3].leg == "comes"  # type: ignore[union-attr] # a LegJoined


def test_what_changed_meanwhile_is_told_with_the_snapshot() -> None:
    truth = Truth()
    told(up(), joined("a"), joined("b"), e.LegTalking(leg="a", level=5), truth=truth)
    muted = leg("a", room=ROOM, state=LegState.JOINED, muted=True)
    news = told(e.BridgeDown(reason="gone"), up(muted, waiting=[leg("b")]), truth=truth)
    assert news[2:] == [
        e.LegTalking(leg="a", level=0),
        e.LegMuted(leg="a", muted=True),
        e.LegLeft(leg="b"),
    ]


def test_who_waits_or_rings_when_we_come_is_told_as_arrived_or_ringing() -> None:
    ringing = leg("r", direction=Direction.OUT, state=LegState.RINGING)
    dialing = leg("d", direction=Direction.OUT, state=LegState.DIALING)
    answered = leg("o", direction=Direction.OUT)
    news = told(up(waiting=[leg("w"), ringing, dialing, answered]))
    assert kinds(news) == ["BridgeUp", "LegArrived", "LegRinging", "LegAnswered"]


def test_who_was_thought_gone_and_is_there_has_joined() -> None:
    truth = Truth()
    told(up(), joined(), truth=truth)
    told(e.BridgeDown(reason="gone"), up(), truth=truth)
    news = told(e.BridgeDown(reason="gone"), up(leg("a", room=ROOM, state=LegState.JOINED)), truth=truth)
    assert kinds(news) == ["BridgeDown", "BridgeUp", "LegJoined"]


def test_a_room_is_closed_once() -> None:
    closed = e.RoomClosed(room=ROOM)
    assert kinds(told(closed, joined(), closed, closed)) == ["LegJoined", "RoomClosed"]


def test_lost_media_is_always_told() -> None:
    lost = e.MediaLost(room=ROOM, reason="timeout")
    assert told(lost, lost) == [lost, lost]


# Whatever comes

NAMES = st.sampled_from(["a", "b", "c"])
ROOMS = st.sampled_from(["", "111111111", "222222222"])
LEGS = st.builds(
    Leg,
    leg=NAMES,
    vendor=st.just("v"),
    state=st.sampled_from(LegState),
    direction=st.sampled_from(Direction),
    room=ROOMS,
    muted=st.booleans(),
    held=st.booleans(),
    talking=st.booleans(),
)
EVENTS = st.one_of(
    LEGS.map(lambda info: e.LegArrived(leg=info.leg, info=info)),
    LEGS.map(lambda info: e.LegJoined(leg=info.leg, info=info)),
    st.builds(e.LegRinging, leg=NAMES),
    st.builds(e.LegAnswered, leg=NAMES),
    st.builds(e.LegMuted, leg=NAMES, muted=st.booleans()),
    st.builds(e.LegHeld, leg=NAMES, held=st.booleans()),
    st.builds(e.LegTalking, leg=NAMES, level=st.integers(0, 9)),
    st.builds(e.LegLeft, leg=NAMES),
    st.builds(e.LegEnded, leg=NAMES, cause=st.sampled_from(EndCause)),
    st.builds(e.BridgeDown, reason=st.sampled_from(["x", "y"])),
    st.lists(LEGS, max_size=3).map(lambda legs: up(*[info for info in legs if info.room], waiting=legs)),
)


class Listener:
    """Believes what it is told, and complains when it is told what it knows or what cannot be."""

    def __init__(self) -> None:
        self.rooms: dict[str, str] = {}
        self.muted: dict[str, bool] = {}
        self.held: dict[str, bool] = {}
        self.level: dict[str, int] = {}
        self.gone: set[str] = set()

    def hears(self, event: AnyBridgeEvent) -> None:
        match event:
            case e.LegJoined():
                assert self.rooms.get(event.leg, "") == ""
                self.rooms[event.leg], self.muted[event.leg] = event.info.room, event.info.muted
                self.held[event.leg] = event.info.held
            case e.LegArrived():
                assert event.leg not in self.rooms
                self.rooms[event.leg], self.held[event.leg] = "", event.info.held
            case e.LegLeft():
                assert self.rooms[event.leg]
                assert not self.level.get(event.leg)
                self.rooms[event.leg] = ""
            case e.LegMuted():
                assert self.rooms[event.leg]
                assert self.muted[event.leg] != event.muted
                assert not (event.muted and self.level.get(event.leg))
                self.muted[event.leg] = event.muted
            case e.LegTalking():
                self.talks(event)
            case e.LegEnded():
                assert event.leg not in self.gone
                assert not self.level.get(event.leg)
                self.gone.add(event.leg)
                self.rooms.pop(event.leg, None)
            case _:
                pass

    def talks(self, event: e.LegTalking) -> None:
        assert self.level.get(event.leg, 0) != event.level
        assert not event.level or (self.rooms[event.leg] and not self.muted[event.leg])
        self.level[event.leg] = event.level


@settings(max_examples=300, deadline=None)
@given(st.lists(EVENTS, max_size=40))
def test_whatever_comes_a_listener_is_told_each_change_once_and_nothing_that_cannot_be(
    events: list[AnyBridgeEvent],
) -> None:
    truth, listener = Truth(), Listener()
    for event in events:
        if isinstance(event, e.BridgeUp):
            listener.gone.clear()  # a snapshot may know better
        for news in truth.observe(event):
            listener.hears(news)
    assert {name: known.room for name, known in truth.legs.items() if known.room} == {
        name: room for name, room in listener.rooms.items() if room
    }


@settings(max_examples=100, deadline=None)
@given(st.lists(EVENTS, max_size=30))
def test_to_be_told_everything_twice_changes_nothing(events: list[AnyBridgeEvent]) -> None:
    once, twice = Truth(), Truth()
    for event in events:
        news = once.observe(event)
        assert twice.observe(event) == news
        assert twice.observe(event) == []
