import pytest
from django.test import RequestFactory

from auth_gateway.forms import SignInForm
from auth_gateway.models import User
from tests.conftest import PASSWORD

NOON = 1_795_312_800.0


def sign_in(username: str, password: str, *, address: str = "192.0.2.1", now: float = NOON) -> SignInForm:
    request = RequestFactory().post("/accounts/sign-in/", REMOTE_ADDR=address)
    return SignInForm(request, {"username": username, "password": password}, now=now)


def answer(form: SignInForm) -> str:
    return str(form.errors)


def test_the_right_password_opens(alice: User) -> None:
    form = sign_in("alice", PASSWORD)
    assert form.is_valid()
    assert form.get_user() == alice


@pytest.mark.usefixtures("alice")
def test_every_failure_gets_the_same_answer() -> None:
    User.objects.create_user("gone", PASSWORD, is_active=False)
    failures = [sign_in("alice", "guess"), sign_in("nobody", "guess"), sign_in("gone", PASSWORD)]
    for _ in range(12):
        sign_in("alice", "guess").is_valid()
    throttled = sign_in("alice", PASSWORD)
    assert len({answer(form) for form in [*failures, throttled]}) == 1


@pytest.mark.usefixtures("alice")
def test_a_strangers_guesses_do_not_lock_alice_out() -> None:
    for _ in range(40):
        sign_in("alice", "guess", address="192.0.2.66").is_valid()
    assert sign_in("alice", PASSWORD).is_valid()


@pytest.mark.usefixtures("alice")
def test_a_password_cannot_be_guessed_from_many_addresses() -> None:
    for number in range(50):
        assert not sign_in("alice", "guess", address=f"192.0.2.{number}").is_valid()
    assert not sign_in("alice", PASSWORD, address="192.0.2.99").is_valid()
    assert sign_in("alice", PASSWORD, address="192.0.2.99", now=NOON + 3600).is_valid()


@pytest.mark.usefixtures("alice", "mallory")
def test_one_address_cannot_try_every_account() -> None:
    for number in range(60):
        sign_in(f"user{number}", "guess").is_valid()
    assert not sign_in("mallory", PASSWORD).is_valid()
    assert sign_in("mallory", PASSWORD, address="192.0.2.2").is_valid()


@pytest.mark.usefixtures("alice")
def test_somebody_who_signs_in_often_is_not_throttled() -> None:
    for _ in range(20):
        assert sign_in("alice", PASSWORD).is_valid()
