"""This process's sockets: everyone hears what they may, once, in order, framed as seldom as possible."""

from typing import Any

import msgspec

from conferences.core.hearing import Hearers
from conferences.core.signals import DrawingMotion, Pong
from conferences.hub import OVER, SERVER_LEAVES, Announcement, Heard, Hub, Socket
from tests.conferences.doubles import Screen


def hall(*people: str) -> tuple[Hub, dict[str, Screen]]:
    """A conference `c1` in which everyone has been told all up to event 0."""
    hub, screens = Hub(), {who: Screen() for who in people}
    for who, screen in screens.items():
        sits(hub, who, screen)
    return hub, screens


def sits(hub: Hub, who: str, screen: Screen, *, seq: int = 0, leg: str = "") -> Socket:
    socket = Socket(who, leg or f"leg-of-{who}", screen)
    hub.add("c1", socket)
    hub.seat(socket, b'{"welcome":{}}', seq)
    screen.frames.clear()
    return socket


def told(*hearers: Hearers, first_seq: int = 1, **more: Any) -> Announcement:
    """An announcement of one event for each of `hearers`."""
    heard = [
        Heard(msgspec.Raw(b'{"type":"event-%d"}' % seq), whom)
        for seq, whom in enumerate(hearers, start=first_seq)
    ]
    return Announcement("c1", first_seq, heard, **more)


ALL: Hearers = None


def test_everyone_gets_the_very_same_frame() -> None:
    hub, screens = hall("alice", "bob")
    hub.deliver(told(ALL))
    assert screens["alice"].frames[0] is screens["bob"].frames[0]
    assert hub.delivered == 2


def test_one_event_is_told_by_itself_and_several_as_a_list() -> None:
    hub, screens = hall("alice")
    hub.deliver(told(ALL))
    hub.deliver(told(ALL, ALL, first_seq=2))
    assert [frame.text[:1] for frame in screens["alice"].frames] == [b"{", b"["]
    assert screens["alice"].seqs == [1, 2, 3]


def test_what_is_for_others_is_only_counted() -> None:
    hub, screens = hall("alice", "bob", "carol")
    hub.deliver(told(frozenset({"alice"}), ALL))
    assert screens["alice"].events == ["event-1", "event-2"]
    assert screens["bob"].events == [None, "event-2"]
    assert screens["bob"].frames[0] is screens["carol"].frames[0], "framed once for all who hear the same"


def test_who_sees_more_now_is_told_all_instead() -> None:
    hub, screens = hall("alice", "bob")
    hub.deliver(told(ALL, fresh={"bob": msgspec.Raw(b'{"welcome":{},"seq":1}')}))
    assert screens["alice"].events == ["event-1"]
    assert "welcome" in screens["bob"].messages[0]


def test_a_leg_that_ends_hears_why_and_is_closed() -> None:
    hub, screens = hall("alice", "bob")
    hub.deliver(told(ALL, closing={"leg-of-bob": OVER}))
    assert screens["bob"].events == ["event-1"]
    assert screens["bob"].closed == OVER
    hub.deliver(told(ALL, first_seq=2))
    assert screens["bob"].events == ["event-1"]
    assert screens["alice"].events == ["event-1", "event-2"]


def test_nobody_is_told_the_same_twice() -> None:
    hub, screens = hall()
    late = Screen()
    sits(hub, "bob", late, seq=2)
    hub.deliver(told(ALL, ALL))
    assert late.frames == []
    hub.deliver(told(ALL, first_seq=3))
    assert late.seqs == [3]
    assert screens == {}


def test_who_would_hear_with_a_gap_is_sent_to_resume() -> None:
    hub, screens = hall("alice")
    hub.deliver(told(ALL, first_seq=3))
    assert screens["alice"].closed == SERVER_LEAVES
    assert screens["alice"].events == []


def test_what_is_announced_before_one_is_seated_is_told_after() -> None:
    hub, screen = Hub(), Screen()
    socket = Socket("bob", "leg", screen)
    hub.add("c1", socket)
    hub.deliver(told(ALL, ALL))
    hub.deliver(told(ALL, first_seq=3))
    assert screen.frames == []
    hub.seat(socket, b'{"welcome":{},"seq":2}', 2)
    assert screen.seqs == [2, 3]


def test_a_signal_reaches_those_it_is_for() -> None:
    hub, screens = hall("alice", "bob")
    hub.signal("c1", Pong(), to=frozenset({"bob"}))
    hub.signal("c1", Pong(), to=None)
    assert len(screens["alice"].messages) == 1
    assert screens["bob"].messages == [{"signal": {"type": "pong"}}] * 2


def test_who_is_behind_is_spared_what_may_be_lost() -> None:
    hub, screens = hall("alice", "bob")
    screens["bob"].behind = True
    hub.signal("c1", DrawingMotion(motions=[]), to=None)
    hub.signal("c1", Pong(), to=None)
    assert [len(screens[who].messages) for who in ("alice", "bob")] == [2, 1]
    assert hub.spared == 1


def test_one_conference_hears_nothing_of_another() -> None:
    hub, screens = hall("alice")
    elsewhere = Screen()
    socket = Socket("alice", "leg-2", elsewhere)
    hub.add("c2", socket)
    hub.seat(socket, b"{}", 0)
    elsewhere.frames.clear()
    hub.deliver(told(ALL))
    hub.signal("c1", Pong(), to=None)
    hub.close("c1", SERVER_LEAVES)
    assert (elsewhere.frames, elsewhere.closed) == ([], None)
    assert screens["alice"].closed == SERVER_LEAVES


def test_a_conference_is_forgotten_with_its_last_socket() -> None:
    hub, _ = hall("alice", "bob")
    hub.remove("c1", "leg-of-alice")
    assert hub.conferences() == ("c1",)
    assert hub.count() == 1
    hub.remove("c1", "leg-of-bob")
    hub.remove("c1", "leg-of-bob")
    assert hub.conferences() == ()
