"""Whom an encrypted connection trusts is what the admin says."""

import ssl
from pathlib import Path

import pytest

from bridges.asterisk.config import Config
from bridges.asterisk.encryption import encryption
from bridges.errors import BridgeUnavailable

PLAIN = Config(host="127.0.0.1", username="meetingserver", password="secret")


def test_it_is_off_unless_wanted_and_trusts_whom_the_system_trusts() -> None:
    assert encryption(PLAIN) is None
    context = encryption(Config(host="pbx", username="meetingserver", password="secret", tls=True))
    assert context
    assert context.check_hostname
    assert context.verify_mode == ssl.CERT_REQUIRED


def test_a_file_without_certificates_is_told_by_its_name(tmp_path: Path) -> None:
    empty = tmp_path / "empty.pem"
    empty.touch()
    for wrong in (empty, tmp_path / "missing.pem"):
        config = Config(host="pbx", username="me", password="secret", tls=True, authorities=str(wrong))
        with pytest.raises(BridgeUnavailable, match=wrong.name):
            encryption(config)
