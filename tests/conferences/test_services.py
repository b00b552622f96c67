"""Writes: rooms, conferences, seats."""

import threading

import pytest
from django.contrib.auth.hashers import check_password
from django.db import connection
from pytest_django.fixtures import Settings

from auth_gateway.callers import Caller
from auth_gateway.models import Account, User
from auth_gateway.seats import Seat
from conferences import services
from conferences.core.rules import Reason, Refused
from conferences.core.words import ChatFiles, RecordMode
from conferences.journal import read_state
from conferences.models import Conference, Room
from conferences.services import (
    PIN_TRIES,
    TRIES_OF_ONE_ADDRESS,
    conference_current,
    room_create,
    room_delete,
    room_find,
    room_for_meeting_now,
    room_pin_renew,
    seat_take,
)
from tests.conferences.meeting import BEGIN

pytestmark = pytest.mark.django_db


def take(
    room: Room, *, name: str = "Bob", pin: str = "", account: User | None = None, caller: str = "10.0.0.1"
) -> Seat:
    return seat_take(room=room, name=name, pin=pin, account=account, caller=Caller(address=caller), now=BEGIN)


def refusal(room: Room, *, name: str = "Bob", pin: str = "", caller: str = "10.0.0.1") -> Reason:
    with pytest.raises(Refused) as refused:
        take(room, name=name, pin=pin, caller=caller)
    return refused.value.reason


# Rooms


def test_a_new_room_has_a_code_a_link_and_a_pin_of_its_own(alice: User) -> None:
    rooms = [room_create(owner=alice, wishes={"name": "Archery"}) for _ in range(20)]
    assert len({room.code for room, _ in rooms}) == 20
    assert len({room.slug for room, _ in rooms}) == 20
    for room, pin in rooms:
        assert len(room.code) == 9
        assert room.slug.startswith("archery-")
        assert check_password(pin, room.host_pin)
        assert pin not in room.host_pin


def test_a_room_is_called_after_its_owner_unless_they_say_otherwise(alice: User) -> None:
    assert room_create(owner=alice)[0].name == "Alice Archer's room"


def test_a_taken_code_is_thrown_again(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    codes = iter(["111111111", "111111111", "222222222"])
    monkeypatch.setattr(services, "_code", lambda: next(codes))
    assert [room_create(owner=alice)[0].code for _ in range(2)] == ["111111111", "222222222"]


def test_a_new_pin_replaces_the_old_one(room: Room) -> None:
    pin = room_pin_renew(room=room)
    room.refresh_from_db()
    assert check_password(pin, room.host_pin)


def test_a_room_goes_with_all_that_was_kept_of_it(room: Room) -> None:
    conference_current(room.pk, now=BEGIN)
    room_delete(room=room)
    assert not Conference.objects.exists()


def test_meeting_now_is_in_the_first_room_which_is_made_if_there_is_none(alice: User) -> None:
    made = room_for_meeting_now(owner=alice)
    room_create(owner=alice)
    assert room_for_meeting_now(owner=alice) == made


# Conferences


def test_a_room_holds_one_conference_at_a_time(room: Room) -> None:
    conference = conference_current(room.pk, now=BEGIN)
    assert conference_current(room.pk, now=BEGIN + 1) == conference
    Conference.objects.update(ended_at=BEGIN + 2)
    assert conference_current(room.pk, now=BEGIN + 3) != conference


def test_a_conference_begins_with_what_the_room_wants(room: Room, settings: Settings) -> None:
    settings.MAX_PARTICIPANTS, settings.MAX_MEETING_MINUTES, settings.LONE_AFTER_SECONDS = 7, 90, 30
    room.lobby, room.auto_lock_min = True, 5
    room.save()
    state = read_state(conference_current(room.pk, now=BEGIN))
    assert (state.name, state.created_at, state.seq) == ("Archery", BEGIN, 2)
    assert (state.subscription.room, state.subscription.subscriber) == (room.code, room.owner.username)
    policy = state.policy
    assert (policy.lobby, policy.auto_lock_s, policy.seats) == (True, 300, 7)
    assert (policy.length_s, policy.lone_s) == (90 * 60, 30)


def test_who_wants_the_one_that_ended_is_told_so(room: Room) -> None:
    conference = conference_current(room.pk, now=BEGIN)
    assert conference_current(room.pk, wanted=conference, now=BEGIN) == conference
    Conference.objects.update(ended_at=BEGIN)
    with pytest.raises(Refused) as refused:
        conference_current(room.pk, wanted=conference, now=BEGIN)
    assert refused.value.reason is Reason.ENDED


def test_nobody_gets_another_rooms_conference(room: Room, alice: User) -> None:
    conference = conference_current(room.pk, now=BEGIN)
    other, _ = room_create(owner=alice)
    with pytest.raises(Refused):
        conference_current(other.pk, wanted=conference, now=BEGIN)


def test_there_are_only_so_many_conferences(room: Room, alice: User, settings: Settings) -> None:
    settings.MAX_CONFERENCES = 1
    conference_current(room.pk, now=BEGIN)
    with pytest.raises(Refused) as refused:
        conference_current(room_create(owner=alice)[0].pk, now=BEGIN)
    assert refused.value.reason is Reason.BUSY
    conference_current(room.pk, now=BEGIN)


@pytest.mark.django_db(transaction=True)
def test_of_many_who_come_first_all_come_to_the_same(alice: User) -> None:
    room, _ = room_create(owner=alice)
    found: list[str] = []
    together = threading.Barrier(8)

    def comes() -> None:
        together.wait()
        try:
            found.append(conference_current(room.pk, now=BEGIN))
        finally:
            connection.close()

    people = [threading.Thread(target=comes) for _ in range(8)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert len(found) == 8
    assert len(set(found)) == 1


# Seats


def test_the_owner_is_entitled_and_others_are_not(room: Room, alice: User, mallory: User) -> None:
    assert take(room, account=alice).entitled
    assert not take(room, account=mallory).entitled
    assert not take(room).entitled
    assert take(room, account=mallory).account == "mallory"


def test_every_seat_is_another_participant(room: Room) -> None:
    assert len({take(room).participant for _ in range(50)}) == 50


def test_who_knows_the_pin_is_entitled(alice: User) -> None:
    room, pin = room_create(owner=alice, wishes={"guests_allowed": False})
    assert take(room, pin=pin).entitled


def test_guests_stay_out_where_they_are_not_wanted(alice: User, mallory: User) -> None:
    room, _ = room_create(owner=alice, wishes={"guests_allowed": False})
    assert refusal(room) is Reason.GUESTS_NOT_ALLOWED
    assert not take(room, account=mallory).entitled


@pytest.mark.parametrize("name", ["\u200b", "\u202e", "\ud800"])
def test_a_name_must_show(room: Room, name: str) -> None:
    assert refusal(room, name=name) is Reason.NAME_NEEDED


def test_a_name_is_cleaned(room: Room) -> None:
    assert take(room, name=" Bob\u202e  Builder ").name == "Bob Builder"


def wrong(pin: str) -> str:
    return f"{(int(pin) + 1) % 1_000_000:06}"


def test_a_pin_may_be_tried_a_few_times_and_then_the_right_one_is_wrong_too(alice: User) -> None:
    room, pin = room_create(owner=alice)
    answers = {refusal(room, pin=wrong(pin)) for _ in range(PIN_TRIES)}
    answers.add(refusal(room, pin=pin))
    assert answers == {Reason.PIN_WRONG}
    assert take(room, pin=pin, caller="10.0.0.2").entitled


def test_who_gets_it_right_in_time_starts_anew(alice: User) -> None:
    room, pin = room_create(owner=alice)
    for _ in range(3):
        for _ in range(PIN_TRIES - 1):
            refusal(room, pin=wrong(pin))
        assert take(room, pin=pin).entitled


def test_many_callers_together_do_not_get_more_tries(alice: User) -> None:
    room, pin = room_create(owner=alice)
    for number in range(TRIES_OF_ONE_ADDRESS):
        refusal(room, pin=wrong(pin), caller=f"10.0.1.{number}")
    assert refusal(room, pin=pin, caller="10.0.2.1") is Reason.PIN_WRONG


# Finding


@pytest.mark.parametrize("typed", ["{}", " {} ", "{:.3}-{:.0}", "code {}"])
def test_a_code_is_found_however_it_is_typed(room: Room, typed: str) -> None:
    code = room.code_spaced if typed == "{:.3}-{:.0}" else typed.format(room.code)
    assert room_find(code=code, caller="10.0.0.1", now=BEGIN) == room


@pytest.mark.parametrize("code", ["", "0", "000000000", "²²²", "x" * 40])
def test_a_wrong_code_finds_nothing(room: Room, code: str) -> None:
    assert room_find(code=code, caller="10.0.0.1", now=BEGIN) is None


def test_who_guesses_finds_nothing_any_more(room: Room) -> None:
    for _ in range(TRIES_OF_ONE_ADDRESS):
        room_find(code="000000000", caller="10.0.0.1", now=BEGIN)
    assert room_find(code=room.code, caller="10.0.0.1", now=BEGIN) is None
    assert room_find(code=room.code, caller="10.0.0.2", now=BEGIN) == room


# What the owner's customer may use


def test_a_conference_is_run_as_its_owners_customer_has_it(alice: User) -> None:
    Account.objects.create(code="ACME", ports_per_conference=5, may_record=False, may_share=False)
    alice.account, alice.features = "ACME", {"files": False}
    alice.save()
    conference = conference_current(room_create(owner=alice)[0].pk, now=BEGIN)
    policy = read_state(conference).policy
    assert (policy.seats, policy.sharing) == (5, False)
    assert (policy.recording, policy.chat_files) == (RecordMode.OFF, ChatFiles.NOBODY)


def test_a_conference_knows_who_pays(alice: User) -> None:
    Account.objects.create(code="ACME", rate="gold")
    alice.account, alice.billing_code = "ACME", "PO-77"
    alice.save()
    room = room_create(owner=alice)[0]
    told = read_state(conference_current(room.pk, now=BEGIN)).subscription
    assert (told.room, told.subscriber, told.account) == (room.code, "alice", "ACME")
    assert (told.billing_code, told.rate) == ("PO-77", "gold")


def test_who_has_no_customer_has_no_rate(room: Room) -> None:
    Account.objects.create(code="ACME", rate="gold")
    told = read_state(conference_current(room.pk, now=BEGIN)).subscription
    assert (told.account, told.billing_code, told.rate) == ("", "", "")
