"""My usage: everybody their own."""

import pytest
from django.test import Client

from auth_gateway.models import User
from billing import views
from billing.services import records_keep
from tests.billing.recorded import conference
from tests.conferences.meeting import BEGIN

pytestmark = pytest.mark.django_db

PAGES = ("/usage", "/usage/2023-11", "/usage/2023-11.csv")


@pytest.fixture(autouse=True)
def _used(alice: User) -> None:
    records_keep([conference("one", web=4321)], targets=[])


@pytest.mark.parametrize("page", PAGES)
def test_a_host_sees_what_they_used(client: Client, alice: User, page: str) -> None:
    client.force_login(alice)
    assert "4321" in client.get(page).content.decode().replace(",", "")


@pytest.mark.parametrize("page", PAGES)
def test_nobody_sees_anothers(client: Client, mallory: User, page: str) -> None:
    assert client.get(page).status_code == 302
    client.force_login(mallory)
    answer = client.get(page)
    assert answer.status_code == 200
    assert "4321" not in answer.content.decode()


MONTH_MS = 31 * 86_400_000


def test_years_fill_more_than_a_page(client: Client, alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "MONTHS", 2)
    records_keep([conference(f"in {ago}", at=BEGIN - ago * MONTH_MS) for ago in range(1, 4)], targets=[])
    client.force_login(alice)
    first = client.get("/usage").content.decode()
    second = client.get("/usage?before=2023-10").content.decode()
    assert ("?before=2023-10" in first, "/usage/2023-9" in first) == (True, False)
    assert ("/usage/2023-9" in second, "/usage/2023-8" in second, 'href="?before' in second) == (
        True,
        True,
        False,
    )


def test_many_meetings_fill_more_than_a_page(
    client: Client, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "CONFERENCES", 2)
    records_keep(
        [conference(f"{number}", web=70 + number, at=BEGIN + number) for number in range(3)], targets=[]
    )
    client.force_login(alice)
    first, second = (client.get(f"/usage/2023-11?page={page}").content.decode() for page in (1, 2))
    assert ("?page=2" in first, "?page=1" in second) == (True, True)
    assert (">72<" in first, ">72<" in second, ">4,321<" in second) == (True, False, True)
    assert client.get("/usage/2023-11.csv").content.count(b"Archery") == 4


@pytest.mark.parametrize(
    "page",
    ["/usage/1999-12", "/usage/2023-13", "/usage/2023-0", "/usage/99999-1.csv", "/usage?before=2023-13"],
)
def test_there_are_only_months(client: Client, alice: User, page: str) -> None:
    client.force_login(alice)
    assert client.get(page).status_code == 404


def test_months_lead_to_each_other(client: Client, alice: User) -> None:
    client.force_login(alice)
    text = client.get("/usage/2023-11").content.decode()
    assert "/usage/2023-10" in text
    assert "/usage/2023-12" in text
    assert "/usage/2150-2" not in client.get("/usage/2150-1").content.decode()
