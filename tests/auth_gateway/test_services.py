import pytest
from django.db import IntegrityError

from auth_gateway.identity import Identity
from auth_gateway.models import User
from auth_gateway.services import (
    identity_of,
    use_once,
    used_links_forget,
    user_create,
    user_extend,
    user_sign_out,
    user_vouched_for,
    users_revoked,
)

pytestmark = pytest.mark.django_db


def test_a_host_may_not_use_the_administration() -> None:
    alice = user_create(username="alice", password="correct horse battery staple")
    assert not alice.is_staff
    assert alice.check_password("correct horse battery staple")


def test_an_admin_may_do_everything() -> None:
    ada = user_create(username="ada", password="correct horse battery staple", is_admin=True)
    assert ada.has_perm("auth_gateway.add_user")


def test_without_password_nobody_signs_in_by_one() -> None:
    assert not user_create(username="alice", password=None).has_usable_password()


def test_a_name_is_taken_once(alice: User) -> None:
    with pytest.raises(IntegrityError):
        user_create(username=alice.username, password=None)


# Whom others vouch for

FULL = Identity(
    user_id="u42",
    display_name="Alice",
    email="a@example.org",
    role="host",
    account="ACME",
    billing_code="PO-77",
    max_participants=50,
    features={"record": False},
    language="de",
    brand="acme",
    expires_at=1000,
)


def test_a_row_is_made_of_what_a_service_says_and_says_the_same() -> None:
    user = user_vouched_for(identity=FULL)
    assert (user.username, user.has_usable_password(), user.is_staff) == ("u42", False, False)
    assert identity_of(User.objects.get()) == FULL


def test_the_next_answer_brings_it_up_to_date() -> None:
    user_vouched_for(identity=FULL)
    user_vouched_for(identity=Identity(user_id="u42", role="guest", conferences=("hall",)))
    found = identity_of(User.objects.get())
    assert (found.role, found.account, found.conferences, found.max_participants) == (
        "guest",
        "",
        ("hall",),
        0,
    )
    assert (found.display_name, found.email, found.language) == ("Alice", "a@example.org", "de")


def test_nobody_becomes_one_of_our_own_by_name(admin: User) -> None:
    impostor = user_vouched_for(identity=Identity(user_id=admin.username, role="host"))
    assert impostor.pk != admin.pk
    assert (impostor.username, impostor.is_staff) == ("ada_2", False)
    assert user_vouched_for(identity=Identity(user_id=admin.username)).pk == impostor.pk


def test_an_answer_about_one_room_changes_nothing_elsewhere() -> None:
    about_one = Identity(user_id="u42", role="guest", conferences=("hall",), account="OTHER")
    user_vouched_for(identity=FULL)
    user_vouched_for(identity=about_one, about_one_room=True)
    found = identity_of(User.objects.get())
    assert (found.role, found.conferences, found.max_participants) == ("host", None, 50)
    assert found.account == "OTHER"


def test_somebody_new_may_do_nothing_elsewhere() -> None:
    user_vouched_for(identity=Identity(user_id="u1", role="host", conferences=("hall",)), about_one_room=True)
    found = identity_of(User.objects.get())
    assert (found.role, found.conferences) == ("guest", ("hall",))


@pytest.mark.parametrize(
    ("asked", "spoken"), [("de-AT", "de"), ("AR", "ar"), ("en_GB", "en"), ("tlh", ""), ("", "")]
)
def test_a_language_is_the_nearest_that_pages_speak(asked: str, spoken: str) -> None:
    assert user_vouched_for(identity=Identity(user_id="u1", language=asked)).language == spoken


def test_an_id_of_any_letters_makes_a_name() -> None:
    assert user_vouched_for(identity=Identity(user_id="ü 1/2")).username == "ü_1_2"


def test_who_is_still_vouched_for_stays_so() -> None:
    user = user_vouched_for(identity=FULL)
    user_extend(user=user, identity=Identity(expires_at=2000))
    user.refresh_from_db()
    assert (user.expires_at, user.account) == (2000, "ACME")


def test_signed_out_everywhere_is_a_moment() -> None:
    user = user_vouched_for(identity=FULL)
    before = user.get_session_auth_hash()
    user_sign_out(user=user, now_ms=7)
    user.refresh_from_db()
    assert user.signed_out_at == 7
    assert user.get_session_auth_hash() != before


def test_what_is_good_once_is_good_once() -> None:
    assert use_once(id="link.1", expires_at=100)
    assert not use_once(id="link.1", expires_at=100)
    used_links_forget(now=300)
    assert use_once(id="link.1", expires_at=100)


def test_a_service_revokes_its_own_people_alone(alice: User) -> None:
    alice.account = "ACME"
    alice.save()
    bob = user_vouched_for(identity=FULL)
    assert users_revoked(user_id="u42", account="") == [bob]
    assert users_revoked(user_id="", account="ACME") == [bob]
    assert users_revoked(user_id="alice", account="") == []
