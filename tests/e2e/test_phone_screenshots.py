"""Pictures of how telephones are set up and tried, for the documentation, taken with `--screenshots`."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import PHONE, Cast
from tests.e2e.office import Office
from tests.e2e.person import Person
from tests.e2e.test_feature_screenshots import in_light_and_dark
from tests.e2e.test_screenshots import LARGE
from tests.e2e.test_telephones import calls, has_telephones, telephone


@pytest.fixture
def camera() -> bool:
    return False


@pytest.fixture
def alice(cast: Cast, office: Office) -> Person:
    return cast.person("Alice", storage_state=office.signed_in, viewport=LARGE)


def test_telephones(office: Office, cast: Cast, alice: Person) -> None:
    room = office.room(name="A meeting", callers_allowed=True)
    ada = cast.person("Ada", storage_state=office.signed_in, viewport=LARGE)
    pocket = cast.person("Ada on the way", storage_state=office.signed_in, **PHONE)
    has_telephones(ada, office)
    alice.joins(room)
    ada.page.goto(f"{office.home}admin/bridges/dialinnumber/add/")
    for field, value in (("number", "+49305550123"), ("label", "Berlin"), ("country", "DE")):
        ada.page.locator(f"[name={field}]").fill(value)
    ada.page.locator("[name=bridge]").select_option(label="Simulated telephones")
    ada.page.get_by_role("button", name="Save", exact=True).click()
    for person in (ada, pocket):
        person.page.goto(f"{office.home}admin/bridges/bridge/add/")
    in_light_and_dark("bridge-kinds", desk=ada, phone=pocket)
    for person in (ada, pocket):
        person.page.goto(f"{office.home}admin/bridges/bridge/add/?type=sip")
        given = {"label": "Trunk of the office", "key": "trunk", "config-trunk_user": "office"}
        for field, value in {**given, "config-trunk_domain": "sip.example.org"}.items():
            person.page.locator(f"[name='{field}']").fill(value)
        person.page.locator("[name=enabled]").uncheck()
        person.page.locator("[name='config-trunk_domain']").scroll_into_view_if_needed()
    in_light_and_dark("bridge-form", desk=ada, phone=pocket)
    ada.presses("Save and test the connection")
    ada.reads("Trunk of the office:")
    in_light_and_dark("bridge-tested", desk=ada)
    for person in (ada, pocket):
        person.page.goto(f"{office.home}admin/bridges/bridge/")
        person.reads("Connected.")
    in_light_and_dark("bridges", desk=ada, phone=pocket)
    for person in (ada, pocket):
        has_telephones(person, office)
    phone = calls(ada, "+12025550101", "A meeting")
    expect(phone.get_by_role("status")).to_contain_text("in the conference")
    alice.opens_people()
    alice.presses("Call somebody")
    dialog = alice.page.get_by_role("dialog", name="Call somebody")
    dialog.get_by_label("Phone number").fill("+1 202 555 0177")
    dialog.get_by_role("button", name="Call", exact=True).click()
    for person in (ada, pocket):
        telephone(person, "+12025550177").get_by_role("button", name="Answer the call").wait_for()
    telephone(pocket, "+12025550101").scroll_into_view_if_needed()
    in_light_and_dark("telephones", desk=ada, phone=pocket)
    alice.chooses("More", "Invite others")
    in_light_and_dark("by-phone", desk=alice)
