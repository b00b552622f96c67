"""What an admin may say of a Janus."""

import pytest
from msgspec import ValidationError, convert, structs

from bridges.janus.config import LABELS, SECRETS, Codec, Config


def test_little_must_be_said() -> None:
    config = convert({"host": "janus.example"}, Config)
    assert (config.port, config.path, config.rooms, config.codec) == (8188, "/", (), Codec.OPUS)


def test_every_field_has_its_label_and_what_is_secret_is_not_shown() -> None:
    names = {field.name for field in structs.fields(Config)}
    assert names == set(LABELS)
    assert names >= SECRETS == {"api_secret", "admin_key", "room_secret", "pin"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"host": "janus.example/x"},
        {"port": 0},
        {"path": "janus"},
        {"rooms": ["12345678"]},
        {"our_host": "a b"},
        {"codec": "g722"},
        {"unknown": 1},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_what_makes_no_sense_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        convert({"host": "janus.example", **wrong}, Config)
