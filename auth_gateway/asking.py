"""Asks the site's sign-in server, within all that protects it, us and people: tries are counted before the
question goes out, few questions are on their way at a time, a server that is down is left alone.

What was asked and what came of it is written down for admins, without what people must keep to themselves.
"""

import logging
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import msgspec
from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac

from auth_gateway import client
from auth_gateway.breaker import Breaker
from auth_gateway.configuration import Gateway
from auth_gateway.contract import (
    Action,
    Allowed,
    Answer,
    Denied,
    Question,
    Reply,
    Unavailable,
    read_answer,
    request_body,
    request_fields,
)
from auth_gateway.identity import Identity
from auth_gateway.signing import signed_headers
from auth_gateway.throttle import Limit, throttle_check_all, throttle_take_back
from meetingserver.expressions import ExpressionFailed

logger = logging.getLogger(__name__)

MINUTE, HOUR = 60, 3600
DENIALS_KEPT_S = 5
MAY_BE_KEPT = ("login", "join", "host", "create", "view")
"""A ticket is good once, and a PIN is asked for anew in every call."""

outcomes: Counter[str] = Counter()
"""Answers since this process began: allowed, denied, unavailable."""


@dataclass(frozen=True)
class Exchange:
    """One question on its way: as sent, and what came back."""

    id: str
    at: int
    fields: dict[str, object]
    headers: dict[str, str]
    body: bytes
    reply: Reply | Unavailable
    answer: Answer


class _Line:
    """What this process knows of one configured server."""

    def __init__(self, gateway: Gateway) -> None:
        self.breaker = Breaker()
        self.free = threading.BoundedSemaphore(gateway.at_once)


_lines: dict[Gateway, _Line] = {}


def _line_to(gateway: Gateway) -> _Line:
    return _lines.setdefault(gateway, _Line(gateway))


def configured() -> Gateway | None:
    """None: there is no such server, people sign in here alone."""
    gateway: Gateway | None = settings.AUTH_GATEWAY
    return gateway


def asks(action: Action) -> bool:
    gateway = configured()
    return gateway is not None and gateway.asks(action)


def ask(question: Question, *, now: Callable[[], float] = time.time) -> Answer:
    """Never raises; without a configured server everything is denied."""
    gateway = configured()
    if gateway is None or not gateway.url:
        return Denied("not_configured")
    answer = _within_limits(gateway, question, now())
    outcomes[type(answer).__name__.lower()] += 1
    if isinstance(answer, Unavailable):
        logger.error(
            "The sign-in server gave no answer to %s: %s, %s", question.action, answer.code, answer.detail
        )
    return answer


def _within_limits(gateway: Gateway, question: Question, now: float) -> Answer:
    limits = limits_of(question)
    if not throttle_check_all(limits, now):
        return Denied("too_many_tries")
    key = _cache_key(question)
    answer = _kept(key) or _asked(gateway, question, now)
    if not isinstance(answer, Denied):
        throttle_take_back(limits, now)
    _keep(gateway, question, key, answer)
    return answer


def _asked(gateway: Gateway, question: Question, now: float) -> Answer:
    line = _line_to(gateway)
    if not line.breaker.passes(now):
        return Unavailable("broken_circuit", "it failed again and again, and is left alone for some seconds")
    if not line.free.acquire(blocking=False):
        return Unavailable("busy", f"{gateway.at_once} questions are on their way already")
    try:
        answer = exchange(gateway, question, now=now).answer
    finally:
        line.free.release()
    if isinstance(answer, Unavailable):
        line.breaker.failed(now)
    else:
        line.breaker.succeeded()
    return answer


def exchange(gateway: Gateway, question: Question, *, now: float) -> Exchange:
    """One question, whatever the limits."""
    id, at = f"msg_{secrets.token_urlsafe(18)}", int(now)
    fields = request_fields(question, id, at)
    try:
        body, content_type = request_body(fields, gateway.adaption, form=gateway.form)
    except ExpressionFailed as failed:
        broken = Unavailable("mapping", f"the request cannot be written: {failed}")
        return Exchange(id, at, fields, {}, b"", broken, broken)
    headers = {"Content-Type": content_type, **signed_headers(gateway.secrets, id, at, body)}
    reply = client.post(gateway, body, headers)
    answer = reply if isinstance(reply, Unavailable) else _meant(gateway, question, reply, id, now)
    return Exchange(id, at, fields, headers, body, reply, answer)


def _meant(gateway: Gateway, question: Question, reply: Reply, id: str, now: float) -> Answer:
    return read_answer(
        reply, question, gateway.adaption, id=id, now=now, nonce_required=gateway.nonce_required
    )


# Tries


def limits_of(question: Question) -> list[Limit]:
    """Failures alone count in the end. The second window makes whoever goes on wait longer."""
    limits = []
    for name, who, few, many in (
        ("user", (question.user or "").casefold(), 5, 30),
        ("address", question.ip or question.ani or "", 20, 200),
        ("conference", question.conference or "", 30, 300),
    ):
        if who:
            key = f"gateway.{question.action}.{name}.{who}"
            limits += [Limit(key, few, MINUTE), Limit(key, many, HOUR)]
    return limits


# Answers that are kept for some seconds


def _cache_key(question: Question) -> str:
    inputs = msgspec.json.encode(question).decode()
    return "gateway." + salted_hmac("auth_gateway.asking", inputs, algorithm="sha256").hexdigest()


def _kept(key: str) -> Answer | None:
    kept = cache.get(key)
    if kept is None:
        return None
    if kept["denied"] is not None:
        return Denied(*kept["denied"])
    return Allowed(msgspec.json.decode(kept["identity"], type=Identity))


def _keep(gateway: Gateway, question: Question, key: str, answer: Answer) -> None:
    match answer:
        case Denied(code, message):
            cache.set(key, {"denied": (code, message)}, DENIALS_KEPT_S)
        case Allowed(identity) if gateway.keep_s and question.action in MAY_BE_KEPT:
            cache.set(key, {"denied": None, "identity": msgspec.json.encode(identity)}, gateway.keep_s)
        case _:
            pass
