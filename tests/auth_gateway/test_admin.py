import pytest
from django.test import Client
from django.urls import reverse

from auth_gateway.audit import audit_write
from auth_gateway.models import AuditEntry, User
from tests.auth_gateway.servers import SignInServer


@pytest.mark.parametrize("page", ["admin:auth_gateway_user_changelist", "admin:auth_gateway_user_add"])
def test_admins_see_the_users(adas: Client, page: str) -> None:
    assert adas.get(reverse(page)).status_code == 200


def test_admins_add_a_user(adas: Client) -> None:
    fields = {
        "username": "carol",
        "usable_password": "true",
        "password1": "xK93-zz-pp",
        "password2": "xK93-zz-pp",
    }
    adas.post(reverse("admin:auth_gateway_user_add"), fields)
    assert User.objects.get(username="carol").check_password("xK93-zz-pp")


def test_hosts_do_not_see_the_administration(client: Client, alice: User) -> None:
    client.force_login(alice)
    assert client.get(reverse("admin:auth_gateway_user_changelist")).status_code == 302


# The audit log, customers, the test of the sign-in server


def test_the_audit_log_is_read_and_never_changed(adas: Client) -> None:
    audit_write(action="sign-in", outcome="denied", who="mallory", reason="wrong_password")
    page = adas.get(reverse("admin:auth_gateway_auditentry_changelist"), {"outcome__exact": "denied"})
    assert "wrong_password" in page.content.decode()
    assert adas.get(reverse("admin:auth_gateway_auditentry_add")).status_code == 403
    entry = AuditEntry.objects.get(who="mallory")
    delete = reverse("admin:auth_gateway_auditentry_delete", args=[entry.pk])
    assert adas.post(delete, {"post": "yes"}).status_code == 403


def test_customers_have_their_page(adas: Client) -> None:
    assert adas.get(reverse("admin:auth_gateway_account_changelist")).status_code == 200


def test_the_sign_in_server_is_tested_by_a_button(adas: Client, portal: SignInServer) -> None:
    assert reverse("admin:auth_gateway_test") in (
        adas.get(reverse("admin:auth_gateway_user_changelist")).content.decode()
    )
    asked = {"action": "login", "user": "bob", "password": "s3cret!"}
    page = adas.post(reverse("admin:auth_gateway_test"), asked).content.decode()
    assert "Denied." in page
    assert "s3cret!" not in page
    assert portal.requests[0].asked["password"] == "s3cret!"
    assert AuditEntry.objects.get().action == "sign-in test login"


def test_without_a_sign_in_server_there_is_nothing_to_test(adas: Client) -> None:
    assert "No sign-in server is configured" in adas.get(reverse("admin:auth_gateway_test")).content.decode()
    users = adas.get(reverse("admin:auth_gateway_user_changelist")).content.decode()
    assert reverse("admin:auth_gateway_test") not in users


def test_hosts_test_nothing(client: Client, alice: User, portal: SignInServer) -> None:
    client.force_login(alice)
    assert client.post(reverse("admin:auth_gateway_test"), {"action": "login"}).status_code == 302
    assert portal.requests == []


def test_the_audit_log_says_how_long_it_is_kept_and_is_taken_away_as_csv(client: Client, admin: User) -> None:
    audit_write(action="sign-in", outcome="denied", who="mallory", now_ms=1_700_000_000_000)
    audit_write(action="sign-in", outcome="denied", who="=bob")
    client.force_login(admin)
    url = reverse("admin:auth_gateway_auditentry_changelist")
    page = client.get(url, {"days": "7"}).content.decode()
    assert ("=bob" in page, "mallory" in page, "Kept for 365 days." in page) == (True, False, True)
    chosen = AuditEntry.objects.filter(action="sign-in").values_list("pk", flat=True)
    told = client.post(url, {"action": "as_csv", "_selected_action": list(chosen)}).content.decode()
    assert ("mallory" in told, "'=bob" in told) == (True, True), "no spreadsheet calculates it"
    assert AuditEntry.objects.filter(action="audit export", who=admin.username).exists()
