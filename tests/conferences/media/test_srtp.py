"""Encryption in place, against the library's own session."""

import pytest
from pylibsrtp import Policy, Session

from conferences.media.srtp import PROFILES, Arena, Profile, Receiver, Sender, SrtpRefused

PACKET = b"\x80\x60\x00\x07" + bytes(7) + b"\x05" + b"payload"
REPORT = b"\x80\xc9\x00\x01" + bytes(3) + b"\x05"


def key(profile: Profile) -> bytes:
    return bytes(range(profile.key_size + profile.salt_size))


def session(profile: Profile, direction: int) -> Session:
    return Session(Policy(key=key(profile), ssrc_type=direction, srtp_profile=profile.policy))


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name.decode())
def test_what_is_protected_in_the_arena_can_be_read_by_others(profile: Profile) -> None:
    arena, sender = Arena(200), Sender(profile, key(profile))
    arena.view[:19] = arena.view[100:119] = PACKET
    arena.view[103] = 8
    sender.protect([(arena.pointer(0), 19), (arena.pointer(100), 19)])
    reader = session(profile, Policy.SSRC_ANY_INBOUND)
    assert reader.unprotect(bytes(arena.view[: 19 + sender.tag_size])) == PACKET
    assert reader.unprotect(bytes(arena.view[100 : 119 + sender.tag_size]))[12:] == b"payload"
    assert reader.unprotect_rtcp(sender.protect_rtcp(REPORT)) == REPORT


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name.decode())
def test_what_others_protected_is_read_once(profile: Profile) -> None:
    arena, receiver = Arena(200), Receiver(profile, key(profile))
    writer = session(profile, Policy.SSRC_ANY_OUTBOUND)
    data = writer.protect(PACKET)
    arena.view[: len(data)] = data
    size = receiver.unprotect(arena, len(data))
    assert bytes(arena.view[:size]) == PACKET
    arena.view[: len(data)] = data
    with pytest.raises(SrtpRefused):
        receiver.unprotect(arena, len(data))
    report = writer.protect_rtcp(REPORT)
    arena.view[: len(report)] = report
    assert receiver.unprotect_rtcp(arena, len(report)) == len(REPORT)


def test_forged_packets_are_refused() -> None:
    arena, receiver = Arena(200), Receiver(PROFILES[0], key(PROFILES[0]))
    for size in (0, 11, 40, 200):
        with pytest.raises(SrtpRefused):
            receiver.unprotect(arena, size)
        with pytest.raises(SrtpRefused):
            receiver.unprotect_rtcp(arena, size)
