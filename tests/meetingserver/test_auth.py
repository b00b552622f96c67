"""`manage.py auth check`."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from tests.auth_gateway.servers import SignInServer


def says(*arguments: str) -> str:
    output = StringIO()
    call_command("auth", "check", *arguments, stdout=output, no_color=True)
    return output.getvalue()


def test_it_shows_what_is_asked_and_what_that_means(portal: SignInServer) -> None:
    portal.behave = lambda request: request.says(user_id="u42", role="host")
    text = says("--user", "alice", "--password", "wonderland")
    assert '"action":"login"' in text
    assert "Allowed, as host." in text
    assert "wonderland" not in text


@pytest.mark.parametrize(
    ("arguments", "action"),
    [
        (["--ticket", "t"], "ticket"),
        (["--pin", "1", "--conference", "2"], "dialin"),
        (["--action", "view"], "view"),
    ],
)
def test_the_action_is_what_fits(portal: SignInServer, arguments: list[str], action: str) -> None:
    with pytest.raises(CommandError, match=r"Not allowed\."):
        says(*arguments)
    assert portal.requests[0].asked["action"] == action


def test_without_a_server_it_says_how_to_get_one(settings: Settings) -> None:
    settings.AUTH_GATEWAY = None
    with pytest.raises(CommandError, match="AUTH_GATEWAY_URL"):
        says("--user", "alice", "--password", "x")
