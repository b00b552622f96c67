"""Each field of a sign-in server's answer, at the door and behind it (docs/integration-auth.md)."""

import json
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from auth_gateway.models import Account, User
from auth_gateway.seats import Seat, seat_read
from conferences.clock import now
from conferences.core import calls as k
from conferences.core import commands as c
from conferences.core import recording as r
from conferences.core.chat import AttachFile
from conferences.core.rules import Reason, Refused
from conferences.core.words import SYSTEM, Policy
from conferences.entering import entrance
from conferences.journal import read_state
from conferences.models import Room
from conferences.services import conference_current
from tests.auth_gateway.servers import SignInServer
from tests.conferences.meeting import Meeting

pytestmark = pytest.mark.django_db


def signs_in(client: Client, portal: SignInServer, **said: Any) -> None:
    portal.behave = lambda request: request.says(**{"user_id": "u42", "role": "host", **said})
    given = {"username": "bea", "password": "secret"}
    assert client.post("/accounts/sign-in/", given).status_code == 302


def own_room(client: Client) -> Room:
    client.post("/meet-now")
    return Room.objects.get(owner__gateway_id="u42")


def seat_in(client: Client, room: Room) -> Seat | str:
    answer = client.post(f"/r/{room.slug}/seat", json.dumps({"name": "Bea"}), content_type="application/json")
    told = answer.json()
    return (
        str(told["refused"])
        if "refused" in told
        else seat_read(told["seat"], settings.SECRET_KEY.encode(), now())
    )


def policy_of(room: Room) -> Policy:
    return read_state(conference_current(room.pk, now=now())).policy


def meeting_in(room: Room) -> Meeting:
    meeting = Meeting(policy_of(room))
    meeting.joins("alice", entitled=True)
    return meeting


# Roles


def test_a_host_has_rooms_and_is_host_there_alone(client: Client, portal: SignInServer, room: Room) -> None:
    signs_in(client, portal)
    own, others = seat_in(client, own_room(client)), seat_in(client, room)
    assert isinstance(own, Seat)
    assert isinstance(others, Seat)
    assert (own.entitled, others.entitled) == (True, False)


@pytest.mark.parametrize("role", ["guest", "presenter"])
def test_who_is_no_host_has_no_rooms(client: Client, portal: SignInServer, room: Room, role: str) -> None:
    signs_in(client, portal, role=role)
    assert "You may not open rooms" in client.post("/meet-now", follow=True).content.decode()
    seat = seat_in(client, room)
    assert isinstance(seat, Seat)
    assert (seat.entitled, seat.presenter) == (False, role == "presenter")


# Rooms


def test_only_rooms_that_were_named_are_entered(client: Client, portal: SignInServer, room: Room) -> None:
    signs_in(client, portal, conferences=["999999999"])
    assert seat_in(client, room) == "room_not_allowed"
    assert isinstance(seat_in(client, own_room(client)), Seat), "their own always"
    signs_in(Client(), portal, conferences=[room.code])
    assert isinstance(seat_in(client, room), Seat), "the next answer counts"


# Places


def test_a_conference_has_no_more_places_than_was_said(client: Client, portal: SignInServer) -> None:
    signs_in(client, portal, max_participants=2)
    meeting = meeting_in(own_room(client))
    meeting.joins("bob")
    meeting.refuses(SYSTEM, meeting.joining("carol"), Reason.FULL)


def test_all_conferences_of_a_customer_share_its_places(
    client: Client, portal: SignInServer, room: Room
) -> None:
    Account.objects.create(code="ACME", ports=1)
    User.objects.filter(pk=room.owner_id).update(account="ACME")
    signs_in(client, portal, account="ACME")
    elsewhere, own = seat_in(client, room), seat_in(client, own_room(client))
    assert isinstance(elsewhere, Seat)
    assert isinstance(own, Seat)
    first = entrance(elsewhere, wanted=None, now=now())
    with pytest.raises(Refused) as refused:
        entrance(own, wanted=None, now=now())
    assert refused.value.reason is Reason.ACCOUNT_FULL
    assert entrance(elsewhere, wanted=first.conference, now=now()) == (first.conference, False), (
        "who is in stays in"
    )


# Features


def test_what_was_not_booked_is_refused(client: Client, portal: SignInServer) -> None:
    nothing = {"record": False, "share": False, "files": False, "dial_out": False}
    signs_in(client, portal, features=nothing)
    meeting = meeting_in(own_room(client))
    assert [
        meeting.refuses("alice", command)
        for command in (
            r.StartRecording(),
            c.ShareScreen(),
            AttachFile(),
            k.DialOut(number="+4930123456"),
        )
    ] == [Reason.RECORDING_OFF, Reason.NOT_INCLUDED, Reason.FILES_OFF, Reason.CALLING_OFF]


def test_what_the_answer_gives_goes_before_what_the_customer_lacks(
    client: Client, portal: SignInServer
) -> None:
    Account.objects.create(code="ACME", may_record=False, ports_per_conference=3)
    signs_in(client, portal, account="ACME", features={"record": True}, max_participants=7)
    room = own_room(client)
    assert (policy_of(room).recording, policy_of(room).seats) == ("on_demand", 7)
    meeting_in(room).does("alice", r.StartRecording())


# Who pays


def test_customer_and_billing_code_go_with_the_person(
    client: Client, portal: SignInServer, room: Room
) -> None:
    signs_in(client, portal, account="ACME", billing_code="PO-77")
    seat = seat_in(client, room)
    assert isinstance(seat, Seat)
    assert (seat.tenant, seat.billing_code) == ("ACME", "PO-77")
    own = read_state(conference_current(own_room(client).pk, now=now())).subscription
    assert (own.account, own.billing_code) == ("ACME", "PO-77")


# Language


def test_pages_speak_the_language_of_the_answer(client: Client, portal: SignInServer) -> None:
    signs_in(client, portal, language="de-CH")
    assert '<html lang="de"' in client.get("/").content.decode()


@pytest.mark.parametrize("user_id", ["u42", ""])
def test_so_do_they_after_a_ticket_also_for_who_has_no_name(
    client: Client, portal: SignInServer, room: Room, user_id: str
) -> None:
    portal.behave = lambda request: request.says(user_id=user_id, language="ar")
    page = client.get(f"/join/{room.code}?ticket=t", follow=True).content.decode()
    assert '<html lang="ar"' in page
