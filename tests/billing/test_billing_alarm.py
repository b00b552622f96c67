"""Only who may see deliveries is told of them."""

import pytest
from django.test import Client
from pytest_django import Settings

from auth_gateway.models import User
from billing.services import records_keep
from tests.billing.recorded import conference

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _targets(settings: Settings) -> None:
    settings.BILLING_TARGETS = ["books"]


def test_who_may_not_see_deliveries_hears_nothing(client: Client, alice: User) -> None:
    records_keep([conference("one")], targets=["books"])
    alice.is_staff = True
    alice.save()
    client.force_login(alice)
    assert "waits to be delivered" not in client.get("/admin/").content.decode()
