import pytest
from django.test import Client
from django.urls import reverse

from auth_gateway.models import User


@pytest.mark.parametrize("page", ["admin:auth_gateway_user_changelist", "admin:auth_gateway_user_add"])
def test_admins_see_the_users(client: Client, admin: User, page: str) -> None:
    client.force_login(admin)
    assert client.get(reverse(page)).status_code == 200


def test_admins_add_a_user(client: Client, admin: User) -> None:
    client.force_login(admin)
    fields = {
        "username": "carol",
        "usable_password": "true",
        "password1": "xK93-zz-pp",
        "password2": "xK93-zz-pp",
    }
    client.post(reverse("admin:auth_gateway_user_add"), fields)
    assert User.objects.get(username="carol").check_password("xK93-zz-pp")


def test_hosts_do_not_see_the_administration(client: Client, alice: User) -> None:
    client.force_login(alice)
    assert client.get(reverse("admin:auth_gateway_user_changelist")).status_code == 302
