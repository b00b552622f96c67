import pytest
from msgspec import Raw

from bridges import errors, events
from bridges.sip import protocol as p
from bridges.types import EndCause


@pytest.mark.parametrize(
    "hostile",
    [b"", b"{}", b"[]", b"\xff\xfe", b'{"type":"ask"}', b'{"type":"hello","version":1,"nonce":"","x":1}'],
)
def test_what_is_no_message_is_refused(hostile: bytes) -> None:
    with pytest.raises(errors.ProtocolError):
        p.decode_to_process(hostile)
    with pytest.raises(errors.ProtocolError):
        p.decode_to_server(hostile)


def test_nobody_is_deafened() -> None:
    ask = p.Ask(ref=1, command=p.SetVolume(leg="a", db=12))
    assert p.decode_to_process(p.encode(ask)) == ask
    with pytest.raises(errors.ProtocolError):
        p.decode_to_process(p.encode(ask).replace(b"12", b"40"))


def test_commands_and_events_survive_the_wire() -> None:
    ask = p.Ask(ref=1, command=p.HangUp(leg="a", cause=EndCause.KICKED))
    assert p.decode_to_process(p.encode(ask)) == ask
    event = events.LegDigit(leg="a", digit="#")
    told = p.decode_to_server(p.encode(p.told(event)))
    assert isinstance(told, p.Told)
    assert p.event_of(told) == event


def test_an_unheard_of_event_is_refused() -> None:
    with pytest.raises(errors.ProtocolError):
        p.event_of(p.Told(event="Popen", body=Raw(b"{}")))


def test_errors_come_out_as_what_they_were() -> None:
    dialled = p.error_of(p.failed(1, errors.DialFailed(EndCause.CONGESTION, "no line")))
    assert isinstance(dialled, errors.DialFailed)
    assert dialled.cause is EndCause.CONGESTION
    assert isinstance(p.error_of(p.failed(1, errors.LegGone("x"))), errors.LegGone)
    assert isinstance(p.error_of(p.Failed(ref=1, error="SystemExit")), errors.ProtocolError)


def test_a_proof_is_good_for_one_side_and_one_nonce() -> None:
    proof = p.proof("secret", "nonce", "server")
    assert p.is_proof(proof, "secret", "nonce", "server")
    for secret, nonce, side in (
        ("other", "nonce", "server"),
        ("secret", "x", "server"),
        ("secret", "nonce", "process"),
    ):
        assert not p.is_proof(proof, secret, nonce, side)
