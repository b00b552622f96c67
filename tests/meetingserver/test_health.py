import ipaddress
from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django import Settings

from meetingserver import health

pytestmark = pytest.mark.django_db


@pytest.fixture
def broken_part() -> Iterator[None]:
    health.offer_check("media", lambda: False)
    yield
    del health.checks["media"]


def test_a_healthy_server_says_so(client: Client) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json()["checks"]["database"] == "ok"


@pytest.mark.usefixtures("broken_part")
def test_one_broken_part_makes_the_server_unhealthy(client: Client) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["status"] == "down"
    assert answer.json()["checks"] == {"database": "ok", "media": "down"}


def test_metrics_are_for_this_machine(client: Client) -> None:
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert b"meetingserver_http_requests_total" in answer.content


def test_metrics_are_not_there_for_strangers(client: Client) -> None:
    assert client.get("/metrics", REMOTE_ADDR="192.0.2.7").status_code == 404


def test_a_watching_network_can_be_named(client: Client, settings: Settings) -> None:
    settings.METRICS_ALLOWED = [ipaddress.ip_network("192.0.2.0/24")]
    assert client.get("/metrics", REMOTE_ADDR="192.0.2.7").status_code == 200
    assert client.get("/metrics", REMOTE_ADDR="127.0.0.1").status_code == 404


def test_a_token_opens_metrics_from_anywhere(client: Client, settings: Settings) -> None:
    settings.METRICS_TOKEN = "seen from afar"
    right, wrong = {"Authorization": "Bearer seen from afar"}, {"Authorization": "Bearer guessed"}
    assert client.get("/metrics", REMOTE_ADDR="192.0.2.7", headers=right).status_code == 200
    assert client.get("/metrics", REMOTE_ADDR="192.0.2.7", headers=wrong).status_code == 404


def test_without_a_token_an_empty_one_opens_nothing(client: Client) -> None:
    answer = client.get("/metrics", REMOTE_ADDR="192.0.2.7", headers={"Authorization": "Bearer "})
    assert answer.status_code == 404


@pytest.mark.django_db
def test_a_warning_is_said_and_restarts_nothing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "warnings", {})
    health.offer_warning("billing", lambda: False)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["warnings"]) == (200, ["billing"])
