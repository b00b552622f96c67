"""What time brings about: seats given up, questions, warnings, ends.

Every deadline is read from the state; `due_at` tells when to look next, and a `Tick` then does the one that
is due first. After it, look again.
"""

from collections.abc import Callable, Iterator
from itertools import chain

from conferences.core import commands as c
from conferences.core import events as e
from conferences.core.rules.decision import Events, decides, departure
from conferences.core.rules.recording import ending
from conferences.core.state import State
from conferences.core.words import (
    SYSTEM,
    EndReason,
    HostLeaves,
    LeftReason,
    Millis,
    ParticipantId,
    Seconds,
    Status,
)

WARNING_S = 10 * 60
"""How long before its greatest length a conference is warned."""

Deadline = tuple[Millis, Callable[[Millis], Events]]


def due_at(state: State) -> Millis | None:
    """When the next thing is due; None: nothing, or it is over."""
    return min((when for when, _ in _deadlines(state)), default=None)


@decides(c.Tick)
def tick(command: c.Tick, state: State, by: str, now: Millis) -> Events:
    when, happen = min(_deadlines(state), key=lambda deadline: deadline[0], default=(now + 1, _nothing))
    return happen(now) if when <= now else []


def _nothing(now: Millis) -> Events:
    return []


def _deadlines(state: State) -> Iterator[Deadline]:
    if state.status is Status.ENDED:
        return iter(())
    return chain(_seats(state), _nobody(state), _lone(state), _hostless(state), _length(state), _lock(state))


def _after(moment: Millis, seconds: Seconds) -> Millis:
    return moment + seconds * 1000


def _ends(state: State, reason: EndReason) -> Callable[[Millis], Events]:
    return lambda now: ending(state, reason, by=SYSTEM, now=now)


def _seats(state: State) -> Iterator[Deadline]:
    for participant, dropped_at in state.dropped_at.items():
        yield _after(dropped_at, state.policy.seat_s), _gives_up_seat(state, participant)


def _gives_up_seat(state: State, participant: ParticipantId) -> Callable[[Millis], Events]:
    return lambda now: departure(state, participant, LeftReason.LOST, by=SYSTEM, now=now)


def _nobody(state: State) -> Iterator[Deadline]:
    if state.empty_since:
        yield _after(state.empty_since, state.policy.empty_s), _ends(state, EndReason.EMPTY)
    if state.unattended_since:
        yield _after(state.unattended_since, state.policy.wait_for_host_s), _ends(state, EndReason.NO_HOST)


def _lone(state: State) -> Iterator[Deadline]:
    if state.answer_by:
        yield state.answer_by, _ends(state, EndReason.LONE)
    elif state.lone_since:
        answer_s = state.policy.lone_answer_s
        yield (
            _after(state.lone_since, state.policy.lone_s),
            lambda now: [e.PresenceAsked(answer_by=_after(now, answer_s), at=now)],
        )


def _hostless(state: State) -> Iterator[Deadline]:
    policy = state.policy
    if not state.hostless_since or policy.host_leaves is HostLeaves.CARRY_ON:
        return
    graced = _after(state.hostless_since, policy.host_grace_s)
    if policy.host_leaves is HostLeaves.END:
        yield graced, _ends(state, EndReason.HOST_LEFT)
    elif state.warning and state.warning.reason is EndReason.HOST_LEFT:
        yield state.warning.ends_at, _ends(state, EndReason.HOST_LEFT)
    else:
        yield graced, _warns(EndReason.HOST_LEFT, _after(graced, policy.host_leaves_after_s))


def _length(state: State) -> Iterator[Deadline]:
    if state.status is not Status.OPEN:
        return
    ends_at = _after(state.opened_at, state.policy.length_s)
    yield ends_at, _ends(state, EndReason.LENGTH)
    if state.warning is None:
        yield max(state.opened_at, ends_at - WARNING_S * 1000), _warns(EndReason.LENGTH, ends_at)


def _warns(reason: EndReason, ends_at: Millis) -> Callable[[Millis], Events]:
    return lambda now: [e.ConferenceWarned(reason=reason, ends_at=ends_at, at=now)]


def _lock(state: State) -> Iterator[Deadline]:
    waits = state.policy.auto_lock_s and state.status is Status.OPEN
    if waits and not state.locked and not state.unlocked_at:
        yield (
            _after(state.opened_at, state.policy.auto_lock_s),
            lambda now: [e.ConferenceLocked(by=SYSTEM, at=now)],
        )
