"""The two STUN messages an ICE-lite server needs: a binding request and its answer (RFC 8445, RFC 8489)."""

import struct
from dataclasses import dataclass

from aioice.stun import Class, Message, Method, parse_message

_MAX_SIZE = 548


class MalformedStun(Exception):
    """Not a binding request with the attributes ICE demands."""


@dataclass(frozen=True, slots=True)
class BindingRequest:
    """A connectivity check. It proves nothing before `is_signed_with` said so."""

    message: Message
    local_fragment: str
    remote_fragment: str
    priority: int
    nominates: bool

    @classmethod
    def parse(cls, datagram: bytes) -> "BindingRequest":
        """Raise `MalformedStun` for anything but a binding request."""
        if len(datagram) > _MAX_SIZE:
            raise MalformedStun
        try:
            message = parse_message(datagram)
        except (ValueError, struct.error, IndexError) as error:
            raise MalformedStun from error
        if (message.message_method, message.message_class) != (Method.BINDING, Class.REQUEST):
            raise MalformedStun
        attributes = message.attributes
        local, colon, remote = attributes.get("USERNAME", "").partition(":")
        if not colon or "MESSAGE-INTEGRITY" not in attributes:
            raise MalformedStun
        return cls(message, local, remote, attributes.get("PRIORITY", 0), "USE-CANDIDATE" in attributes)

    def is_signed_with(self, password: str) -> bool:
        return bool(self.message.check_message_integrity(password.encode()))

    def answer(self, address: tuple[str, int], password: str) -> bytes:
        """Return the success response that tells the peer its address as seen from here."""
        response = Message(
            Method.BINDING,
            Class.RESPONSE,
            transaction_id=self.message.transaction_id,
            attributes={"XOR-MAPPED-ADDRESS": (address[0].removeprefix("::ffff:"), address[1])},
        )
        response.add_message_integrity(password.encode())
        return bytes(response)
