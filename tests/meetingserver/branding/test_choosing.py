"""Whose brand it is."""

import pytest

from meetingserver.branding.choosing import Choice, about, branded, chosen, current
from tests.meetingserver.branding.conftest import Shelf


@pytest.fixture(autouse=True)
def _five_brands(shelf: Shelf) -> None:
    for key in ("hosted", "roomy", "linked", "owned", "known"):
        shelf.write(key, f'hosts = ["{key}.example"]')


ORDER = ["hosted.example", "roomy", "linked", "owned", "known"]


@pytest.mark.parametrize(
    ("first", "brand"), list(enumerate(["hosted", "roomy", "linked", "owned", "known", "default"]))
)
def test_the_first_that_names_one_decides(first: int, brand: str) -> None:
    host, room, link, owner, account = ["" if i < first else name for i, name in enumerate(ORDER)]
    with chosen(Choice(host, lambda: account)):
        about(room=room, link=link, owner=owner)
        assert current().key == brand


def test_who_names_a_brand_that_is_gone_is_passed_over() -> None:
    with chosen(Choice("elsewhere.example", lambda: "gone")):
        about(room="gone", link="../owned", owner="owned")
        assert current().key == "owned"
        about(owner="gone")
        assert current().key == "default"


def test_the_account_is_asked_once_and_only_when_needed() -> None:
    asked: list[str] = []

    def account() -> str:
        asked.append("asked")
        return "known"

    with chosen(Choice("", account)):
        about(room="roomy")
        assert current().key == "roomy"
        assert asked == []
    with chosen(Choice("", account)):
        assert current().key == current().key == "known"
    assert asked == ["asked"]


def test_a_brand_that_changes_does_not_mix_into_a_page_that_was_begun(shelf: Shelf) -> None:
    """Every text of a page asks; nothing is looked for again."""
    for choice, room in (
        (Choice("hosted.example"), ""),
        (Choice(), "roomy"),
        (Choice("", lambda: "known"), ""),
    ):
        with chosen(choice):
            about(room=room)
            begun = current()
            shelf.write(begun.key, 'name = "Changed"')
            assert current() is begun


def test_mails_have_a_brand_while_they_are_written() -> None:
    with branded("", "owned"):
        assert current().key == "owned"
    assert current().key == "default"


def test_without_a_request_nothing_is_chosen() -> None:
    about(room="roomy")
    assert current().key == "default"


def test_what_is_not_known_yet_is_asked_again() -> None:
    known: list[str | None] = [None, "known"]
    with chosen(Choice("", lambda: known.pop(0))):
        assert current().key == "default"
        assert current().key == "known"


def test_whoever_looks_for_an_account_may_say_something() -> None:
    with chosen(Choice("", lambda: current().key and "known")):
        assert current().key == "known"


def test_a_called_number_names_its_brand(shelf: Shelf) -> None:
    shelf.write("rung", 'numbers = ["+4930123456"]')
    with chosen(Choice("+4930123456")):
        assert current().key == "rung"
