"""What an admin may say of an Asterisk."""

import pytest
from msgspec import ValidationError, convert, structs

from bridges.asterisk.config import LABELS, SECRETS, Codec, Config, Mode

LEAST = {"host": "pbx.example", "username": "meetingserver", "password": "secret"}


def test_little_must_be_said() -> None:
    config = convert(LEAST, Config)
    assert (config.mode, config.port, config.codec) == (Mode.AMI, 0, Codec.G722)


def test_every_field_has_its_label_and_the_password_is_secret() -> None:
    names = {field.name for field in structs.fields(Config)}
    assert names == set(LABELS)
    assert names >= SECRETS == {"password"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"username": "a b"},
        {"port": 70_000},
        {"trunk": "PJSIP/{number}\r\nAction: Logoff"},
        {"caller_id": "Anna"},
        {"our_host": "a b"},
        {"host": "pbx/../x"},
        {"listen_address": "a b"},
        {"mode": "sip"},
        {"authorities": "pbx.pem"},
        {"unknown": 1},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_what_breaks_lines_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        convert({**LEAST, **wrong}, Config)
