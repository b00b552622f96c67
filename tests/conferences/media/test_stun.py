"""Connectivity checks."""

import pytest
from aioice.stun import Class, Message, Method, parse_message
from hypothesis import given
from hypothesis import strategies as st

from conferences.media.stun import BindingRequest, MalformedStun


def check(key: str = "ours", username: str = "server:browser") -> bytes:
    message = Message(Method.BINDING, Class.REQUEST, attributes={"USERNAME": username, "USE-CANDIDATE": None})
    message.add_message_integrity(key.encode())
    return bytes(message)


def test_a_signed_check_is_understood_and_answered() -> None:
    request = BindingRequest.parse(check())
    assert (request.local_fragment, request.remote_fragment, request.nominates) == ("server", "browser", True)
    assert request.is_signed_with("ours")
    assert not request.is_signed_with("theirs")
    answer = parse_message(request.answer(("192.0.2.7", 5000), "ours"))
    assert answer.attributes["XOR-MAPPED-ADDRESS"] == ("192.0.2.7", 5000)
    assert answer.check_message_integrity(b"ours")


def test_an_ipv4_address_seen_through_an_ipv6_socket_is_told_as_ipv4() -> None:
    answer = parse_message(BindingRequest.parse(check()).answer(("::ffff:192.0.2.7", 5000), "ours"))
    assert answer.attributes["XOR-MAPPED-ADDRESS"] == ("192.0.2.7", 5000)


def test_a_check_must_say_for_whom_it_is_and_be_signed() -> None:
    for message in (
        Message(Method.BINDING, Class.REQUEST, attributes={"USERNAME": "server:browser"}),
        Message(Method.BINDING, Class.REQUEST, attributes={"MESSAGE-INTEGRITY": bytes(20)}),
        Message(Method.BINDING, Class.INDICATION),
    ):
        with pytest.raises(MalformedStun):
            BindingRequest.parse(bytes(message))


@given(st.data())
def test_bent_checks_are_malformed_or_understood(data: st.DataObject) -> None:
    datagram = bytearray(check())
    for _ in range(data.draw(st.integers(1, 4))):
        datagram[data.draw(st.integers(0, len(datagram) - 1))] = data.draw(st.integers(0, 255))
    try:
        request = BindingRequest.parse(bytes(datagram))
    except MalformedStun:
        return
    assert request.is_signed_with("ours") in (True, False)


@given(st.binary(max_size=600))
def test_nonsense_is_malformed(datagram: bytes) -> None:
    with pytest.raises(MalformedStun):
        BindingRequest.parse(datagram)
