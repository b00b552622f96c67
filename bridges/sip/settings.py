"""What an admin says of the embedded bridge. Knows no Django: the bridge's own process reads it too."""

import ipaddress
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct


class Transport(StrEnum):
    UDP = "udp"
    TCP = "tcp"
    TLS = "tls"


class Srtp(StrEnum):
    """Encryption of sound (RFC 3711, keys by RFC 4568)."""

    OFF = "off"
    OPTIONAL = "optional"
    MANDATORY = "mandatory"


class Codec(StrEnum):
    OPUS = "opus"
    G722 = "g722"
    PCMA = "pcma"
    PCMU = "pcmu"


# In values that become part of SIP addresses and of the stack's own settings, nothing else is safe.
Word = Annotated[str, Meta(max_length=120, pattern=r"^[A-Za-z0-9._+\-]*$")]
Host = Annotated[str, Meta(max_length=120, pattern=r"^([A-Za-z0-9.\-]+(:[0-9]{1,5})?)?$")]
File = Annotated[str, Meta(max_length=120, pattern=r"^[A-Za-z0-9._/\-]*$")]
Secret = Annotated[str, Meta(max_length=120, pattern=r'^[^"\\\x00-\x1f\x7f]*$')]
Port = Annotated[int, Meta(ge=1, le=65_534)]

PRIVATE = (
    *("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16"),
    *("::1/128", "fc00::/7", "fe80::/10"),
)
MOST_CALLS = 250
"""The stack keeps sound for so many."""


class Config(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Raises ValueError if something does not fit together."""

    process: Annotated[
        str, Meta(max_length=200, pattern=r"^(tcp://[A-Za-z0-9.\-]+:[0-9]{1,5}|unix:[^\n]+)?$")
    ] = ""
    """Empty: the server starts the bridge's process by itself. Else where one was started by somebody."""
    process_secret: Secret = ""
    listen_address: Word = "0.0.0.0"  # noqa: S104 - guarded by `accept_from`
    port: Port = 5060
    """Of UDP and TCP. TLS has the next one."""
    transports: tuple[Transport, ...] = (Transport.UDP, Transport.TCP)
    certificate: File = ""
    """Chain and private key in one PEM file, for TLS."""
    authorities: File = ""
    """PEM file of those who may sign the trunk's certificate; empty: the system's."""
    verify_tls: bool = True
    stun_server: Host = ""
    """Behind NAT: from whom our public address is learned."""
    trunk_domain: Host = ""
    trunk_user: Word = ""
    trunk_login: Word = ""
    """What the trunk asks for if it is not `trunk_user`."""
    trunk_secret: Secret = ""
    trunk_proxy: Host = ""
    trunk_transport: Transport = Transport.UDP
    trunk_registers: bool = True
    accept_from: tuple[Annotated[str, Meta(max_length=50)], ...] = PRIVATE
    """Networks whose calls are answered, besides the trunk's own addresses."""
    codecs: tuple[Codec, ...] = (Codec.OPUS, Codec.G722, Codec.PCMA, Codec.PCMU)
    srtp: Srtp = Srtp.OPTIONAL
    caller_id: Annotated[str, Meta(pattern=r"^(\+?[0-9]{2,20})?$")] = ""
    max_calls: Annotated[int, Meta(ge=1, le=MOST_CALLS)] = 100
    first_rtp_port: Port = 20_000
    last_rtp_port: Port = 20_999
    silent_after_s: Annotated[int, Meta(ge=5, le=600)] = 30
    """Without a packet for so long, a call is over."""

    def __post_init__(self) -> None:
        for network in self.accept_from:
            ipaddress.ip_network(network)
        _demand(bool(self.transports), "At least one transport is needed.")
        _demand(bool(self.codecs), "At least one codec is needed.")
        _demand(
            self.last_rtp_port - self.first_rtp_port >= 2 * self.max_calls, "Each call needs two RTP ports."
        )
        _demand(
            not self.trunk_domain or self.trunk_transport in self.transports, "The trunk's transport is off."
        )
        _demand(not self.trunk_domain or bool(self.trunk_user), "A trunk needs a user.")
        _demand(Transport.TLS not in self.transports or bool(self.certificate), "TLS needs a certificate.")

    @property
    def networks(self) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
        return tuple(ipaddress.ip_network(network) for network in self.accept_from)

    @property
    def trunk_hosts(self) -> Iterable[str]:
        """Names or addresses, without ports."""
        return {host.partition(":")[0] for host in (self.trunk_domain, self.trunk_proxy) if host}


def _demand(holds: bool, sentence: str) -> None:
    if not holds:
        raise ValueError(sentence)


class Settings(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the process is told on its standard input."""

    control: str
    """`unix:/path` or `tcp://address:port`: where it listens for the server."""
    secret: str
    config: Config
    parent: int = 0
    """Whose child it is, and with whom it ends; 0: nobody's."""
    synthetic_callers: int = 0
    """For measurements: so many callers that exist only in memory, instead of SIP."""
