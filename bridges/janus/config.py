"""What an admin says of a Janus. docs/phones-janus.md has what that Janus is to be told."""

from enum import StrEnum
from typing import Annotated

from django.utils.translation import gettext_lazy as _
from msgspec import Meta, Struct

Port = Annotated[int, Meta(ge=1, le=65535)]
Host = Annotated[str, Meta(pattern=r"^[A-Za-z0-9.:-]{1,100}$")]


class Codec(StrEnum):
    """Of our sound in its rooms: what its plain RTP offers."""

    OPUS = "opus"
    ULAW = "pcmu"
    ALAW = "pcma"


class Config(Struct, frozen=True, forbid_unknown_fields=True):
    host: Host
    port: Port = 8188
    path: Annotated[str, Meta(pattern=r"^/[A-Za-z0-9/_.-]{0,100}$")] = "/"
    tls: bool = False
    api_secret: str = ""
    admin_key: str = ""
    """Of the AudioBridge plugin: rooms are made with it."""
    room_secret: str = ""
    """The same for all rooms: who knows it may mute and kick there."""
    pin: str = ""
    """The same for all rooms: who knows it may come in."""
    rooms: tuple[Annotated[str, Meta(pattern=r"^[0-9]{9}$")], ...] = ()
    """Access codes of rooms that are always there, so that callers find them."""
    our_host: Host = "127.0.0.1"
    """Where Janus sends sound to."""
    listen_address: str = ""
    """Empty: `our_host`."""
    codec: Codec = Codec.OPUS


TITLE = _("Janus")
ABOUT = _(
    "A Janus server that you run already: its AudioBridge mixes, and a gateway of yours brings callers."
)
LABELS = {
    "host": _("address of the Janus"),
    "port": _("port of its WebSocket interface"),
    "path": _("path of its WebSocket interface"),
    "tls": _("encrypt the connection to that interface"),
    "api_secret": _("API secret of the Janus"),
    "admin_key": _("admin key of its AudioBridge"),
    "room_secret": _("secret of its rooms"),
    "pin": _("PIN of its rooms"),
    "rooms": _("access codes of rooms that are always to be there"),
    "our_host": _("address at which the Janus finds this server"),
    "listen_address": _("address to listen on (empty: the same)"),
    "codec": _("sound between the Janus and this server"),
}
CHOICES = {
    "codec": {
        "opus": _("Opus, wideband"),
        "pcmu": _("G.711 µ-law, as in North America and Japan"),
        "pcma": _("G.711 A-law, as in Europe"),
    }
}
HELP = {
    "rooms": _("Nine digits each, with commas between them."),
    "path": _("Usually /."),
}
SECRETS = frozenset({"api_secret", "admin_key", "room_secret", "pin"})
"""Fields that are entered and never shown."""
