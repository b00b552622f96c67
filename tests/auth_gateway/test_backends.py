"""Whose session is good."""

import time

from django.test import Client

from auth_gateway.models import User


def is_known(client: Client) -> bool:
    return b'"meet"' in client.get("/").content


def test_a_session_is_good_as_long_as_somebody_vouches(client: Client, alice: User) -> None:
    alice.expires_at = int(time.time()) + 60
    alice.save()
    client.force_login(alice)
    assert is_known(client)
    User.objects.update(expires_at=int(time.time()) - 1)
    assert not is_known(client)
    User.objects.update(expires_at=int(time.time()) + 60)
    assert is_known(client), "it was prolonged in the middle of a conference"


def test_who_is_signed_out_everywhere_has_no_session(client: Client, alice: User) -> None:
    client.force_login(alice)
    User.objects.update(signed_out_at=1)
    assert not is_known(client)
