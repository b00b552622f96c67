"""What is asked of a site's sign-in server, and what its answer means (docs/integration-auth.md). PURE.

Whatever is not plainly an allowance or a denial is `Unavailable`: nobody comes in by a broken answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, get_args
from urllib.parse import urlencode

import msgspec
from msgspec import Meta, Struct

from auth_gateway.identity import DISPLAY_NAME, Code, Identity, Role
from meetingserver.expressions import Expression, ExpressionFailed

Action = Literal["login", "ticket", "host", "join", "dialin", "create", "view"]
ACTIONS: tuple[Action, ...] = get_args(Action)
VERSION = 1
MASKED = "********"
SECRETS = ("password", "ticket", "pin")
JSON_TYPES = ("application/json", "text/json")
LONGEST_S = 30 * 86_400

UnavailableCode = Literal[
    "busy",
    "broken_circuit",
    "unreachable",
    "certificate",
    "timeout",
    "redirect",
    "status",
    "too_large",
    "html",
    "not_json",
    "fields",
    "nonce",
    "mapping",
]


class Question(Struct, frozen=True):
    """What somebody wants, and all that they showed. None: not of this question."""

    action: Action
    user: str | None = None
    password: str | None = None
    ticket: str | None = None
    pin: str | None = None
    conference: str | None = None
    role: str | None = None
    channel: str = "web"
    ani: str | None = None
    dnis: str | None = None
    ip: str | None = None
    user_agent: str = ""
    lang: str = ""
    brand: str = ""
    host: str = ""

    def __repr__(self) -> str:
        return f"Question({self.action})"


def question_by_hand(action: Action, given: Mapping[str, str | None]) -> Question:
    """As an admin puts it together."""
    channel = "phone" if action == "dialin" else "web"
    names = ("user", "password", "ticket", "pin", "conference")
    return msgspec.structs.replace(
        Question(action, channel=channel), **{name: given.get(name) or None for name in names}
    )


@dataclass(frozen=True)
class Allowed:
    identity: Identity


@dataclass(frozen=True)
class Denied:
    """`message`: the site's own words for the person; `code` is for admins."""

    code: str
    message: str = ""


@dataclass(frozen=True)
class Unavailable:
    """There is no answer to go by. `detail` is for admins and holds nothing that the person gave."""

    code: UnavailableCode
    detail: str = ""


Answer = Allowed | Denied | Unavailable


@dataclass(frozen=True)
class Reply:
    """What came over the wire, at most so much of it as is ever read."""

    status: int
    content_type: str
    body: bytes


@dataclass(frozen=True, eq=False)
class Adaption:
    """How an endpoint that exists already is understood: `body` replaces what is sent, `allow` and `fields`
    are worked out from `status` and `body` of its reply."""

    body: Mapping[str, Expression] = field(default_factory=dict)
    allow: Expression | None = None
    fields: Mapping[str, Expression] = field(default_factory=dict)


class Said(Struct, frozen=True):
    """The body of an answer; keys that are not known are left alone."""

    result: Literal["allow", "deny"]
    user_id: Annotated[str, Meta(max_length=128)] = ""
    display_name: Annotated[str, Meta(max_length=500)] = ""
    email: Annotated[str, Meta(max_length=254)] = ""
    role: Role = "guest"
    account: Code = ""
    billing_code: Code = ""
    conferences: Annotated[tuple[str, ...], Meta(max_length=1000)] | None = None
    max_participants: Annotated[int, Meta(ge=0, le=10_000)] = 0
    features: Annotated[dict[str, bool], Meta(max_length=100)] = {}
    language: Annotated[str, Meta(max_length=16)] = ""
    brand: Annotated[str, Meta(max_length=64)] = ""
    expires_in: Annotated[int, Meta(ge=0, le=LONGEST_S)] = 0
    nonce: str = ""
    message: Annotated[str, Meta(max_length=2000)] = ""


FIELDS = tuple(name for name in Said.__struct_fields__ if name not in ("result", "nonce"))
CODES = ("user_id", "email", "account", "billing_code", "language", "brand")
ASKED = ("v", "id", "ts", *Question.__struct_fields__)


# What is sent


def request_fields(question: Question, id: str, at: int) -> dict[str, Any]:
    return {"v": VERSION, "id": id, "ts": at, **msgspec.structs.asdict(question)}


def request_body(fields: Mapping[str, Any], adaption: Adaption, *, form: bool) -> tuple[bytes, str]:
    """The body and its type. Raises ExpressionFailed."""
    sent = {name: value(fields) for name, value in adaption.body.items()} if adaption.body else dict(fields)
    if form:
        given = {name: _as_text(value) for name, value in sent.items() if value is not None}
        return urlencode(given).encode(), "application/x-www-form-urlencoded"
    return msgspec.json.encode(sent), "application/json"


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def masked(fields: Mapping[str, Any]) -> dict[str, Any]:
    """As it may be shown: without what the person must keep to themselves."""
    return {name: MASKED if name in SECRETS and value else value for name, value in fields.items()}


# What comes back


def read_answer(
    reply: Reply, question: Question, adaption: Adaption, *, id: str, now: float, nonce_required: bool
) -> Answer:
    """`nonce_required`: an allowance must hold the id of the question, so that none can be played again."""
    if 300 <= reply.status < 400:
        return Unavailable("redirect", f"status {reply.status}: redirects are not followed")
    if _is_html(reply):
        return Unavailable("html", f"status {reply.status} with a page for people instead of an answer")
    if adaption.allow is not None:
        return _adapted(reply, question, adaption, now)
    if reply.status in (401, 403):
        return Denied("denied", _message_of(reply))
    if reply.status == 204:
        if nonce_required:
            return Unavailable("nonce", "an empty answer holds no nonce, which signed requests ask for")
        return Allowed(Identity(user_id=_own_id(question)))
    if reply.status != 200:
        return Unavailable("status", f"status {reply.status}")
    return _read_body(reply, question, id=id, now=now, nonce_required=nonce_required)


def _is_html(reply: Reply) -> bool:
    begin = reply.body.lstrip()[:15].lower()
    is_page = reply.content_type.startswith(("text/html", "application/xhtml")) and reply.status == 200
    return is_page or (reply.status == 200 and begin.startswith((b"<!doctype", b"<html")))


def _read_body(reply: Reply, question: Question, *, id: str, now: float, nonce_required: bool) -> Answer:
    body = _json(reply.body)
    if not isinstance(body, dict):
        return Unavailable("not_json", "the body is no JSON object")
    said = said_by(body)
    if isinstance(said, Unavailable):
        return said
    if said.result == "deny":
        return Denied("denied", said.message)
    if said.nonce != id and (nonce_required or said.nonce):
        return Unavailable("nonce", "the nonce is not the id of the question")
    return Allowed(_identity(said, question, now))


def _adapted(reply: Reply, question: Question, adaption: Adaption, now: float) -> Answer:
    if reply.status >= 500:
        return Unavailable("status", f"status {reply.status}")
    context = {"status": reply.status, "body": _json(reply.body)}
    try:
        allowed = adaption.allow is not None and adaption.allow(context)
        if not allowed:
            return Denied("denied")
        body = {name: value(context) for name, value in adaption.fields.items()}
    except ExpressionFailed as failed:
        return Unavailable("mapping", str(failed))
    said = said_by({**body, "result": "allow"})
    return said if isinstance(said, Unavailable) else Allowed(_identity(said, question, now))


def said_by(body: Mapping[str, Any]) -> Said | Unavailable:
    """Every field as it must be, or none of them."""
    given = {name: value for name, value in body.items() if value is not None}
    try:
        said = msgspec.convert(given, Said)
    except msgspec.ValidationError as error:
        return Unavailable("fields", str(error))
    for name in CODES:
        if not getattr(said, name).isprintable():
            return Unavailable("fields", f"characters that cannot be written - at `$.{name}`")
    return said


def _identity(said: Said, question: Question, now: float) -> Identity:
    conferences = said.conferences
    if conferences is None and question.conference and question.action != "login":
        conferences = (question.conference,)
    return identity_said(said, user_id=said.user_id or _own_id(question), conferences=conferences, now=now)


def identity_said(said: Said, *, user_id: str, conferences: tuple[str, ...] | None, now: float) -> Identity:
    return Identity(
        user_id=user_id,
        display_name=_one_line(said.display_name)[:DISPLAY_NAME],
        email=said.email,
        role=said.role,
        account=said.account,
        billing_code=said.billing_code,
        conferences=conferences,
        max_participants=said.max_participants,
        features=said.features,
        language=said.language,
        brand=said.brand,
        expires_at=int(now) + said.expires_in if said.expires_in else 0,
        message=_one_line(said.message)[:500],
    )


def _own_id(question: Question) -> str:
    """Servers that say yes alone mean who was asked about."""
    return question.user or "" if question.action in ("login", "join") else ""


def _message_of(reply: Reply) -> str:
    """What a denial says to the person, if it says it in our words."""
    body = _json(reply.body) if reply.content_type.split(";")[0].strip() in JSON_TYPES else None
    message = body.get("message") if isinstance(body, dict) else None
    return _one_line(message)[:500] if isinstance(message, str) else ""


def _json(body: bytes) -> Any:
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return None


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
