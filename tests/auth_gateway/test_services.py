import pytest
from django.db import IntegrityError

from auth_gateway.models import User
from auth_gateway.services import user_create

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
