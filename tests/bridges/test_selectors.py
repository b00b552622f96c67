"""Numbers, languages, and whose a call is."""

import pytest

from auth_gateway.models import Account, User
from bridges import selectors
from bridges.models import AllowedDestination, Bridge, CallRecord, DialInNumber
from conferences.models import Conference, Room
from conferences.services import conference_current

pytestmark = pytest.mark.django_db


@pytest.fixture
def bridge() -> Bridge:
    return Bridge.objects.create(key="sim", type="simulator", label="Simulator")


@pytest.fixture
def berlin(bridge: Bridge) -> DialInNumber:
    return DialInNumber.objects.create(
        number="+4930222",
        label="Berlin",
        country="DE",
        bridge=bridge,
        language="de",
        further_languages=["en", "xx"],
    )


def test_a_number_offers_its_languages_first_its_own(berlin: DialInNumber) -> None:
    assert selectors.languages_of("+4930222", "sim") == ("de", "en")
    assert selectors.languages_of("unknown", "sim") == ("de", "en")
    assert selectors.languages_of("+4930222", "other") == ("en",)


def test_rooms_show_the_numbers_of_bridges_in_use(berlin: DialInNumber, room: Room) -> None:
    (shown,) = selectors.dial_in_numbers(room)
    assert (shown.label, shown.number, shown.country, shown.language) == ("Berlin", "+49 30 222", "DE", "de")
    Bridge.objects.update(enabled=False)
    assert selectors.dial_in_numbers(room) == []


def test_phones_can_be_called_where_a_bridge_and_the_customer_allow(bridge: Bridge, room: Room) -> None:
    assert selectors.can_dial_out(room)
    Account.objects.create(code="ACME", may_dial_out=False)
    room.owner.account = "ACME"
    assert not selectors.can_dial_out(room)
    room.owner.account = ""
    Bridge.objects.update(dials_out=False)
    assert not selectors.can_dial_out(room)


def test_what_may_be_called_from_everywhere_and_from_here(room: Room) -> None:
    conference = conference_current(room.pk, now=1)
    elsewhere = Room.objects.create(owner=room.owner, slug="o", code="1", name="O")
    AllowedDestination.objects.create(prefix="+33")
    AllowedDestination.objects.create(prefix="+44", room=room)
    AllowedDestination.objects.create(prefix="+39", room=elsewhere)
    assert set(selectors.prefixes_allowed(conference)) == {"+33", "+44"}


def test_a_call_of_a_conference_that_ended_is_nobodys(room: Room) -> None:
    conference = conference_current(room.pk, now=1)
    CallRecord.objects.create(
        leg="a", bridge="sim", conference_id=conference, direction="in", started_at=1, participant="p"
    )
    assert selectors.conference_of_call("a") == conference
    assert selectors.bridge_of_call("a") == "sim"
    assert selectors.call_known("a") is None  # it never came in
    assert selectors.count_of_callers(room.pk) == 1
    assert [record.leg for record in selectors.calls_open("sim")] == ["a"]
    Conference.objects.update(ended_at=2)
    assert selectors.conference_of_call("a") is None
    assert selectors.bridge_of_call("b") == ""


def test_rooms_and_their_language(room: Room) -> None:
    assert selectors.room_of_code(room.code) == room
    assert selectors.room_of_code("-") is None
    assert selectors.language_of_room(room.pk) == "en"
    User.objects.update(language="ar")
    assert selectors.language_of_room(room.pk) == "ar"
    Room.objects.update(language="de")
    assert selectors.language_of_room(room.pk) == "de"
    assert selectors.code_of_conference(conference_current(room.pk, now=1)) == room.code


@pytest.mark.usefixtures("berlin")
def test_prompts_are_needed_in_what_numbers_and_rooms_speak(room: Room) -> None:
    Room.objects.update(language="ar")
    assert set(selectors.languages_heard()) == {"de", "en", "ar"}
    DialInNumber.objects.all().delete()
    assert set(selectors.languages_heard()) == {"en", "ar"}
