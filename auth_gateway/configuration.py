"""How the site's sign-in server is asked: read from a TOML file that only who runs the server writes
(docs/integration-auth.md), or made of an address and a secret alone. PURE but for reading that file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, cast
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta, Struct

from auth_gateway.contract import ACTIONS, ASKED, FIELDS, Action, Adaption
from auth_gateway.signing import secret_bytes
from meetingserver.expressions import Expression
from meetingserver.toml_files import LookUp, TomlFile, is_loopback

ASKED_UNLESS_TOLD = ("login", "ticket", "dialin")


@dataclass(frozen=True)
class Links:
    """How links are signed that sign somebody in: by a secret we share, or by a key of which we have the
    public half (PEM)."""

    secrets: tuple[str, ...] = ()
    public_key: str = ""
    longest_s: int = 3600


@dataclass(frozen=True, eq=False)
class Gateway:
    """`secrets`: the newest first. `fingerprint`: SHA-256 of the certificate, in hexadecimal digits."""

    url: str = ""
    secrets: tuple[bytes, ...] = ()
    actions: frozenset[Action] = frozenset(cast("tuple[Action, ...]", ASKED_UNLESS_TOLD))
    form: bool = False
    username: str = ""
    password: str = ""
    bearer: str = ""
    nonce_required: bool = False
    connect_s: float = 2.0
    total_s: float = 5.0
    at_once: int = 20
    keep_s: int = 0
    grace_s: int = 600
    ca_file: str = ""
    fingerprint: str = ""
    adaption: Adaption = field(default_factory=Adaption)
    links: Links = field(default_factory=Links)

    def asks(self, action: Action) -> bool:
        return bool(self.url) and action in self.actions


class _Tls(Struct, forbid_unknown_fields=True):
    ca_file: str = ""
    sha256: str = ""
    allow_insecure: bool = False


class _Request(Struct, forbid_unknown_fields=True):
    format: str = "json"
    username: str = ""
    password: str = ""
    bearer: str = ""
    body: dict[str, str] = {}


class _Answer(Struct, forbid_unknown_fields=True):
    nonce: bool | None = None
    allow: str = ""
    fields: dict[str, str] = {}


class _Links(Struct, forbid_unknown_fields=True):
    secrets: list[str] = []
    public_key_file: str = ""
    longest_seconds: Annotated[int, Meta(ge=10, le=30 * 86_400)] = 3600


class _File(Struct, forbid_unknown_fields=True):
    url: str = ""
    secrets: Annotated[list[str], Meta(max_length=2)] = []
    actions: list[str] = msgspec.field(default_factory=lambda: list(ASKED_UNLESS_TOLD))
    connect_seconds: Annotated[float, Meta(gt=0, le=10)] = 2.0
    total_seconds: Annotated[float, Meta(gt=0, le=30)] = 5.0
    at_once: Annotated[int, Meta(ge=1, le=500)] = 20
    keep_seconds: Annotated[int, Meta(ge=0, le=60)] = 0
    grace_seconds: Annotated[int, Meta(ge=0, le=86_400)] = 600
    tls: _Tls = msgspec.field(default_factory=_Tls)
    request: _Request = msgspec.field(default_factory=_Request)
    answer: _Answer = msgspec.field(default_factory=_Answer)
    links: _Links = msgspec.field(default_factory=_Links)


def gateway_of(*, url: str, secret: str, insecure: bool = False) -> Gateway:
    """Of an address and a secret alone. Raises FileRefused."""
    file = _File(url=url, secrets=[secret] if secret else [], tls=_Tls(allow_insecure=insecure))
    return _Reader("", lambda _name: "", name="AUTH_GATEWAY_URL").made(file)


def gateway_read(path: Path, look_up: LookUp) -> Gateway:
    """Raises FileRefused."""
    return _Reader.read(path, look_up).gateway()


def gateway_parse(text: str, look_up: LookUp, *, name: str) -> Gateway:
    """Raises FileRefused."""
    return _Reader(text, look_up, name=name).gateway()


class _Reader(TomlFile):
    """Turns the file into what it means."""

    def gateway(self) -> Gateway:
        return self.made(self.converted(self.tables(), _File))

    def made(self, file: _File) -> Gateway:
        self._check_url(file)
        secrets = tuple(self._signing_secret(secret) for secret in file.secrets)
        nonce = file.answer.nonce
        if nonce is None:
            nonce = bool(secrets) and not file.answer.allow
        return Gateway(
            url=file.url,
            secrets=secrets,
            actions=self._actions(file),
            form=self._choice(file.request.format, ("json", "form"), "request", "format") == "form",
            username=file.request.username,
            password=self.secret(file.request.password, "request", "password"),
            bearer=self.secret(file.request.bearer, "request", "bearer"),
            nonce_required=nonce,
            connect_s=file.connect_seconds,
            total_s=file.total_seconds,
            at_once=file.at_once,
            keep_s=file.keep_seconds,
            grace_s=file.grace_seconds,
            ca_file=self._existing(file.tls.ca_file, "tls", "ca_file"),
            fingerprint=self.fingerprint(file.tls.sha256, "tls", "sha256"),
            adaption=self._adaption(file),
            links=self._links(file.links),
        )

    def _check_url(self, file: _File) -> None:
        parts = urlsplit(file.url)
        if not file.url:
            if not (file.links.secrets or file.links.public_key_file):
                raise self.refused('nobody to ask: give url = "https://…", or [links]')
            return
        if parts.scheme not in ("https", "http") or not parts.hostname or parts.username:
            raise self.refused("must be an address such as https://portal.example.com/auth", "url")
        if parts.scheme == "http" and not (is_loopback(parts.hostname) or file.tls.allow_insecure):
            hint = "passwords would travel unencrypted: use https, or set allow_insecure = true in [tls]"
            raise self.refused(hint, "url")

    def _actions(self, file: _File) -> frozenset[Action]:
        for action in file.actions:
            self._choice(action, ACTIONS, "actions")
        return frozenset(cast("list[Action]", file.actions))

    def _choice(self, value: str, allowed: tuple[str, ...], *keys: str) -> str:
        if value not in allowed:
            raise self.refused(f"{value!r} is not one of {', '.join(allowed)}", *keys)
        return value

    def _signing_secret(self, value: str) -> bytes:
        secret = self.secret(value, "secrets")
        try:
            found = secret_bytes(secret)
        except ValueError as error:
            raise self.refused(str(error), "secrets") from None
        if len(found) < 16:
            raise self.refused("a secret has 16 characters or more", "secrets")
        return found

    def _existing(self, path: str, *keys: str) -> str:
        if path and not Path(path).is_file():
            raise self.refused("there is no such file", *keys)
        return path

    def _adaption(self, file: _File) -> Adaption:
        if file.answer.fields and not file.answer.allow:
            raise self.refused('say also when it is allowed: allow = "status == 200"', "answer", "fields")
        asked: dict[str, Any] = {name: {} for name in ASKED}
        answered: Mapping[str, Any] = {"status": {}, "body": None}
        for name in file.answer.fields:
            self._choice(name, FIELDS, "answer", "fields", name)
        allow = file.answer.allow
        return Adaption(
            body=self._expressions(file.request.body, asked, "request", "body"),
            allow=self.expression(allow, answered, "answer", "allow") if allow else None,
            fields=self._expressions(file.answer.fields, answered, "answer", "fields"),
        )

    def _expressions(
        self, sources: Mapping[str, str], known: Mapping[str, Any], *keys: str
    ) -> Mapping[str, Expression]:
        return {name: self.expression(source, known, *keys, name) for name, source in sources.items()}

    def _links(self, links: _Links) -> Links:
        secrets = tuple(self.secret(secret, "links", "secrets") for secret in links.secrets)
        if any(len(secret) < 32 for secret in secrets):
            raise self.refused("a secret for links has 32 characters or more", "links", "secrets")
        path = self._existing(links.public_key_file, "links", "public_key_file")
        return Links(secrets, Path(path).read_text() if path else "", links.longest_seconds)
