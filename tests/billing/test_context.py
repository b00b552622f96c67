"""What expressions see of a record."""

from datetime import UTC, datetime

import pytest

from auth_gateway.models import Account, User
from billing.context import contexts_of
from billing.fields import FIELDS
from billing.models import Kind, Record
from tests.billing.books import billed, meeting_of_three

pytestmark = pytest.mark.django_db


def leg_of(who: str, type: str) -> Record:
    return Record.objects.get(kind=Kind.LEG, body__participant=who, body__type=type)


def test_a_leg_sees_its_conference_its_account_and_whose_room_it_was(alice: User) -> None:
    Account.objects.create(code="ACME", name="Acme Ltd")
    billed(meeting_of_three())
    [context] = contexts_of([leg_of("carol", "dialin")])
    assert context["account"] == {"code": "ACME", "name": "Acme Ltd"}
    assert context["conference"]["room"] == "123456789"
    assert context["subscriber"]["user"] == "alice"
    assert context["leg"]["joined_at"] == datetime(2023, 11, 14, 22, 20, 20, tzinfo=UTC)
    assert context["sibling"] is None


def test_web_and_phone_of_one_person_see_each_other() -> None:
    billed(meeting_of_three())
    web, phone = leg_of("bob", "web"), leg_of("bob", "dialin")
    of_web, of_phone = contexts_of([web, phone])
    assert of_web["sibling"]["id"] == phone.subject
    assert of_phone["sibling"]["id"] == web.subject


def test_a_sibling_that_has_another_is_none() -> None:
    billed(meeting_of_three())
    web = leg_of("bob", "web")
    Record.objects.filter(pk=web.pk).update(body={**web.body, "sibling": "another"})
    [context] = contexts_of([leg_of("bob", "dialin")])
    assert context["sibling"] is None


def test_all_that_is_seen_may_be_named() -> None:
    records = billed(meeting_of_three())
    for record, context in zip(records, contexts_of(records), strict=True):
        seen = {name: of for name, of in context.items() if of is not None}
        assert set(seen) <= set(FIELDS[record.kind]) | {"sibling"}
        assert set(context[record.kind]) <= set(FIELDS[record.kind][record.kind] or {})


def test_a_moment_that_never_was_is_nothing() -> None:
    billed(meeting_of_three())
    [context] = contexts_of([leg_of("bob", "web")])
    assert context["leg"]["answered_at"] is None


def test_many_are_read_with_few_questions(django_assert_max_num_queries: object) -> None:
    records = billed(meeting_of_three())
    with django_assert_max_num_queries(5):  # type: ignore[operator] # pytest-django's fixture
        contexts_of(records * 20)
