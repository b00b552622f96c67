import pytest

from streaming.tokens import LIFETIME_S, Key, Pass, key_derive, token_read, token_sign

NOW = 1_790_000_000_000
KEY = key_derive("a secret")
GRANTED = Pass("archery-12", 3, "a7")


def signed(granted: Pass = GRANTED, key: Key = KEY) -> str:
    return token_sign(granted, key=key, now=NOW)


def read(token: str, *, recording: str = "archery-12", version: int = 3, later_ms: int = 0) -> Pass | None:
    return token_read(token, recording=recording, version=version, keys=[KEY], now=NOW + later_ms)


def test_a_token_is_good_for_what_it_was_given_for() -> None:
    assert read(signed()) == GRANTED


def test_a_token_ends_after_five_minutes() -> None:
    assert read(signed(), later_ms=LIFETIME_S * 1000 - 1)
    assert read(signed(), later_ms=LIFETIME_S * 1000) is None


def test_a_token_opens_no_other_recording_and_no_other_version() -> None:
    assert read(signed(), recording="archery-13") is None
    assert read(signed(), version=4) is None


def test_a_token_fits_in_an_address() -> None:
    assert len(signed()) < 100
    assert set(signed()) <= set("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_.")


@pytest.mark.parametrize("field", [0, 1, 2, 3])
def test_a_token_that_somebody_changed_is_worth_nothing(field: int) -> None:
    fields = signed().split(".")
    last = "1" if fields[field][-1] != "1" else "2"
    fields[field] = fields[field][:-1] + last
    assert read(".".join(fields)) is None


@pytest.mark.parametrize("token", ["", ".", "...", "x" * 5000, "\x00", "a.b.c.d", "é.1.g.x"], ids=repr)
def test_what_is_no_token_is_worth_nothing(token: str) -> None:
    assert read(token) is None


def test_a_token_of_another_server_is_worth_nothing() -> None:
    assert read(signed(key=key_derive("another secret"))) is None


def test_while_the_secret_changes_both_keys_count() -> None:
    old = key_derive("an old secret")
    token = signed(key=old)
    assert token_read(token, recording="archery-12", version=3, keys=[KEY, old], now=NOW) == GRANTED


def test_the_id_of_a_key_does_not_tell_the_key() -> None:
    assert KEY.id not in KEY.secret.hex()


def test_nothing_may_stand_around_a_token() -> None:
    assert read(f"{signed()}\n") is None
    assert read(f" {signed()}") is None
