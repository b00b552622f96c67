"""Signatures as Standard Webhooks has them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auth_gateway.signing import TOLERANCE_S, secret_bytes, signature, signed_headers, signed_id

NOON = 1_795_312_800
OLD, NEW = b"the secret of last year", b"the secret of this year"
BODY = b'{"user_id":"u42"}'


def test_the_example_of_the_specification() -> None:
    """github.com/standard-webhooks, its reference implementation's test."""
    secret = secret_bytes("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    signed = signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, b'{"test": 2432232314}')
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize("secrets", [[NEW], [NEW, OLD], [OLD, NEW]])
def test_while_secrets_change_either_is_enough(secrets: list[bytes]) -> None:
    headers = signed_headers(secrets, "msg_1", NOON, BODY)
    assert signed_id([NEW], headers, BODY, NOON) == "msg_1"
    assert signed_id([NEW, OLD], headers, BODY, NOON) == "msg_1"


@pytest.mark.parametrize(
    ("change", "value"),
    [
        ("webhook-id", "msg_2"),
        ("webhook-id", ""),
        ("webhook-timestamp", str(NOON + 1)),
        ("webhook-timestamp", "noon"),
        ("webhook-timestamp", "9" * 30),
        ("webhook-signature", ""),
        ("webhook-signature", "v1,é"),
        ("webhook-signature", "v2,AAAA"),
    ],
)
def test_whatever_is_changed_is_noticed(change: str, value: str) -> None:
    headers = {**signed_headers([NEW], "msg_1", NOON, BODY), change: value}
    assert signed_id([NEW], headers, BODY, NOON) is None


def test_another_body_or_another_secret_is_noticed() -> None:
    headers = signed_headers([NEW], "msg_1", NOON, BODY)
    assert signed_id([NEW], headers, BODY + b" ", NOON) is None
    assert signed_id([OLD], headers, BODY, NOON) is None
    assert signed_id([], headers, BODY, NOON) is None


@pytest.mark.parametrize("late", [-TOLERANCE_S - 1, TOLERANCE_S + 1])
def test_what_is_old_is_no_longer_believed(late: int) -> None:
    headers = signed_headers([NEW], "msg_1", NOON, BODY)
    assert signed_id([NEW], headers, BODY, NOON + late) is None


def test_without_a_secret_nothing_is_signed() -> None:
    assert signed_headers([], "msg_1", NOON, BODY) == {}


def test_a_broken_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="base64"):
        secret_bytes("whsec_!")


@given(st.dictionaries(st.sampled_from(["webhook-id", "webhook-timestamp", "webhook-signature"]), st.text()))
def test_nonsense_is_never_signed(headers: dict[str, str]) -> None:
    assert signed_id([NEW], headers, BODY, NOON) is None
