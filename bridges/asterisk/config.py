"""What an admin says of an Asterisk. docs/phones-asterisk.md has what that Asterisk is to be told."""

from enum import StrEnum
from typing import Annotated

from django.utils.translation import gettext_lazy as _
from msgspec import Meta, Struct

Port = Annotated[int, Meta(ge=0, le=65535)]
HOST = r"[A-Za-z0-9.:-]{1,100}"
Host = Annotated[str, Meta(pattern=f"^{HOST}$")]
Word = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_.-]{1,40}$")]


class Mode(StrEnum):
    AMI = "ami"
    """Its own rooms (ConfBridge); calls are led by FastAGI."""
    ARI = "ari"
    """It carries calls and mixes; everything else is ours."""


class Codec(StrEnum):
    """Of our media leg. slin16 is not there: of a UnicastRTP channel Asterisk 16 and 22 take static payload
    types only, and hear nothing of it."""

    G722 = "g722"
    ALAW = "alaw"
    ULAW = "ulaw"


class Config(Struct, frozen=True, forbid_unknown_fields=True):
    host: Host
    username: Word
    password: str
    mode: Mode = Mode.AMI
    port: Port = 0
    """0: 5038 (ami), 8088 (ari)."""
    tls: bool = False
    authorities: Annotated[str, Meta(pattern=r"^(/[^\x00-\x1f]{1,200})?$")] = ""
    """PEM file of those who may sign the interface's certificate; empty: the system's."""
    context: Word = "meetingserver"
    """Of its dialplan (ami), or the name of the Stasis application (ari)."""
    trunk: Annotated[str, Meta(pattern=r"^[A-Za-z0-9_./@{}:-]{1,100}$")] = "PJSIP/{number}@trunk"
    caller_id: Annotated[str, Meta(pattern=r"^\+?[0-9]{0,20}$")] = ""
    our_host: Host = "127.0.0.1"
    """Where Asterisk finds us: prompts, FastAGI, sound."""
    listen_address: Annotated[str, Meta(pattern=f"^({HOST})?$")] = ""
    """Empty: `our_host`."""
    agi_port: Port = 4573
    sounds_port: Port = 4574
    codec: Codec = Codec.G722


TITLE = "Asterisk"
ABOUT = _("An Asterisk that you run already takes the calls, in its own conference rooms or in ours.")
LABELS = {
    "host": _("address of the Asterisk"),
    "username": _("user of its manager interface (ami) or REST interface (ari)"),
    "password": _("password of that user"),
    "mode": _("rooms"),
    "port": _("port of that interface (0: the usual one)"),
    "tls": _("encrypt the connection to that interface"),
    "authorities": _("file with the authorities that sign its certificate (empty: the system's)"),
    "context": _("context of its dialplan (ami), or name of the Stasis application (ari)"),
    "trunk": _("how it is told to call a number"),
    "caller_id": _("number shown to those who are called"),
    "our_host": _("address at which the Asterisk finds this server"),
    "listen_address": _("address to listen on (empty: the same)"),
    "agi_port": _("port for FastAGI (ami)"),
    "sounds_port": _("port from which it fetches prompts"),
    "codec": _("sound between the Asterisk and this server"),
}
CHOICES = {
    "mode": {
        "ami": _("its own (ConfBridge, by AMI)"),
        "ari": _("ours (by ARI)"),
    },
    "codec": {
        "g722": _("G.722, wideband"),
        "alaw": _("G.711 A-law, as in Europe"),
        "ulaw": _("G.711 µ-law, as in North America and Japan"),
    },
}
HELP = {
    "mode": _(
        "AMI is its manager interface: menus of your own can lead into conferences. ARI is its REST "
        "interface: callers can be asked for their names."
    ),
    "trunk": _("{number} stands for the number that is called."),
    "codec": _(
        "With G.722, people on the web and telephones with HD voice hear each other's whole voices. G.711 is "
        "for an Asterisk that has no G.722."
    ),
}
SECRETS = frozenset({"password"})
"""Fields that are entered and never shown."""
