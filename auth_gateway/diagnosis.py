"""A question to the sign-in server, asked by an admin to see what becomes of it: all that goes out and comes
back, without secrets, and in plain words what it means. For the command line and the administration."""

from typing import Any, NamedTuple

import msgspec
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from auth_gateway.asking import Exchange, exchange
from auth_gateway.configuration import Gateway
from auth_gateway.contract import (
    MASKED,
    SECRETS,
    Allowed,
    Denied,
    Question,
    Reply,
    Unavailable,
    UnavailableCode,
    masked,
)

SHOWN_BYTES = 2000


class Diagnosis(NamedTuple):
    """`parts`: headings, and what stands below them."""

    parts: list[tuple[str, str]]
    allowed: bool


def diagnose(gateway: Gateway, question: Question, *, now: float) -> Diagnosis:
    if not gateway.url:
        nobody = _("There is no address to ask; signed links alone are configured.")
        return Diagnosis([(str(_("Result")), str(nobody))], allowed=False)
    done = exchange(gateway, question, now=now)
    sent = "\n".join([f"POST {gateway.url}", *_headers(done), "", _body_sent(done, question)])
    parts = [
        (str(_("Request")), sent),
        (str(pgettext_lazy("noun", "Answer")), _body_received(done.reply, question)),
    ]
    if isinstance(done.answer, Allowed):
        parts.append((str(_("Understood as")), _pretty(msgspec.to_builtins(done.answer.identity))))
    parts.append((str(_("Result")), in_words(done)))
    return Diagnosis(parts, allowed=isinstance(done.answer, Allowed))


def _headers(done: Exchange) -> list[str]:
    return [f"{name}: {value}" for name, value in done.headers.items()]


def _body_sent(done: Exchange, question: Question) -> str:
    return without_secrets(done.body.decode(), question) if done.body else _pretty(masked(done.fields))


def _body_received(reply: Reply | Unavailable, question: Question) -> str:
    if isinstance(reply, Unavailable):
        return f"– ({reply.detail})"
    body = reply.body[:SHOWN_BYTES].decode(errors="replace")
    return without_secrets(f"{reply.status} {reply.content_type}\n\n{body}", question)


def without_secrets(text: str, question: Question) -> str:
    """Wherever a secret went: an adapted request has fields of other names."""
    for name in SECRETS:
        if secret := getattr(question, name):
            for written in (secret, msgspec.json.encode(secret).decode()[1:-1]):
                text = text.replace(written, MASKED)
    return text


def _pretty(value: object) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode()


def in_words(done: Exchange) -> str:
    match done.answer:
        case Allowed(identity):
            return _("Allowed, as %(role)s.") % {"role": identity.role}
        case Denied(message=message) if message:
            return _("Denied. The person would read: %(message)s") % {"message": message}
        case Denied():
            return str(_("Denied. The person would read our own words."))
        case Unavailable() as nothing:
            return f"{_ADVICE[nothing.code]} ({nothing.detail})"


_ADVICE: dict[UnavailableCode, Any] = {
    "busy": _("Nobody is let in: too many questions are on their way already."),
    "broken_circuit": _(
        "Nobody is let in: the server failed several times, and is left alone for ten seconds."
    ),
    "unreachable": _("Nobody is let in: the server cannot be reached. Check address, port and firewall."),
    "certificate": _("Nobody is let in: the certificate is not trusted. Check ca_file or sha256 in [tls]."),
    "timeout": _(
        "Nobody is let in: the server takes too long. It has two seconds to connect and five in all."
    ),
    "redirect": _("Nobody is let in: the server redirects. Give the final address as url."),
    "status": _("Nobody is let in: only 200, 204, 401 and 403 are answers. Look into the server's log."),
    "too_large": _("Nobody is let in: an answer has at most 64 kB."),
    "html": _(
        "Nobody is let in: the server sent a page for people. Is url the address of the service itself?"
    ),
    "not_json": _("Nobody is let in: with status 200 the body must be a JSON object."),
    "fields": _("Nobody is let in: a field of the answer is not what it must be."),
    "nonce": _("Nobody is let in: the answer must repeat the question’s id as nonce; or say nonce = false."),
    "mapping": _("Nobody is let in: an expression of the file does not work with this."),
}
