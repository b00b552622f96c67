"""Messages to somebody's web server."""

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from auth_gateway.signing import secret_bytes, signed_id
from billing.mapping import Target, mapping_parse
from billing.targets.port import Held, Parcel, Refused
from billing.targets.webhook import WebhookPort
from tests.auth_gateway.servers import Request, SignInServer

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


def target_at(url: str) -> Target:
    environment = {"URL": url, "SECRET": SECRET}
    return mapping_parse(TEXT, environment.__getitem__, name="billing.toml").targets["hook"]


def deliver(portal: SignInServer, behave: Callable[[Request], None], who: object = "Zoë") -> None:
    portal.behave = behave
    target = target_at(portal.url)
    rows = target.rows("leg", {"leg": {"display_name": who, "left_at": NOON}})
    port = WebhookPort(target, clock=lambda: 1_800_000_000.5)
    port.deliver([Parcel("a" * 32, 1, again=False, rows=rows)])
    port.close()


def test_a_message_is_signed_and_says_what_the_file_says(portal: SignInServer) -> None:
    deliver(portal, lambda request: request.answer(204))
    [request] = portal.requests
    headers = {name.lower(): value for name, value in request.headers.items()}
    assert signed_id([secret_bytes(SECRET)], headers, request.body, now=1_800_000_000) == f"{'a' * 32}.0"
    told = json.loads(request.body)
    assert (told["type"], told["data"]) == ("leg.ended", {"who": "Zoë", "at": "2026-11-23T12:00:00+00:00"})


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
