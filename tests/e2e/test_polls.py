"""Asking everyone: what hosts and guests see of a poll, also those who come later or come back."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.office import Office
from tests.e2e.person import Person

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def camera() -> bool:
    return False


def opens_polls(person: Person) -> None:
    if not person.page.get_by_role("complementary", name="Polls").is_visible():
        person.chooses("Activities" if person.button("Activities").is_visible() else "More", "Polls")


def poll(person: Person, question: str) -> Locator:
    opens_polls(person)
    return (
        person.page.get_by_role("complementary", name="Polls")
        .get_by_role("listitem")
        .filter(has=person.page.get_by_role("group", name=question))
    )


def asks(person: Person, question: str, *options: str, right: int = 0, **switches: bool) -> None:
    opens_polls(person)
    person.presses("New poll")
    dialog = person.page.get_by_role("dialog", name="New poll")
    dialog.get_by_label("Question").fill(question)
    for number, option in enumerate(options, 1):
        dialog.get_by_role("textbox", name=f"Option {number}", exact=True).fill(option)
    if right:
        dialog.get_by_role("checkbox", name=f"Option {right} is right").check()
    for label, on in switches.items():
        dialog.get_by_role("checkbox", name=label).set_checked(on)
    dialog.get_by_role("button", name="Start the poll").click()
    expect(dialog).to_be_hidden()


def answers(person: Person, question: str, option: str) -> None:
    asked = poll(person, question)
    asked.get_by_role("radio", name=option).check()
    asked.get_by_role("button", name="Answer", exact=True).click()
    expect(asked).to_contain_text(f"You answered: {option}")


def manages(person: Person, question: str, what: str) -> None:
    poll(person, question).get_by_role("button", name=what).click()


def test_a_poll_is_the_same_for_who_comes_later_and_who_comes_back(
    office: Office, alice: Person, bob: Person, carol: Person
) -> None:
    room = office.room()
    alice.joins(room)
    bob.joins(room)
    asks(alice, "Lunch?", "Soup", "Pie")
    bob.is_told("Alice asks: Lunch?")
    answers(bob, "Lunch?", "Pie")
    expect(poll(alice, "Lunch?")).to_contain_text("Answers: 1")
    expect(poll(bob, "Lunch?")).not_to_contain_text("Answers: 1")
    bob.page.reload()
    bob.is_in("live")
    expect(poll(bob, "Lunch?")).to_contain_text("You answered: Pie")
    carol.joins(room)
    answers(carol, "Lunch?", "Soup")
    manages(alice, "Lunch?", "Share results")
    for person in (alice, bob, carol):
        expect(poll(person, "Lunch?")).to_contain_text("Answers: 2")
        expect(poll(person, "Lunch?")).to_contain_text("1 · 50%")
    manages(alice, "Lunch?", "Hide results")
    expect(poll(bob, "Lunch?")).not_to_contain_text("Answers: 2")
    manages(alice, "Lunch?", "Stop")
    expect(poll(carol, "Lunch?")).to_contain_text("Over")
    assert not any('"participant":"' + bob.id + '","poll"' in frame for frame in alice.frames + carol.frames)


def test_a_quiz_is_solved_when_it_stops_and_yes_or_no_is_one_click(
    office: Office, alice: Person, bob: Person, tmp_path: Path
) -> None:
    room = office.room()
    alice.joins(room)
    bob.joins(room)
    asks(alice, "2 + 2", "3", "4", right=2)
    answers(bob, "2 + 2", "3")
    expect(poll(bob, "2 + 2").get_by_role("radio", name="4 Right")).to_have_count(0)
    manages(alice, "2 + 2", "Stop")
    expect(poll(bob, "2 + 2").get_by_role("radio", name="4 Right")).to_be_attached()

    opens_polls(alice)
    alice.presses("Ask yes or no")
    answers(bob, "Yes or no?", "Yes")
    expect(poll(alice, "Yes or no?")).to_contain_text("1 · 100%")
    with alice.page.expect_download() as download:
        manages(alice, "Yes or no?", "Export")
    download.value.save_as(tmp_path / "poll.csv")
    assert (tmp_path / "poll.csv").read_text("utf-8-sig") == '"Name","Answer"\n"","Yes"\n'
