"""Messages to somebody's web server."""

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from auth_gateway.signing import secret_bytes, signed_id
from billing.delivery import target_deliver
from billing.mapping import Target, mapping_parse
from billing.models import Delivery, DeliveryState
from billing.targets.port import Held, Parcel, Refused
from billing.targets.webhook import WebhookPort
from tests.auth_gateway.servers import Request, SignInServer
from tests.billing.books import billed, meeting_of_three

SECRET = "sixteen letters and more"
TEXT = """
[target.hook]
url = "env:URL"
secrets = ["env:SECRET"]
timeout_seconds = 1
[[target.hook.table]]
name = "leg.ended"
record = "leg"
columns = { who = "leg.display_name", at = "leg.left_at" }
"""
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
AT = 1_700_000_000_123
NOW = 1_800_000_000.5


OF_CONFERENCES = """
[[target.hook.table]]
name = "conference.ended"
record = "conference"
columns = { room = "conference.room" }
"""


def target_at(url: str, text: str = TEXT) -> Target:
    environment = {"URL": url, "SECRET": SECRET}
    return mapping_parse(text, environment.__getitem__, name="billing.toml").targets["hook"]


def deliver(portal: SignInServer, behave: Callable[[Request], None], who: object = "Zoë") -> None:
    portal.behave = behave
    target = target_at(portal.url)
    rows = target.rows("leg", {"leg": {"display_name": who, "left_at": NOON}})
    port = WebhookPort(target, clock=lambda: NOW)
    port.deliver([Parcel("a" * 32, 1, AT, again=False, rows=rows)])
    port.close()


def test_a_message_is_signed_and_says_what_the_file_says(portal: SignInServer) -> None:
    deliver(portal, lambda request: request.answer(204))
    [request] = portal.requests
    headers = {name.lower(): value for name, value in request.headers.items()}
    assert signed_id([secret_bytes(SECRET)], headers, request.body, now=1_800_000_000) == f"{'a' * 32}.0"
    told = json.loads(request.body)
    assert (told["type"], told["data"]) == ("leg.ended", {"who": "Zoë", "at": "2026-11-23T12:00:00+00:00"})
    assert told["timestamp"] == "2023-11-14T22:13:20.123+00:00", "when it happened, not when it is sent"


class Books:
    """Somebody's books behind a web hook, by the contract of Standard Webhooks: a message counts once, by its
    id, and only if it was signed in the last minutes. It dies at the `dies`th message, having noted it, and
    at the one after it, before it could."""

    def __init__(self, dies: int) -> None:
        self.noted: dict[str, bytes] = {}
        self.repeated: list[str] = []
        self.now = NOW
        self._dies, self._came = dies, 0

    def take(self, request: Request) -> None:
        headers = {name.lower(): value for name, value in request.headers.items()}
        id = signed_id([secret_bytes(SECRET)], headers, request.body, now=self.now)
        assert id
        self._came += 1
        if self._came == self._dies + 1:
            return
        if id in self.noted:
            assert self.noted[id] == request.body
            self.repeated.append(id)
        self.noted[id] = request.body
        if self._came != self._dies:
            request.answer(204)


@pytest.mark.django_db
@pytest.mark.parametrize("dies", range(1, 4))
def test_a_receiver_that_dies_gets_what_it_missed_and_knows_what_it_had(
    portal: SignInServer, dies: int
) -> None:
    """A conference and four legs: five messages, however often they come; years later too."""
    billed(meeting_of_three(), targets=["hook"])
    books = Books(dies)
    portal.behave = books.take
    target = target_at(portal.url, TEXT.replace('"leg.left_at" }', '"leg.joined_at" }') + OF_CONFERENCES)
    for day in range(1, 4):
        books.now = NOW + day * 86_400
        target_deliver(
            target,
            now=lambda: int(books.now * 1000),
            opening=lambda target: WebhookPort(target, clock=lambda: books.now),
        )
    assert len(books.noted) == 5
    assert len(books.repeated) == 1
    assert not Delivery.objects.exclude(state=DeliveryState.DELIVERED).exists()


@pytest.mark.parametrize("status", [200, 202, 204, 409])
def test_what_is_taken_or_was_taken_is_delivered(portal: SignInServer, status: int) -> None:
    deliver(portal, lambda request: request.answer(status))
    assert len(portal.requests) == 1


@pytest.mark.parametrize("status", [302, 401, 404, 429, 500, 503])
def test_what_may_get_better_is_held(portal: SignInServer, status: int) -> None:
    with pytest.raises(Held, match=str(status)):
        deliver(portal, lambda request: request.answer(status, more="Location: http://169.254.169.254/\r\n"))
    assert len(portal.requests) == 1


@pytest.mark.parametrize("status", [400, 413, 422])
def test_what_no_repetition_makes_better_is_refused(portal: SignInServer, status: int) -> None:
    with pytest.raises(Refused, match=str(status)):
        deliver(portal, lambda request: request.answer(status))


def test_who_does_not_answer_in_time_holds_the_rest(portal: SignInServer) -> None:
    with pytest.raises(Held, match="did not answer"):
        deliver(portal, _says_nothing)


def _says_nothing(request: Request) -> None:
    request.over.wait(5)


def test_what_cannot_be_said_in_json_is_refused(portal: SignInServer) -> None:
    for value in (float("nan"), object()):
        with pytest.raises(Refused, match="cannot be said in JSON"):
            deliver(portal, lambda request: request.answer(204), value)
    assert portal.requests == []
