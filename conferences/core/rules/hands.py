"""Raised hands, in order, and reactions."""

from conferences.core import commands as c
from conferences.core import events as e
from conferences.core.rules.decision import Events, decides, oneself, oneself_or_other
from conferences.core.state import State
from conferences.core.words import Millis


@decides(c.RaiseHand)
def raise_hand(command: c.RaiseHand, state: State, by: str, now: Millis) -> Events:
    return [] if oneself(state, by).hand else [e.HandRaised(participant=by, at=now)]


@decides(c.LowerHand)
def lower_hand(command: c.LowerHand, state: State, by: str, now: Millis) -> Events:
    target = oneself_or_other(state, command.participant, by)
    return [e.HandLowered(participant=target.id, by=by, at=now)] if target.hand else []


@decides(c.LowerAllHands)
def lower_all_hands(command: c.LowerAllHands, state: State, by: str, now: Millis) -> Events:
    raised = [p for p in state.participants.values() if p.hand]
    return [e.HandLowered(participant=p.id, by=by, at=now) for p in raised]


@decides(c.SendReaction)
def send_reaction(command: c.SendReaction, state: State, by: str, now: Millis) -> Events:
    return [e.ReactionSent(participant=oneself(state, by).id, reaction=command.reaction, at=now)]
