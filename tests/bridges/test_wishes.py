"""What keys ask for."""

import pytest

from bridges.keys import HOSTS, Key
from bridges.loudness import Loudness
from bridges.standing import Standing
from bridges.wishes import WAITING, wish
from conferences.core import commands as c
from conferences.core.recording import StartRecording, StopRecording

GUEST = Standing(me="bob", waiting=False, people={"alice": "Alice", "bob": "Bob"})
HOST = Standing(me="alice", waiting=False, host=True, people={"alice": "Alice", "bob": "Bob"})


def test_keys_turn_things_round() -> None:
    assert wish(Key.MUTE, GUEST) == c.UnmuteMicrophone()
    assert wish(Key.MUTE, Standing(waiting=False, speaks=True)) == c.MuteMicrophone()
    assert wish(Key.HAND, Standing(waiting=False, hand=True)) == c.LowerHand()
    assert wish(Key.LOCK, HOST) == c.LockConference()
    assert wish(Key.RECORD, HOST) == StartRecording()
    assert wish(Key.RECORD, Standing(waiting=False, host=True, recorded=True)) == StopRecording()


def test_some_are_only_answered() -> None:
    assert wish(Key.HELP, GUEST) == ("help",)
    assert wish(Key.HELP, HOST) == ("help", "help_host")
    assert wish(Key.COUNT, HOST) == wish(Key.NAMES, HOST) == ("people_2",)


def test_how_loud_somebody_hears_is_nobody_elses_business() -> None:
    for standing in (GUEST, HOST, Standing()):
        assert wish(Key.VOLUME, standing) is Loudness.LOUDER
        assert wish(Key.VOLUME, standing, Loudness.QUIETER) is Loudness.NORMAL


@pytest.mark.parametrize("key", sorted(HOSTS))
def test_hosts_keys_are_theirs(key: Key) -> None:
    assert wish(key, GUEST) == ("hosts_only",)


@pytest.mark.parametrize("key", sorted(set(Key) - WAITING))
def test_who_waits_can_ask_for_help_hear_louder_and_leave(key: Key) -> None:
    assert wish(key, Standing()) == ("not_possible",)
    assert wish(Key.LEAVE, Standing()) == c.LeaveConference()
