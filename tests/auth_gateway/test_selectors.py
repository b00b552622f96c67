import pytest

from auth_gateway.models import User
from auth_gateway.selectors import user_first_admin
from auth_gateway.services import user_create


@pytest.mark.django_db
def test_a_fresh_server_has_no_admin() -> None:
    assert user_first_admin() is None


@pytest.mark.usefixtures("alice")
def test_the_first_admin_is_the_one_who_was_there_first(admin: User) -> None:
    user_create(username="zoe", password=None, is_admin=True)
    assert user_first_admin() == admin
