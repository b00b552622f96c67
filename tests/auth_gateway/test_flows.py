"""The ways in by a sign-in service, and the line each leaves."""

from typing import Any

import jwt
import pytest
from pytest_django import Settings

from auth_gateway import flows
from auth_gateway.callers import Caller
from auth_gateway.configuration import Gateway, Links
from auth_gateway.contract import Allowed, Answer, Denied, Unavailable
from auth_gateway.models import AuditEntry, User
from tests.auth_gateway.servers import SignInServer

pytestmark = pytest.mark.django_db

NOON = 1_795_312_800
SECRET = "a secret of thirty-two characters"
BOB = Caller("192.0.2.7", "a browser", "en", "meet.example")


def code(answer: Answer | None) -> str:
    assert isinstance(answer, Denied | Unavailable)
    return answer.code


def lines() -> list[tuple[str, str, str, str]]:
    return list(AuditEntry.objects.order_by("pk").values_list("action", "outcome", "who", "reason"))


def test_a_name_and_a_password(portal: SignInServer) -> None:
    portal.behave = lambda request: request.says(user_id="u42")
    said = flows.login(username="alice", password="pw", caller=BOB)
    assert isinstance(said, Allowed)
    asked = portal.requests[0].asked
    assert (asked["action"], asked["user"], asked["ip"], asked["host"]) == (
        "login",
        "alice",
        "192.0.2.7",
        "meet.example",
    )
    assert lines() == [("sign-in", "allowed", "u42", "")]


def test_a_refusal_leaves_a_line_without_what_was_typed(portal: SignInServer) -> None:
    flows.login(username="correct horse", password="battery", caller=BOB)
    portal.behave = lambda request: request.answer(500)
    flows.login(username="correct horse", password="staple", caller=BOB)
    assert lines() == [("sign-in", "denied", "co…", "denied"), ("sign-in", "unavailable", "co…", "status")]
    entry = AuditEntry.objects.last()
    assert entry
    assert "staple" not in str(vars(entry))


def test_a_ticket_goes_back_to_where_it_came_from(portal: SignInServer) -> None:
    portal.behave = lambda request: request.says(user_id="u42", role="host")
    said = flows.ticket(ticket="t-1", conference="123456789", caller=BOB)
    assert isinstance(said, Allowed)
    assert portal.requests[0].asked["ticket"] == "t-1"
    assert said.identity.is_host_of("123456789")


def token(**changed: Any) -> str:
    claims = {
        "aud": "meetingserver",
        "sub": "u42",
        "jti": "0123456789",
        "exp": NOON + 300,
        "room": "hall",
        **changed,
    }
    return jwt.encode(claims, SECRET, algorithm="HS256")


@pytest.fixture
def links(settings: Settings) -> None:
    settings.AUTH_GATEWAY = Gateway(links=Links(secrets=(SECRET,)))


def follow(text: str, conference: str = "123456789") -> Answer:
    return flows.link(token=text, conference=conference, slug="hall", caller=BOB, now=NOON)


@pytest.mark.usefixtures("links")
def test_a_signed_link_is_good_once() -> None:
    signed = token()
    assert isinstance(follow(signed), Allowed)
    assert code(follow(signed)) == "link_used"


@pytest.mark.usefixtures("links")
def test_a_signed_link_is_good_for_its_room_alone() -> None:
    assert code(follow(token(room="another"))) == "link_other_room"
    assert isinstance(follow(token(room="123456789")), Allowed)


@pytest.mark.usefixtures("links")
def test_signed_links_cannot_be_tried_out() -> None:
    for _ in range(20):
        assert code(follow("nonsense")) == "link_forged"
    assert code(follow(token())) == "too_many_tries"


def test_without_a_configuration_no_link_is_good(settings: Settings) -> None:
    settings.AUTH_GATEWAY = None
    assert code(follow(token())) == "not_configured"


def test_a_caller_gives_code_and_pin(portal: SignInServer) -> None:
    portal.behave = lambda request: request.says(user_id="u42", role="host")
    said = flows.dialin(conference="123456789", pin="4711", ani="+44123", dnis="+44800")
    assert isinstance(said, Allowed)
    assert said.identity.is_host_of("123456789")
    asked = portal.requests[0].asked
    assert (asked["channel"], asked["pin"], asked["ani"], asked["dnis"]) == (
        "phone",
        "4711",
        "+44123",
        "+44800",
    )


def test_a_caller_with_a_wrong_pin_is_refused_and_may_not_try_for_ever(portal: SignInServer) -> None:
    for number in range(25):
        assert isinstance(flows.dialin(conference="123456789", pin=f"{number:04}", ani="+44123"), Denied)
    assert len(portal.requests) == 20


def test_calls_are_not_asked_about_unless_configured(settings: Settings) -> None:
    settings.AUTH_GATEWAY = None
    assert code(flows.dialin(conference="123456789", pin="4711")) == "not_configured"


def test_the_door_asks_what_is_listed_alone(portal: SignInServer, settings: Settings, alice: User) -> None:
    assert flows.door("join", caller=BOB, user=alice, conference="123456789") is None
    settings.AUTH_GATEWAY = Gateway(url=portal.url, actions=frozenset(["join"]))
    assert code(flows.door("join", caller=BOB, user=alice, conference="123456789", role="guest")) == "denied"
    asked = portal.requests[0].asked
    assert (asked["action"], asked["user"], asked["role"]) == ("join", "alice", "guest")
    assert lines() == [("join", "denied", "alice", "denied")]


def test_somebody_is_asked_about_again_without_what_they_showed(portal: SignInServer, alice: User) -> None:
    alice.gateway_id = "u42"
    portal.behave = lambda request: request.says(expires_in=60)
    said = flows.ask_again(user=alice, conference="123456789", now=NOON)
    assert isinstance(said, Allowed)
    assert said.identity.expires_at == NOON + 60
    asked = portal.requests[0].asked
    assert (asked["action"], asked["user"], asked["password"]) == ("join", "u42", None)


def test_an_answer_that_names_nobody_signs_nobody_in(portal: SignInServer) -> None:
    portal.behave = lambda request: request.says()
    said = flows.login(username="alice", password="pw", caller=BOB)
    assert isinstance(said, Allowed)
    assert said.identity.user_id == "alice", "yes means who was asked about"
