"""My usage: everybody their own."""

import pytest
from django.test import Client

from auth_gateway.models import User
from billing.services import records_keep
from tests.billing.recorded import conference

pytestmark = pytest.mark.django_db

PAGES = ("/usage", "/usage/2023-11", "/usage/2023-11.csv")


@pytest.fixture(autouse=True)
def _used(alice: User) -> None:
    records_keep([conference("one", web=4321)], targets=[])


@pytest.mark.parametrize("page", PAGES)
def test_a_host_sees_what_they_used(client: Client, alice: User, page: str) -> None:
    client.force_login(alice)
    assert "4321" in client.get(page).content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_nobody_sees_anothers(client: Client, mallory: User, page: str) -> None:
    assert client.get(page).status_code == 302
    client.force_login(mallory)
    answer = client.get(page)
    assert answer.status_code == 200
    assert "4321" not in answer.content.decode()


@pytest.mark.parametrize("page", ["/usage/1999-12", "/usage/2023-13", "/usage/2023-0", "/usage/99999-1.csv"])
def test_there_are_only_months(client: Client, alice: User, page: str) -> None:
    client.force_login(alice)
    assert client.get(page).status_code == 404


def test_months_lead_to_each_other(client: Client, alice: User) -> None:
    client.force_login(alice)
    text = client.get("/usage/2023-11").content.decode()
    assert "/usage/2023-10" in text
    assert "/usage/2023-12" in text
    assert "/usage/2150-2" not in client.get("/usage/2150-1").content.decode()
