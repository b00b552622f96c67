"""How people sign in, as the environment says."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from meetingserver.sign_in import gateway

URL = "https://portal.example.com/auth"


def test_unset_means_that_our_own_users_sign_in_alone() -> None:
    assert gateway(file="", url="", secret="") is None


def test_an_address_is_enough_and_a_file_says_more(tmp_path: Path) -> None:
    found = gateway(file="", url=URL, secret="sixteen characters or more")
    assert found
    assert found.nonce_required
    with_slash = gateway(file="", url=f"{URL}/", secret="")
    assert with_slash
    assert with_slash.url == f"{URL}/", "servers tell them apart"
    file = tmp_path / "auth.toml"
    file.write_text(f'url = "{URL}"')
    assert gateway(file=str(file), url="", secret="")


def test_a_wrong_one_stops_the_start_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "auth.toml"
    file.write_text(f'url = "{URL}"\nspeed = 1')
    with pytest.raises(ImproperlyConfigured, match="line 2, column 1"):
        gateway(file=str(file), url="", secret="")
    with pytest.raises(ImproperlyConfigured, match="not both"):
        gateway(file=str(file), url=URL, secret="")
    with pytest.raises(ImproperlyConfigured, match="unencrypted"):
        gateway(file="", url="http://portal.example.com", secret="")
