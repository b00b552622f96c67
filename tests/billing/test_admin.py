"""Billing in the administration."""

import pytest
from django.test import Client
from pytest_django import Settings

from auth_gateway.models import AuditEntry, User
from billing.mapping import Mappings, mapping_parse
from billing.models import Delivery, DeliveryState, Record
from billing.services import records_keep
from tests.billing.recorded import conference
from tests.conferences.meeting import BEGIN

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _targets(settings: Settings) -> None:
    settings.BILLING_TARGETS = ["books"]


RECORDS, DELIVERIES = "/admin/billing/record/", "/admin/billing/delivery/"


@pytest.fixture
def record() -> Record:
    [record] = records_keep([conference("one", web=4321)], targets=["books"])
    return record


def test_records_are_looked_at_and_never_changed(adas: Client, record: Record) -> None:
    records_keep([conference("one", web=5)], targets=[], correct=True)
    assert "conference" in adas.get(f"{RECORDS}?q=one").content.decode()
    page = adas.get(f"{RECORDS}{record.pk}/change/").content.decode()
    assert "4321" in page
    assert 'name="_save"' not in page
    assert adas.get(f"{RECORDS}add/").status_code == 403
    assert adas.post(f"{RECORDS}{record.pk}/delete/", {"post": "yes"}).status_code == 403


def test_records_are_taken_away_as_csv(adas: Client, record: Record) -> None:
    answer = adas.post(RECORDS, {"action": "as_csv", "_selected_action": record.pk})
    assert b"4321" in answer.content
    assert AuditEntry.objects.filter(action="billing export", who="ada").exists()


def test_what_could_not_be_delivered_is_delivered_again(adas: Client, record: Record) -> None:
    delivery = Delivery.objects.get()
    chosen = {"action": "retry", "_selected_action": delivery.pk}
    assert "Nothing had failed." in adas.post(DELIVERIES, chosen, follow=True).content.decode()
    Delivery.objects.update(state=DeliveryState.DEAD, failure="ACCT_NO is too long")
    assert "ACCT_NO is too long" in adas.get(DELIVERIES).content.decode()
    assert "1 delivery waits again." in adas.post(DELIVERIES, chosen, follow=True).content.decode()
    assert Delivery.objects.get().state == DeliveryState.WAITING


def test_a_dead_letters_page_has_a_button_to_deliver_it_again(
    adas: Client, record: Record, client: Client, alice: User
) -> None:
    delivery = Delivery.objects.get()
    page, again = f"{DELIVERIES}{delivery.pk}/change/", f"{DELIVERIES}{delivery.pk}/again/"
    assert again not in adas.get(page).content.decode()
    Delivery.objects.update(state=DeliveryState.DEAD, failure="ACCT_NO is too long")
    assert again in adas.get(page).content.decode()
    assert adas.get(again).status_code == 302, "asking is not doing"
    assert Delivery.objects.get().state == DeliveryState.DEAD
    assert "1 delivery waits again." in adas.post(again, follow=True).content.decode()
    Delivery.objects.update(state=DeliveryState.DEAD)
    client.force_login(alice)
    client.post(again)
    assert Delivery.objects.get().state == DeliveryState.DEAD


def test_a_record_shows_its_moments_and_where_it_went(adas: Client, record: Record) -> None:
    page = adas.get(f"{RECORDS}{record.pk}/change/").content.decode()
    assert f"/admin/billing/delivery/{Delivery.objects.get().pk}/change/" in page
    assert "(Nov. 14, 2023, 10:12 p.m.)" in page


def test_whoever_mends_the_mapping_file_sees_what_it_makes_now(
    adas: Client, record: Record, settings: Settings
) -> None:
    delivery = Delivery.objects.get()

    def seen(column: str) -> str:
        text = f"""
[target.books]
url = "sqlite:////tmp/none"
[[target.books.table]]
name = "USED"
record = "conference"
[target.books.table.columns]
MINUTES = "{column}"
"""
        settings.BILLING = mapping_parse(text, lambda name: name, name="billing.toml")
        return adas.get(f"{DELIVERIES}{delivery.pk}/change/").content.decode()

    assert "cannot be made: USED, MINUTES" in seen("conference.title / 2")
    assert "USED: MINUTES=4321" in seen("conference.port_minutes_web")
    settings.BILLING = Mappings()
    assert "no such target" in adas.get(f"{DELIVERIES}{delivery.pk}/change/").content.decode()


def test_the_administration_says_what_is_wrong(adas: Client, record: Record) -> None:
    assert "billing_delivery" not in adas.get("/admin/").content.decode(), "it is young"
    Delivery.objects.update(since=BEGIN)
    assert "Since November 14, 2023" in adas.get("/admin/").content.decode()
    Delivery.objects.update(state=DeliveryState.DEAD)
    text = adas.get("/admin/").content.decode()
    assert "1 billing record cannot be delivered." in text
    Delivery.objects.update(state=DeliveryState.DELIVERED)
    assert "billing_delivery" not in adas.get("/admin/").content.decode()
