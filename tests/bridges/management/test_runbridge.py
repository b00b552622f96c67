"""`manage.py runbridge`."""

import pytest
from django.core.management import CommandError, call_command

from bridges.management.commands.runbridge import settings_of
from bridges.models import Bridge

pytestmark = pytest.mark.django_db

OWN = {"process": "unix:/tmp/sip", "process_secret": "s3same"}


def bridge(**config: str) -> Bridge:
    row = Bridge(key="office", type="sip", label="Office")
    row.config = config
    row.save()
    return row


def test_the_process_is_told_what_an_admin_has_said() -> None:
    bridge(**OWN, listen_address="192.0.2.7")
    settings = settings_of("office")
    assert (settings.control, settings.secret, settings.parent) == (OWN["process"], OWN["process_secret"], 0)
    assert settings.config.listen_address == "192.0.2.7"


def test_what_is_missing_is_said() -> None:
    with pytest.raises(CommandError, match="no SIP bridge with the key office"):
        call_command("runbridge", "office")
    row = bridge()
    with pytest.raises(CommandError, match="give the address of its process"):
        settings_of("office")
    row.config = {"port": "many"}
    row.save()
    with pytest.raises(CommandError, match="do not fit"):
        settings_of("office")
    Bridge.objects.update(sealed_config="sealed by another key")
    with pytest.raises(CommandError, match="do not fit"):
        settings_of("office")
