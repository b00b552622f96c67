"""Phoning without telephony: simulated telephones in the administration, people on the page beside them."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.e2e.axe import OF_COLOURS, violations
from tests.e2e.conftest import Cast
from tests.e2e.office import NO_WORKERS, Office, open_office
from tests.e2e.person import Person

TELEPHONES = re.compile("/telephones/")


@pytest.fixture(scope="module")
def office(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Of its own: who is called at its telephones must not be called elsewhere."""
    with open_office(tmp_path_factory.mktemp("trial"), browser, **NO_WORKERS) as office:
        yield office


@pytest.fixture
def camera() -> bool:
    return False


@pytest.fixture
def ada(cast: Cast, office: Office) -> Person:
    """She looks after the server, and has all telephones on her desk."""
    ada = cast.person("Ada", storage_state=office.signed_in)
    has_telephones(ada, office)
    return ada


def has_telephones(person: Person, office: Office) -> None:
    """Before her, made if there are none."""
    person.page.goto(f"{office.home}admin/bridges/bridge/")
    if person.button("Make simulated telephones").count():
        person.presses("Make simulated telephones")
    else:
        person.page.get_by_role("link", name="Simulated telephones").first.click()
    person.page.wait_for_url(TELEPHONES)
    person.has("Call")
    person.reads("Connected.")


def calls(person: Person, number: str, room: str) -> Locator:
    """From the telephone with this number, and types the code of a room."""
    person.page.get_by_label("From the telephone with the number").fill(number)
    person.presses("Call")
    phone = telephone(person, number)
    expect(phone.get_by_role("log")).to_contain_text("Please enter the access code")
    phone.get_by_role("button", name=f"Type the code of {room}").click()
    return phone


def telephone(person: Person, number: str) -> Locator:
    return person.page.get_by_role("form", name=number)


def test_a_caller_comes_by_code_raises_a_hand_and_is_removed(
    office: Office, alice: Person, ada: Person
) -> None:
    alice.joins(office.room(name="A trial", callers_allowed=True))
    ada.page.reload()
    ada.page.get_by_label("Hear what the telephones say").check()
    with ada.page.expect_response(re.compile(r"/telephones/\w+/\d+\.wav$")) as heard:
        phone = calls(ada, "+12025550101", "A trial")
    assert heard.value.ok
    expect(phone.get_by_role("status")).to_contain_text("in the conference")
    assert not violations(ada.page, "#telephones")
    for key in "*5*4":
        ada.page.keyboard.press(key)
    expect(phone.get_by_role("log")).to_contain_text(
        re.compile(r"Your hand is raised\..*Louder\.", re.DOTALL)
    )
    alice.opens_people()
    expect(alice.row("+1 … 101")).to_contain_text("By phone", use_inner_text=True)
    alice.does("Remove", to="+1 … 101")
    expect(phone.get_by_role("status")).to_contain_text("over: was removed")


def test_somebody_is_called_and_answers(office: Office, alice: Person, ada: Person) -> None:
    alice.joins(office.room(name="A trial"))
    alice.opens_people()
    alice.presses("Call somebody")
    dialog = alice.page.get_by_role("dialog", name="Call somebody")
    dialog.get_by_label("Phone number").fill("+1 202 555 0177")
    dialog.get_by_label("Name, if you like").fill("Dora")
    dialog.get_by_role("button", name="Call", exact=True).click()
    phone = telephone(ada, "+12025550177")
    phone.get_by_role("button", name="Answer the call").wait_for()
    ada.page.emulate_media(color_scheme="dark")
    assert not violations(ada.page, "#telephones", OF_COLOURS)
    phone.get_by_role("button", name="Answer the call").click()
    expect(phone.get_by_role("status")).to_contain_text("in the conference")
    expect(alice.row("Dora")).to_contain_text("By phone", use_inner_text=True)
    phone.get_by_role("button", name="Hang up").click()
    expect(alice.row("Dora")).to_have_count(0)


def test_a_caller_says_their_name_and_the_host_hears_it(office: Office, alice: Person, ada: Person) -> None:
    alice.joins(office.room(name="A trial with names", callers_allowed=True, callers_say_names=True))
    alice.opens_people()
    ada.page.reload()
    phone = calls(ada, "+12025550103", "A trial with names")
    phone.get_by_role("button", name="#", exact=True).click()
    expect(phone.get_by_role("log")).to_contain_text("Please say your name")
    phone.get_by_role("button", name="Say a tone").click()
    expect(phone.get_by_role("button", name="Say a tone")).to_have_attribute("aria-pressed", "true")
    phone.get_by_role("button", name="#", exact=True).click()
    hear = alice.row("+1 … 103").get_by_role("button", name="Hear the name")
    with alice.page.expect_response(re.compile(r"/callers/\w+\.wav$")) as heard:
        hear.click()
    assert heard.value.headers["content-type"] == "audio/wav"
    assert len(heard.value.body()) > 10_000
    phone.get_by_role("button", name="Hang up").click()
