"""What an admin says of an Asterisk. docs/phones-asterisk.md has what that Asterisk is to be told."""

from enum import StrEnum
from typing import Annotated

from django.utils.translation import gettext_lazy as _
from msgspec import Meta, Struct

Port = Annotated[int, Meta(ge=0, le=65535)]
Word = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_.-]{1,40}$")]


class Mode(StrEnum):
    AMI = "ami"
    """Its own rooms (ConfBridge); calls are led by FastAGI."""
    ARI = "ari"
    """It carries calls and mixes; everything else is ours."""


class Codec(StrEnum):
    """Of our media leg. Over the internet the narrow one."""

    WIDE = "slin16"
    NARROW = "ulaw"


class Config(Struct, frozen=True, forbid_unknown_fields=True):
    host: str
    username: Word
    password: str
    mode: Mode = Mode.AMI
    port: Port = 0
    """0: 5038 (ami), 8088 (ari)."""
    tls: bool = False
    context: Word = "meetingserver"
    """Of its dialplan (ami), or the name of the Stasis application (ari)."""
    trunk: Annotated[str, Meta(pattern=r"^[A-Za-z0-9_./@{}:-]{1,100}$")] = "PJSIP/{number}@trunk"
    caller_id: Annotated[str, Meta(pattern=r"^\+?[0-9]{0,20}$")] = ""
    our_host: Annotated[str, Meta(pattern=r"^[A-Za-z0-9.:-]{1,100}$")] = "127.0.0.1"
    """Where Asterisk finds us: prompts, FastAGI, sound."""
    listen_address: str = ""
    """Empty: `our_host`."""
    agi_port: Port = 4573
    sounds_port: Port = 4574
    codec: Codec = Codec.NARROW


TITLE = _("Asterisk")
ABOUT = _("A telephone system that you run already: it answers calls, and mixes them by its ConfBridge.")
LABELS = {
    "host": _("address of the Asterisk"),
    "username": _("user of its manager interface (ami) or REST interface (ari)"),
    "password": _("password of that user"),
    "mode": _("mode: ami for its own ConfBridge rooms, ari if everything is to be ours"),
    "port": _("port of that interface (0: the usual one)"),
    "tls": _("encrypt the connection to that interface"),
    "context": _("context of its dialplan (ami), or name of the Stasis application (ari)"),
    "trunk": _("how it is told to call a number"),
    "caller_id": _("number shown to those who are called"),
    "our_host": _("address at which the Asterisk finds this server"),
    "listen_address": _("address to listen on (empty: the same)"),
    "agi_port": _("port for FastAGI (ami)"),
    "sounds_port": _("port from which it fetches prompts"),
    "codec": _("sound between the Asterisk and this server"),
}
SECRETS = frozenset({"password"})
"""Fields that are entered and never shown."""
