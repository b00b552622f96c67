import pytest
from django.test import RequestFactory

from auth_gateway.forms import SignInForm
from auth_gateway.models import AuditEntry, User
from tests.auth_gateway.servers import SignInServer
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


# People whom somebody else knows


@pytest.mark.django_db
def test_who_is_not_ours_is_asked_about(portal: SignInServer) -> None:
    portal.behave = lambda request: request.says(user_id="u42", display_name="Bob")
    form = sign_in("bob", "pw")
    assert form.is_valid()
    assert form.get_user().gateway_id == "u42"


@pytest.mark.usefixtures("alice")
def test_passwords_of_our_own_go_nowhere(portal: SignInServer) -> None:
    assert not sign_in("alice", "guess").is_valid()
    assert sign_in("alice", PASSWORD).is_valid()
    assert portal.requests == []


@pytest.mark.django_db
def test_a_denial_is_the_same_as_any_other_unless_the_service_has_words(portal: SignInServer) -> None:
    plain = answer(sign_in("bob", "pw"))
    assert "do not fit together" in plain
    portal.behave = lambda request: request.answer(403, b'{"message":"Your contract <b>is over."}')
    assert "Your contract &lt;b&gt;is over." in answer(sign_in("bob", "pw 2"))


@pytest.mark.django_db
def test_a_service_that_is_down_is_said_so(portal: SignInServer) -> None:
    portal.behave = lambda request: request.answer(500)
    form = sign_in("bob", "pw")
    assert "unavailable" in answer(form)
    assert form.is_unavailable


@pytest.mark.django_db
def test_who_is_locked_here_is_not_let_in_by_others(portal: SignInServer) -> None:
    portal.behave = lambda request: request.says(user_id="u42")
    sign_in("bob", "pw").is_valid()
    User.objects.update(is_active=False)
    locked = sign_in("bob", "pw")
    assert not locked.is_valid()
    assert "do not fit together" in answer(locked)


@pytest.mark.usefixtures("alice")
def test_every_try_leaves_a_line() -> None:
    sign_in("alice", "guess").is_valid()
    sign_in("alice", PASSWORD).is_valid()
    for _ in range(12):
        sign_in("mallory", "guess").is_valid()
    entries = AuditEntry.objects.order_by("pk").values_list("outcome", "who", "reason")
    assert list(entries[:2]) == [("denied", "alice", "wrong_password"), ("allowed", "alice", "")]
    assert entries.last() == ("denied", "ma…", "too_many_tries")
