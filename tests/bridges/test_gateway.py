"""What a site's sign-in service says of callers."""

import pytest

from auth_gateway.models import User
from bridges.base import Admit, Again, InboundCall, Refuse
from bridges.gateway import ask_gateway
from bridges.types import EndCause
from conferences.models import Room
from tests.auth_gateway.servers import SignInServer

pytestmark = pytest.mark.django_db

CALL = InboundCall(bridge="sim", leg="a", caller="+4930111", dialled="+4930222")


def test_without_one_nobody_is_asked(room: Room) -> None:
    assert ask_gateway(CALL, room, "") is None


def test_it_says_who_calls_and_who_pays(room: Room, portal: SignInServer) -> None:
    portal.behave = lambda request: request.says(
        user_id="zoe", display_name="Zoe", account="ACME", billing_code="4711", language="de-AT"
    )
    assert ask_gateway(CALL, room, "") == Admit(
        room=room.pk,
        code=room.code,
        name="Zoe",
        language="de",
        account="zoe",
        tenant="ACME",
        billing_code="4711",
    )


def test_a_caller_is_the_same_person_as_by_web_and_may_be_taken_back(
    room: Room, portal: SignInServer
) -> None:
    portal.behave = lambda request: request.says(user_id="zoe/7", role="presenter", expires_in=60)
    admit = ask_gateway(CALL, room, "")
    assert isinstance(admit, Admit)
    user = User.objects.get(gateway_id="zoe/7")
    assert (admit.account, admit.presenter, user.expires_at > 0) == ("zoe_7", True, True)
    User.objects.update(is_active=False)
    assert ask_gateway(CALL, room, "") == Again()


def test_who_is_known_by_name_alone_leaves_no_row(room: Room, portal: SignInServer) -> None:
    portal.behave = lambda request: request.says(display_name="Zoe")
    admit = ask_gateway(CALL, room, "")
    assert isinstance(admit, Admit)
    assert (admit.account, User.objects.filter(gateway_id__isnull=False).exists()) == ("", False)


def test_it_says_who_is_host(room: Room, portal: SignInServer) -> None:
    portal.behave = lambda request: request.says(
        user_id="zoe", role="host" if request.asked["pin"] == "4711" else "guest"
    )
    by_code, by_pin = ask_gateway(CALL, room, ""), ask_gateway(CALL, room, "4711")
    assert isinstance(by_code, Admit)
    assert isinstance(by_pin, Admit)
    assert not by_code.host
    assert by_pin.host


def test_a_no_and_another_room_are_wrong_codes(room: Room, portal: SignInServer) -> None:
    assert ask_gateway(CALL, room, "") == Again()
    portal.behave = lambda request: request.says(user_id="zoe", conferences=["elsewhere"])
    assert ask_gateway(CALL, room, "") == Again()


def test_without_an_answer_nobody_comes_in(room: Room, portal: SignInServer) -> None:
    portal.behave = lambda request: request.answer(500)
    assert ask_gateway(CALL, room, "") == Refuse(EndCause.ERROR)
