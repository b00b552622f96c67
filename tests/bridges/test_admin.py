"""Bridges in the administration."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from auth_gateway.models import AuditEntry, User
from bridges.models import Bridge, CallRecord, DialInNumber, KnownNumber
from bridges.simulator.adapter import Adapter
from bridges.simulator.config import Config
from bridges.trial import NUMBER
from conferences.clock import now
from tests.bridges.kept import kept

pytestmark = pytest.mark.django_db

LIST = "/admin/bridges/bridge/"
SIMULATOR = {
    "label": "Trial",
    "key": "trial",
    "enabled": "on",
    "position": "3",
    "dials_out": "on",
    "caller_id": "",
    "config-answers_after_s": "5",
}


@pytest.fixture
def trial() -> Bridge:
    bridge = Bridge(key="trial", type="simulator", label="Trial", works=True, answer="Connected.")
    bridge.kept_at = bridge.checked_at = now()
    bridge.save()
    return bridge


@pytest.fixture
def adapter(trial: Bridge) -> Iterator[Adapter]:
    adapter = Adapter(trial.key, Config())
    with kept(adapter):
        yield adapter


def page(client: Client, path: str, **posted: str) -> str:
    answer = client.post(path, posted, follow=True) if posted else client.get(path, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_bridge_is_added_by_its_kind(adas: Client) -> None:
    assert "?type=simulator" in page(adas, f"{LIST}add/")
    form = page(adas, f"{LIST}add/?type=simulator")
    assert 'name="config-answers_after_s"' in form
    page(adas, f"{LIST}add/?type=simulator", **SIMULATOR)
    bridge = Bridge.objects.get()
    assert (bridge.type, bridge.config, bridge.position) == ("simulator", {"answers_after_s": 5}, 3)
    entry = AuditEntry.objects.get(action="admin add")
    assert "Trial" in entry.subject


def test_saving_with_a_test_says_what_was_found(adas: Client, trial: Bridge) -> None:
    text = page(adas, f"{LIST}{trial.pk}/change/", **SIMULATOR, _test="1")
    assert "Trial: A simulated bridge with 0 calls." in text
    assert 'name="_test"' in text
    assert AuditEntry.objects.get(action="bridge test").details == "works"
    trial.refresh_from_db()
    assert trial.config == {"answers_after_s": 5}


def test_bridges_are_tested_from_the_list(adas: Client, trial: Bridge) -> None:
    Bridge.objects.create(key="fax", type="fax", label="Fax")
    chosen = {"action": "test_connections", "_selected_action": str(trial.pk)}
    assert "Trial: A simulated bridge with 0 calls." in page(adas, LIST, **chosen)


def test_the_list_shows_how_each_bridge_is(adas: Client, trial: Bridge) -> None:
    text = page(adas, LIST)
    for told in ("Simulated telephones", "bridge-works", "Connected.", "since", f'id="health-{trial.pk}"'):
        assert told in text, told
    Bridge.objects.update(works=False, answer="It refuses our password.")
    text = page(adas, LIST)
    assert "bridge-fails" in text
    assert "It refuses our password." in text


def test_a_bridge_of_a_kind_that_is_not_installed_can_only_be_deleted(adas: Client) -> None:
    fax = Bridge.objects.create(key="fax", type="fax", label="Fax")
    assert "fax" in page(adas, LIST)
    assert 'name="_save"' not in page(adas, f"{LIST}{fax.pk}/change/")


def test_a_bridge_whose_settings_cannot_be_read_says_so(adas: Client, trial: Bridge) -> None:
    Bridge.objects.update(sealed_config="sealed by another key")
    assert "cannot be read any more" in page(adas, f"{LIST}{trial.pk}/change/")


# Simulated telephones


def test_one_click_makes_telephones_to_try(adas: Client) -> None:
    assert "Make simulated telephones" in page(adas, LIST)
    text = page(adas, f"{LIST}simulator/", sure="yes")
    assert "not kept by this server now" in text
    assert DialInNumber.objects.get().number == NUMBER
    assert AuditEntry.objects.filter(action="admin add").count() == 1
    text = page(adas, LIST)
    assert "Make simulated telephones" not in text
    assert "callers hear tones instead of words" in text


def test_looking_does_not_make_telephones(adas: Client) -> None:
    page(adas, f"{LIST}simulator/")
    assert not Bridge.objects.exists()


def test_telephones_are_used_on_their_page(adas: Client, trial: Bridge, adapter: Adapter) -> None:
    path = f"{LIST}{trial.pk}/telephones/"
    text = page(adas, path, do="call", own="+12025550101", number="+12025550123")
    (phone,) = adapter.phones.calls.values()
    for told in ("+12025550101", 'value="press 5"', "Hang up", f'id="heard-{phone.leg}"'):
        assert told in text, told
    assert adas.get(reverse("admin:bridges_bridge_sound", args=[trial.pk, phone.leg, 0])).status_code == 404
    assert "over: hung up" in page(adas, path, do="hang_up", leg=phone.leg)


def test_only_who_may_change_bridges_uses_their_telephones(
    client: Client, alice: User, trial: Bridge, adapter: Adapter
) -> None:
    alice.is_staff = True
    alice.save()
    alice.user_permissions.add(Permission.objects.get(codename="view_bridge"))
    client.force_login(alice)
    client.post(f"{LIST}{trial.pk}/telephones/", {"do": "call", "number": "+12025550123"})
    assert not adapter.phones.calls
    client.post(f"{LIST}simulator/")
    assert not DialInNumber.objects.exists()


# Numbers and calls


def test_numbers_have_their_pages(adas: Client, trial: Bridge) -> None:
    for model in ("dialinnumber", "knownnumber", "alloweddestination"):
        assert page(adas, f"/admin/bridges/{model}/")
    given = {
        "number": "+49305550123",
        "label": "Berlin",
        "country": "de",
        "bridge": str(trial.pk),
        "language": "de",
        "position": "0",
    }
    page(adas, "/admin/bridges/dialinnumber/add/", **given)
    assert DialInNumber.objects.get().country == "DE"


def test_records_of_calls_are_read_with_masked_numbers(adas: Client) -> None:
    call = CallRecord.objects.create(
        leg="one",
        bridge="trial",
        direction="in",
        caller="+49305551234",
        dialled="+49305550123",
        started_at=1_700_000_000_000,
        answered_at=1_700_000_001_000,
        ended_at=1_700_000_066_000,
        cause="normal",
        difference="It was longer.",
    )
    path = "/admin/bridges/callrecord/"
    for text in (page(adas, path), page(adas, f"{path}{call.pk}/change/")):
        assert "+49 … 234" in text
        assert "5551234" not in text
    assert "1:05" in page(adas, path)
    for state, count in (("on", 0), ("over", 1), ("differs", 1)):
        assert f"{count} call record" in page(adas, f"{path}?state={state}")
    for number, count in (("%2B49305551234", 1), ("5551", 0)):
        assert f"{count} call record" in page(adas, f"{path}?q={number}")
    assert adas.get(f"{path}add/").status_code == 403
    assert page(adas, "/admin/bridges/mediaattachment/")


def test_the_phone_book_asks_for_all_its_people_at_once(adas: Client, alice: User, mallory: User) -> None:
    for number, user in enumerate((alice, mallory)):
        KnownNumber.objects.create(number=f"+49301234{number}", user=user)
    with CaptureQueriesContext(connection) as asked:
        book = page(adas, "/admin/bridges/knownnumber/")
    assert "Alice Archer" in book
    assert "Mallory Moss" in book
    assert not [query for query in asked if 'WHERE "auth_gateway_user"."id" = ' in query["sql"]][1:]  # Ada
