"""`decide(state, command, by=, now=) -> events`: what may happen. Pure and total.

One module for every namespace of commands; `clock` holds what time brings about.
"""

from conferences.core.rules import (
    agenda,
    arrival,
    billing,
    board,
    calls,
    captions,
    chat,
    clock,
    conference,
    devices,
    floor,
    hall,
    hands,
    lobby,
    notes,
    polls,
    questions,
    recording,
    roles,
    shared_links,
    slides,
)
from conferences.core.rules.clock import due_at
from conferences.core.rules.decision import decide, decided
from conferences.core.rules.refusal import Reason, Refused

__all__ = ["Reason", "Refused", "decide", "decided", "due_at"]

_NAMESPACES = (
    agenda,
    arrival,
    billing,
    board,
    calls,
    captions,
    chat,
    clock,
    conference,
    devices,
    floor,
    hall,
    hands,
    lobby,
    notes,
    polls,
    questions,
    recording,
    roles,
    shared_links,
    slides,
)
