"""Asking within limits: tries, questions at a time, a server that is down."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from pytest_django import Settings

from auth_gateway import asking
from auth_gateway.breaker import FAILURES, OPEN_S
from auth_gateway.configuration import Gateway
from auth_gateway.contract import Allowed, Answer, Denied, Question, Unavailable
from auth_gateway.signing import signed_id
from tests.auth_gateway.servers import ALICES, Request, SignInServer

NOON = 1_795_312_800.0


def ask(question: Question = ALICES, now: float = NOON) -> Answer:
    return asking.ask(question, now=lambda: now)


@pytest.fixture
def generous(portal: SignInServer) -> SignInServer:
    portal.behave = lambda request: request.says(user_id="u42")
    return portal


def test_without_a_server_everything_is_denied(settings: Settings) -> None:
    settings.AUTH_GATEWAY = None
    assert ask() == Denied("not_configured")
    assert not asking.asks("login")


def test_alice_is_asked_about_and_known(generous: SignInServer) -> None:
    said = ask()
    assert isinstance(said, Allowed)
    assert said.identity.user_id == "u42"
    assert generous.requests[0].asked["user"] == "alice"


def test_a_question_is_signed(generous: SignInServer, settings: Settings) -> None:
    settings.AUTH_GATEWAY = Gateway(url=generous.url, secrets=(b"new", b"old"), nonce_required=True)
    assert isinstance(ask(), Allowed)
    (request,) = generous.requests
    for secret in (b"new", b"old"):
        assert signed_id([secret], request.headers, request.body, NOON) == request.asked["id"]


def test_an_answer_that_is_played_again_lets_nobody_in(generous: SignInServer, settings: Settings) -> None:
    settings.AUTH_GATEWAY = Gateway(url=generous.url, secrets=(b"new",), nonce_required=True)
    ask()
    recorded = b'{"result":"allow","user_id":"u42","nonce":"%s"}' % generous.requests[0].asked["id"].encode()
    generous.behave = lambda request: request.answer(200, recorded)
    said = ask()
    assert isinstance(said, Unavailable)
    assert said.code == "nonce"


def test_a_few_wrong_passwords_in_a_minute_are_enough(portal: SignInServer) -> None:
    for number in range(8):
        ask(replace(ALICES, password=f"guess {number}"))
    assert len(portal.requests) == 5
    assert ask() == Denied("too_many_tries")
    portal.behave = lambda request: request.says(user_id="u42")
    assert isinstance(ask(now=NOON + 150), Allowed)


def test_who_goes_on_waits_longer(portal: SignInServer) -> None:
    for minute in range(20):
        for number in range(5):
            ask(replace(ALICES, password=f"guess {minute} {number}"), now=NOON + 130 * minute)
    assert len(portal.requests) == 30


def test_one_address_cannot_try_every_user(portal: SignInServer) -> None:
    for number in range(30):
        ask(replace(ALICES, user=f"user{number}"))
    assert len(portal.requests) == 20


def test_a_class_that_comes_in_at_once_from_one_address_comes_in(generous: SignInServer) -> None:
    for number in range(60):
        ticket = Question(action="ticket", ticket=f"t{number}", conference="123", ip="192.0.2.1")
        assert isinstance(ask(ticket), Allowed)


def test_the_same_wrong_password_is_not_asked_about_again_at_once(portal: SignInServer) -> None:
    assert ask() == ask() == Denied("denied")
    assert len(portal.requests) == 1


def test_nothing_is_kept_unless_told_and_a_ticket_never(generous: SignInServer, settings: Settings) -> None:
    ticket = Question(action="ticket", ticket="t", conference="123")
    view = Question(action="view", user="u42", conference="123")
    for question in (view, view, ticket, ticket):
        ask(question)
    assert len(generous.requests) == 4
    settings.AUTH_GATEWAY = Gateway(url=generous.url, keep_s=60)
    for question in (view, view, ticket, ticket):
        ask(question)
    assert len(generous.requests) == 7


def test_a_server_that_is_down_is_left_alone_for_a_while(portal: SignInServer) -> None:
    portal.behave = lambda request: request.answer(500)
    for _ in range(FAILURES + 3):
        assert isinstance(ask(), Unavailable)
    assert len(portal.requests) == FAILURES
    portal.behave = lambda request: request.says(user_id="u42")
    assert isinstance(ask(now=NOON + OPEN_S), Allowed)
    assert isinstance(ask(now=NOON + OPEN_S + 1), Allowed)


def test_only_so_many_are_asked_about_at_a_time(portal: SignInServer, settings: Settings) -> None:
    settings.AUTH_GATEWAY = Gateway(url=portal.url, at_once=1)
    arrived, go_on = threading.Event(), threading.Event()

    def wait(request: Request) -> None:
        arrived.set()
        go_on.wait(5)
        request.answer(204)

    portal.behave = wait
    answers: list[Answer] = []
    first = threading.Thread(target=lambda: answers.append(ask()))
    first.start()
    assert arrived.wait(5)
    said = ask(replace(ALICES, user="bob"))
    go_on.set()
    first.join()
    assert isinstance(said, Unavailable)
    assert said.code == "busy"
    assert isinstance(answers[0], Allowed)


def test_what_became_of_questions_is_counted(portal: SignInServer) -> None:
    before = asking.outcomes["denied"]
    ask()
    assert asking.outcomes["denied"] == before + 1


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_name_and_number_makes_limits(user: str, conference: str) -> None:
    limits = asking.limits_of(replace(ALICES, user=user, conference=conference))
    assert all(limit.tries for limit in limits)
