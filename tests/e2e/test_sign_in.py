"""People come from another site, as the handbook's sample server vouches for them."""

import base64
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import NamedTuple

import jwt
import pytest
from playwright.sync_api import Browser, expect

from auth_gateway.signing import signed_headers
from meetingserver import env
from tests.e2e.conftest import Cast
from tests.e2e.office import Office, open_office
from tests.e2e.person import Person
from tests.house import ROOT, free_port, is_up, wait_until

KEY = b"thirty-two bytes that are shared"
SECRET = f"whsec_{base64.b64encode(KEY).decode()}"
LINKS = "another thirty-two characters, for links"
FILE = """
url = "http://127.0.0.1:{port}/"
secrets = ["env:SECRET"]
[links]
secrets = ["env:LINKS"]
"""


class Town(NamedTuple):
    """An office, and the portal beside it."""

    office: Office
    portal: "subprocess.Popen[bytes]"

    def revokes(self, user: str) -> dict[str, int]:
        body = json.dumps({"user_id": user}).encode()
        headers = signed_headers([KEY], f"msg_{time.time_ns()}", int(time.time()), body)
        answer = self.office.server.asks("POST", "/api/v1/revoke", body, headers)
        assert answer.status == 200, answer.body
        found: dict[str, int] = json.loads(answer.body)
        return found


@pytest.fixture(scope="module")
def town(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder, port = tmp_path_factory.mktemp("town"), free_port()
    portal = subprocess.Popen(
        [sys.executable, str(ROOT / "docs" / "samples" / "sign_in.py"), str(port)],
        env={**env.surroundings(), "SECRET": SECRET},
        stderr=subprocess.DEVNULL,
    )
    wait_until(lambda: is_up(port), "the portal is up")
    file = folder / "auth.toml"
    file.write_text(FILE.format(port=port))
    secrets = {"SECRET": SECRET, "LINKS": LINKS}
    try:
        with open_office(folder, browser, AUTH_GATEWAY_FILE=str(file), **secrets) as office:
            yield Town(office, portal)
    finally:
        portal.terminate()
        portal.wait()


@pytest.fixture
def camera() -> bool:
    return False


@pytest.fixture
def alice(cast: Cast, town: Town) -> Person:
    return cast.person("Alice", storage_state=town.office.signed_in)


def comes_by(person: Person, room: str, query: str) -> None:
    person.page.goto(f"{room.replace('/r/', '/join/')}?{query}")


def test_bob_comes_by_a_ticket_and_goes_when_he_is_revoked(town: Town, alice: Person, bob: Person) -> None:
    room = town.office.room(guests_allowed=False)
    alice.joins(room)
    comes_by(bob, room, "ticket=ticket-of-bob")
    bob.is_in("joining")
    assert bob.page.url == room, "the ticket left the address"
    expect(bob.page.get_by_role("textbox", name="Your name", exact=True)).to_have_value("Bob")
    bob.presses("Join")
    bob.is_in("live")
    assert town.revokes("bob") == {"revoked": 1, "conferences": 1}
    bob.is_in("ended")
    bob.reads("You were signed out")
    bob.forgives("ticket-of-bob")
    bob.forgives("403")
    comes_by(bob, room, "ticket=ticket-of-bob")
    bob.reads("We do not know you.")


def test_a_signed_link_makes_carol_presenter_once(town: Town, alice: Person, carol: Person) -> None:
    room = town.office.room()
    slug = room.rpartition("/")[2]
    claims = {"aud": "meetingserver", "sub": "carol", "room": slug, "jti": "carols link", "role": "presenter"}
    token = jwt.encode({**claims, "exp": int(time.time()) + 60}, LINKS, algorithm="HS256")
    alice.joins(room)
    comes_by(carol, room, f"token={token}")
    carol.page.get_by_role("textbox", name="Your name", exact=True).fill("Carol")
    carol.presses("Join")
    carol.is_in("live")
    assert carol.says("meeting.live.me.role") == "presenter"
    carol.forgives("403")
    comes_by(carol, room, f"token={token}")
    carol.reads("This link is not good, or no longer.")


def test_bob_signs_in_by_form_until_the_service_is_down(town: Town, bob: Person) -> None:
    bob.page.goto(town.office.home + "accounts/sign-in/")
    bob.page.get_by_label("User name").fill("bob")
    bob.page.get_by_label("Password").fill("guess")
    bob.presses("Sign in")
    bob.reads("We do not know you.")
    bob.page.get_by_label("Password").fill("builder")
    bob.presses("Sign in")
    bob.reads("Ready when you are")
    bob.page.context.clear_cookies()
    town.portal.terminate()
    town.portal.wait()
    bob.forgives("503")
    bob.page.goto(town.office.home + "accounts/sign-in/")
    bob.page.get_by_label("User name").fill("bob")
    bob.page.get_by_label("Password").fill("builder")
    bob.presses("Sign in")
    bob.reads("The sign-in service is unavailable just now.")
