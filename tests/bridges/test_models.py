"""What the database forbids, and what rows say of themselves."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection

from auth_gateway.models import User
from bridges.models import AllowedDestination, Bridge, DialInNumber, KnownNumber, MediaAttachment
from conferences.models import Conference, Room
from conferences.services import conference_current

pytestmark = pytest.mark.django_db


@pytest.fixture
def bridge() -> Bridge:
    return Bridge.objects.create(key="sim", type="simulator", label="Simulator")


@pytest.fixture
def conference(room: Room) -> Conference:
    return Conference.objects.get(pk=conference_current(room.pk, now=1))


def test_what_a_bridge_is_told_in_confidence_is_sealed_in_its_row(bridge: Bridge) -> None:
    bridge.config = {"host": "pbx", "secret": "sesame"}
    bridge.save()
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed_config FROM bridges_bridge")
        (kept,) = cursor.fetchone()
    assert "sesame" not in kept
    assert "pbx" not in kept
    assert Bridge.objects.get().config == {"host": "pbx", "secret": "sesame"}


def test_a_bridge_that_was_told_nothing_has_no_settings(bridge: Bridge) -> None:
    assert bridge.config == {}


@pytest.mark.parametrize("key", ["", "Große", "a b", "a/b", "x" * 33, "a\nb"])
def test_a_key_is_short_and_plain(key: str) -> None:
    with pytest.raises(ValidationError):
        Bridge(key=key, type="simulator", label="x").full_clean()


@pytest.mark.parametrize("number", ["030123", "+0123", "+49 30", "+49\r\n30", "+" + "1" * 16])
def test_numbers_are_written_in_full(bridge: Bridge, number: str) -> None:
    with pytest.raises(ValidationError):
        DialInNumber(number=number, label="x", country="DE", bridge=bridge).full_clean()


def test_a_room_has_one_media_leg_on_a_bridge(bridge: Bridge, conference: Conference) -> None:
    def attach() -> None:
        MediaAttachment.objects.create(bridge=bridge, room="1", conference=conference, server="s", since=1)

    attach()
    with pytest.raises(IntegrityError):
        attach()


def test_a_number_offers_its_own_language_first_and_each_once(bridge: Bridge) -> None:
    number = DialInNumber(language="de", further_languages=["en", "de"], bridge=bridge)
    assert number.languages == ["de", "en"]


def test_a_known_number_has_its_own_name_or_its_users(alice: User) -> None:
    assert KnownNumber(number="+4930", user=alice).shown_name == "Alice Archer"
    assert KnownNumber(number="+4930", user=alice, name="Reception").shown_name == "Reception"
    assert KnownNumber(number="+4930").shown_name == ""


def test_a_destination_is_allowed_once_for_all_and_once_for_each_room(room: Room) -> None:
    AllowedDestination.objects.create(prefix="+33")
    AllowedDestination.objects.create(prefix="+33", room=room)
    with pytest.raises(IntegrityError):
        AllowedDestination.objects.create(prefix="+33")
