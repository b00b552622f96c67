"""A page of which a file did not arrive, because the network changed while it loaded."""

from playwright.sync_api import expect

from tests.e2e.office import Office
from tests.e2e.person import Person

FILE = "**/conferences/live.*.js"


def test_who_lost_a_file_gets_the_page_again(office: Office, alice: Person) -> None:
    alice.page.route(FILE, lambda route: route.abort("failed"), times=1)
    alice.forgives("net::ERR_FAILED")
    alice.joins(office.room())


def test_who_loses_it_again_is_told(office: Office, alice: Person) -> None:
    alice.page.route(FILE, lambda route: route.abort("failed"))
    alice.forgives("net::ERR_FAILED")
    alice.page.goto(office.room())
    expect(alice.page.get_by_role("alert")).to_have_text("Parts of this page did not arrive. Load it again")
    alice.page.unroute(FILE)
    alice.page.get_by_role("link", name="Load it again").click()
    expect(alice.button("Join")).to_be_enabled()
    expect(alice.page.get_by_role("alert")).to_be_hidden()
