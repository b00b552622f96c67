"""SRTP in place: encrypted where packets were laid out, decrypted where they came in (RFC 3711, RFC 7714).

This calls libsrtp through pylibsrtp's own binding, because `pylibsrtp.Session` copies every packet twice and
allocates for every call, which costs more than the encryption.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pylibsrtp import Error, Policy
from pylibsrtp._binding import ffi, lib

_OK = lib.srtp_err_status_ok
_REPLAY_WINDOW = 1024

#: What SRTCP adds to a packet besides the authentication tag: its index.
SRTCP_INDEX_SIZE = 4


class SrtpRefused(Exception):
    """The packet is not authentic, or was received before."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A DTLS-SRTP protection profile; `tag_size` is what protection adds to an RTP packet."""

    name: bytes
    policy: int
    key_size: int
    salt_size: int
    tag_size: int


#: In order of preference: GCM takes one pass over the packet, and processors have instructions for it.
PROFILES = (
    Profile(b"SRTP_AEAD_AES_128_GCM", Policy.SRTP_PROFILE_AEAD_AES_128_GCM, 16, 12, 16),
    Profile(b"SRTP_AES128_CM_SHA1_80", Policy.SRTP_PROFILE_AES128_CM_SHA1_80, 16, 14, 10),
)


class Arena:
    """Memory that Python writes into and libsrtp works on, without copies in between."""

    def __init__(self, size: int) -> None:
        self.memory: Any = ffi.new("unsigned char[]", size)
        self.view = memoryview(ffi.buffer(self.memory))

    def pointer(self, offset: int) -> Any:
        return self.memory + offset


class _Session:
    def __init__(self, profile: Profile, key: bytes, direction: int) -> None:
        policy = Policy(key=key, ssrc_type=direction, srtp_profile=profile.policy)
        policy.allow_repeat_tx = True
        policy.window_size = _REPLAY_WINDOW
        handle = ffi.new("srtp_t *")
        if lib.srtp_create(handle, policy._policy) != _OK:  # noqa: SLF001 - the binding has no other way to pass a policy
            raise Error("libsrtp refused the policy")
        self._handle = ffi.gc(handle, lambda created: lib.srtp_dealloc(created[0]))
        self._context = handle[0]
        self._length = ffi.new("int *")


class Sender(_Session):
    """Encrypts what goes to one peer."""

    def __init__(self, profile: Profile, key: bytes) -> None:
        super().__init__(profile, key, Policy.SSRC_ANY_OUTBOUND)
        self.tag_size = profile.tag_size
        self._trailer = bytes(SRTCP_INDEX_SIZE + profile.tag_size)

    def protect(self, packets: Sequence[tuple[Any, int]]) -> None:
        """Encrypt each packet, given as pointer and size, where it is; it grows by `tag_size`."""
        context, length, protect = self._context, self._length, lib.srtp_protect
        for pointer, size in packets:
            length[0] = size
            protect(context, pointer, length)

    def protect_rtcp(self, packet: bytes) -> bytes:
        """Return the encrypted compound packet."""
        memory = ffi.new("unsigned char[]", packet + self._trailer)
        self._length[0] = len(packet)
        lib.srtp_protect_rtcp(self._context, memory, self._length)
        return bytes(ffi.buffer(memory, self._length[0]))


class Receiver(_Session):
    """Decrypts what comes from one peer."""

    def __init__(self, profile: Profile, key: bytes) -> None:
        super().__init__(profile, key, Policy.SSRC_ANY_INBOUND)

    def unprotect(self, arena: Arena, size: int) -> int:
        """Decrypt the RTP packet at the start of `arena`. Return its new size; raise `SrtpRefused`."""
        return self._process(lib.srtp_unprotect, arena, size)

    def unprotect_rtcp(self, arena: Arena, size: int) -> int:
        """Decrypt the RTCP packet at the start of `arena`. Return its new size; raise `SrtpRefused`."""
        return self._process(lib.srtp_unprotect_rtcp, arena, size)

    def _process(self, function: Any, arena: Arena, size: int) -> int:
        self._length[0] = size
        if function(self._context, arena.memory, self._length) != _OK:
            raise SrtpRefused
        return int(self._length[0])
