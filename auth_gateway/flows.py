"""The ways in by a sign-in service: name and password, a ticket, a signed link, code and PIN of a telephone;
and what may be asked of it at the door. Each leaves its line in the audit log."""

import time
from typing import Literal

from auth_gateway import asking
from auth_gateway.audit import audit_write, named
from auth_gateway.callers import NOBODY, Caller
from auth_gateway.contract import Action, Allowed, Answer, Denied, Question, Unavailable
from auth_gateway.identity import Identity
from auth_gateway.links import LinkRefused, link_read
from auth_gateway.models import User
from auth_gateway.services import use_once
from auth_gateway.throttle import Limit, throttle_check_all, throttle_take_back
from meetingserver.branding.choosing import current

LINK_TRIES, LINK_WINDOW_S = 20, 60

DoorAction = Literal["join", "host", "create", "view"]


def login(*, username: str, password: str, caller: Caller) -> Answer:
    answer = asking.ask(_question("login", caller, user=username, password=password))
    if isinstance(answer, Allowed) and not answer.identity.user_id:
        answer = Unavailable("fields", "the answer names nobody")
    _note("sign-in", answer, caller, typed=username)
    return answer


def ticket(*, ticket: str, conference: str, caller: Caller) -> Answer:
    """`conference`: access code of the room; or what somebody has put for it, which is then no room."""
    answer = asking.ask(_question("ticket", caller, ticket=ticket, conference=conference))
    _note("ticket", answer, caller, subject=conference)
    return answer


def link(*, token: str, conference: str, slug: str, caller: Caller, now: float | None = None) -> Answer:
    """A signed link, which is good once, and for the room alone that it was made for."""
    now = time.time() if now is None else now
    answer = _link_answer(token, {conference, slug} - {""}, caller, now)
    _note("signed link", answer, caller, subject=conference)
    return answer


def _link_answer(token: str, rooms: set[str], caller: Caller, now: float) -> Answer:
    gateway = asking.configured()
    limits = [Limit(f"gateway.link.{caller.address}", LINK_TRIES, LINK_WINDOW_S)]
    if gateway is None or not throttle_check_all(limits, now):
        return Denied("not_configured" if gateway is None else "too_many_tries")
    try:
        found = link_read(token, gateway.links, now=now)
    except LinkRefused as refused:
        return Denied(f"link_{refused.code}")
    if found.conference not in rooms:
        return Denied("link_other_room")
    if not use_once(id=f"link.{found.id}"[:128], expires_at=found.expires_at):
        return Denied("link_used")
    throttle_take_back(limits, now)
    return Allowed(found.identity)


def dialin(
    *, conference: str, pin: str | None = None, ani: str | None = None, dnis: str | None = None
) -> Answer:
    """A caller who gave the code of a conference, and a PIN if they have one. `Denied("not_configured")` when
    calls are not asked about: then the room's own PIN decides."""
    if not asking.asks("dialin"):
        return Denied("not_configured")
    question = Question(action="dialin", conference=conference, pin=pin, channel="phone", ani=ani, dnis=dnis)
    answer = asking.ask(question)
    _note("call", answer, NOBODY, typed=ani or "", subject=conference)
    return answer


def door(
    action: DoorAction,
    *,
    caller: Caller,
    user: User | None = None,
    conference: str | None = None,
    pin: str | None = None,
    role: str | None = None,
    brand: str = "",
) -> Answer | None:
    """What else is asked about, if the configuration lists it. None: it is not asked."""
    if not asking.asks(action):
        return None
    identified = None if user is None else user.gateway_id or user.username
    question = _question(
        action, caller, user=identified, conference=conference, pin=pin, role=role, brand=brand
    )
    answer = asking.ask(question)
    _note(action, answer, caller, who=user.username if user else "", subject=conference or "")
    return answer


def ask_again(*, user: User, conference: str, now: float) -> Answer:
    """Whether the service still vouches for somebody whose time is over, in the middle of a conference."""
    question = Question(action="join", user=user.gateway_id, conference=conference)
    answer = asking.ask(question, now=lambda: now)
    _note("asked again", answer, NOBODY, who=user.username, subject=conference)
    return answer


def _question(
    action: Action,
    caller: Caller,
    *,
    user: str | None = None,
    password: str | None = None,
    ticket: str | None = None,
    pin: str | None = None,
    conference: str | None = None,
    role: str | None = None,
    brand: str = "",
) -> Question:
    return Question(
        action=action,
        user=user,
        password=password,
        ticket=ticket,
        pin=pin,
        conference=conference,
        role=role,
        ip=caller.address or None,
        user_agent=caller.user_agent,
        lang=caller.language,
        brand=brand or current().key,
        host=caller.host,
    )


def _note(
    action: str, answer: Answer, caller: Caller, *, who: str = "", typed: str = "", subject: str = ""
) -> None:
    match answer:
        case Allowed(Identity() as identity):
            who = who or identity.user_id or identity.display_name
            audit_write(action=action, outcome="allowed", who=who, caller=caller, subject=subject)
        case Denied():
            who = who or named(typed)
            audit_write(
                action=action, outcome="denied", who=who, caller=caller, subject=subject, reason=answer.code
            )
        case Unavailable():
            audit_write(
                action=action,
                outcome="unavailable",
                who=who or named(typed),
                caller=caller,
                subject=subject,
                reason=answer.code,
                details=answer.detail,
            )
