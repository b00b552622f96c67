"""What an admin may say of a FreeSWITCH."""

import msgspec
import pytest

from bridges.adapters import make_bridge
from bridges.errors import InvalidValue
from bridges.freeswitch.config import LABELS, SECRETS, Config


def test_each_field_has_its_words_and_the_password_is_a_secret() -> None:
    assert {field.name for field in msgspec.structs.fields(Config)} == set(LABELS)
    assert {"password"} == SECRETS


def test_an_admin_needs_to_say_no_more_than_address_and_password() -> None:
    assert make_bridge("freeswitch", "fs", {"host": "192.0.2.1", "password": "p"}).config.port == 8021


@pytest.mark.parametrize(
    "fields",
    [
        {"trunk": "sofia/gateway/trunk/{number} &system(reboot)"},
        {"conference_profile": "a+flags{moderator}"},
        {"sip_profile": "a,b"},
        {"our_host": "a}b"},
        {"caller_id": "1,2"},
        {"password": "a\nb"},
    ],
)
def test_what_would_be_a_command_of_its_own_is_refused(fields: dict[str, str]) -> None:
    with pytest.raises(InvalidValue):
        make_bridge("freeswitch", "fs", {"host": "192.0.2.1", "password": "p"} | fields)
