"""Questions to those who present: asked, voted on, answered, also for who comes later."""

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.office import Office
from tests.e2e.person import Person


@pytest.fixture
def camera() -> bool:
    return False


def panel(person: Person) -> Locator:
    found = person.page.get_by_role("complementary", name="Questions and answers")
    if not found.is_visible():
        person.chooses("Activities", "Questions and answers")
    return found


def asks(person: Person, question: str) -> None:
    panel(person).get_by_role("textbox", name="Your question").fill(question)
    panel(person).get_by_role("button", name="Ask", exact=True).click()


def question(person: Person, text: str) -> Locator:
    return panel(person).get_by_role("listitem").filter(has_text=text)


def votes(person: Person, text: str) -> Locator:
    return question(person, text).get_by_role("button", name="Vote for it")


def test_the_most_wanted_question_is_answered_first(
    office: Office, alice: Person, bob: Person, carol: Person
) -> None:
    room = office.room()
    alice.joins(room)
    bob.joins(room)
    asks(bob, "Who pays?")
    alice.is_told("Bob asks: Who pays?")
    asks(bob, "When do we eat?")
    votes(alice, "When do we eat?").click()
    expect(panel(bob).get_by_role("listitem").first).to_contain_text("When do we eat?")
    votes(bob, "Who pays?").click()
    expect(votes(bob, "Who pays?")).to_have_accessible_name("Vote for it; votes: 1")
    votes(bob, "Who pays?").click()
    expect(votes(bob, "Who pays?")).to_have_accessible_name("Vote for it; votes: 0")
    bob.is_cut_off()
    question(alice, "When do we eat?").get_by_role("button", name="Answer in writing").click()
    question(alice, "When do we eat?").get_by_role("textbox", name="Your answer").fill("At noon")
    question(alice, "When do we eat?").get_by_role("button", name="Send answer").click()
    bob.comes_back()
    carol.joins(room)
    for person in (bob, carol):
        expect(question(person, "When do we eat?")).to_contain_text("At noon")
    expect(votes(carol, "When do we eat?")).to_have_accessible_name("Vote for it; votes: 1")
    expect(votes(carol, "Who pays?")).to_have_accessible_name("Vote for it; votes: 0")
    expect(question(carol, "Who pays?").get_by_role("button", name="Dismiss")).to_be_hidden()
    question(alice, "Who pays?").get_by_role("button", name="Dismiss").click()
    expect(question(bob, "Who pays?")).to_have_count(0)
