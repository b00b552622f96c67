"""What an admin says of a FreeSWITCH. docs/phones-freeswitch.md has what that FreeSWITCH is to be told."""

from enum import StrEnum
from typing import Annotated

from django.utils.translation import gettext_lazy as _
from msgspec import Meta, Struct

Port = Annotated[int, Meta(ge=0, le=65535)]
Word = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_.-]{1,40}$")]
Host = Annotated[str, Meta(pattern=r"^[A-Za-z0-9.:-]{0,100}$")]


class Codec(StrEnum):
    """Of our media leg, as FreeSWITCH writes it."""

    WIDE = "G722"
    PLAIN = "L16@16000h"
    NARROW = "PCMU"


class Config(Struct, frozen=True, forbid_unknown_fields=True):
    host: Host
    password: Annotated[str, Meta(pattern=r"^[^\x00-\x1f]+$")]
    port: Port = 8021
    trunk: Annotated[str, Meta(pattern=r"^[A-Za-z0-9_./@{}:-]{1,100}$")] = "sofia/gateway/trunk/{number}"
    caller_id: Annotated[str, Meta(pattern=r"^\+?[0-9]{0,20}$")] = ""
    conference_profile: Word = "meetingserver"
    sip_profile: Word = "internal"
    """Of FreeSWITCH: by it our media leg is called."""
    sip_host: Host = ""
    """Where that profile sends from. Empty: `host`."""
    our_host: Annotated[Host, Meta(min_length=1)] = "127.0.0.1"
    """Where FreeSWITCH finds us: prompts, sound."""
    listen_address: Host = ""
    """Empty: `our_host`."""
    sip_port: Port = 5090
    sounds_port: Port = 4575
    codec: Codec = Codec.WIDE


TITLE = "FreeSWITCH"
ABOUT = _("A FreeSWITCH that you run already takes the calls, in conference rooms of its own.")
LABELS = {
    "host": _("address of the FreeSWITCH"),
    "password": _("password of its event socket"),
    "port": _("port of its event socket"),
    "trunk": _("how it is told to call a number"),
    "caller_id": _("number shown to those who are called"),
    "conference_profile": _("conference profile of its rooms"),
    "sip_profile": _("SIP profile by which it calls this server"),
    "sip_host": _("address of that SIP profile (empty: that of the FreeSWITCH)"),
    "our_host": _("address at which the FreeSWITCH finds this server"),
    "listen_address": _("address to listen on (empty: the same)"),
    "sip_port": _("port on which it calls this server"),
    "sounds_port": _("port from which it fetches prompts"),
    "codec": _("sound between the FreeSWITCH and this server"),
}
CHOICES = {
    "codec": {
        "G722": _("G.722, wideband"),
        "L16@16000h": _("wide and uncompressed, for a local network"),
        "PCMU": _("G.711 µ-law, narrow, also over the internet"),
    }
}
HELP = {
    "trunk": _("{number} stands for the number that is called."),
    "conference_profile": _("As in conference.conf.xml."),
}
SECRETS = frozenset({"password"})
"""Fields that are entered and never shown."""
