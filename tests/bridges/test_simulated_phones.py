"""Simulated telephones on a page."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from auth_gateway.models import User
from bridges import here
from bridges.base import Call
from bridges.models import Bridge
from bridges.signs import sign_write
from bridges.simulated_phones import MOST_CALLS, Telephone, act, seen, sound
from bridges.simulator.adapter import Adapter
from bridges.simulator.config import Config
from bridges.simulator.sound import heard
from bridges.trial import simulator_make
from conferences.services import room_create
from tests.bridges.kept import kept

pytestmark = pytest.mark.django_db


@pytest.fixture
def bridge() -> Bridge:
    return simulator_make(language="en")


@pytest.fixture
def adapter(bridge: Bridge) -> Iterator[Adapter]:
    adapter = Adapter(bridge.key, Config())
    with kept(adapter):
        yield adapter


@pytest.fixture
def user(alice: User) -> User:
    room_create(owner=alice)
    return alice


def phones(bridge: Bridge, user: User) -> list[Telephone]:
    return list(seen(bridge, user=user)["telephones"])


def test_where_the_bridge_is_not_kept_the_page_says_so(bridge: Bridge, user: User) -> None:
    act(bridge, {"do": "call"})
    assert not seen(bridge, user=user)["kept"]


@pytest.mark.usefixtures("adapter")
def test_a_caller_calls_types_and_hangs_up(bridge: Bridge, user: User) -> None:
    page = seen(bridge, user=user)
    assert (page["kept"], page["own"], len(page["rooms"])) == (True, "+12025550101", 1)
    act(bridge, {"do": "call", "own": "+12025550101", "number": "+12025550123"})
    (phone,) = phones(bridge, user)
    assert (phone.own, phone.other, phone.in_call, phone.waits) == (
        "+12025550101",
        "+12025550123",
        True,
        True,
    )
    act(bridge, {"do": "press 12a#", "leg": phone.leg})
    act(bridge, {"do": "talk", "leg": phone.leg})
    act(bridge, {"do": "hold", "leg": phone.leg})
    (phone,) = phones(bridge, user)
    assert (phone.talks, phone.held, phone.state) == (True, True, "on hold")
    act(bridge, {"do": "hang_up", "leg": phone.leg})
    (phone,) = phones(bridge, user)
    assert (phone.over, phone.in_call) == ("hung up", False)


def test_what_is_pressed_is_told_the_bridge(bridge: Bridge, adapter: Adapter, user: User) -> None:
    act(bridge, {"do": "call", "own": "+12025550101", "number": "+12025550123"})
    (phone,) = phones(bridge, user)
    act(bridge, {"do": "press 2x#", "before": "1", "leg": phone.leg})
    told = [adapter._told.get_nowait() for _ in range(4)]  # noqa: SLF001 - events are for one reader
    assert [getattr(event, "digit", "") for event in told] == ["", "1", "2", "#"]


def test_what_makes_no_sense_is_passed_over(bridge: Bridge, adapter: Adapter, user: User) -> None:
    for deed in ("", "explode", "press 1", "answer", "hang_up", "talk", "hold"):
        act(bridge, {"do": deed, "leg": "gone"})
    for _ in range(MOST_CALLS + 2):
        act(bridge, {"do": "call", "own": "+1" * 100, "number": "+12025550123"})
    assert len(adapter.phones.calls) == MOST_CALLS
    assert not seen(bridge, user=user)["may_call"]
    assert len(phones(bridge, user)[0].own) == 20


@pytest.mark.parametrize(("deed", "over"), [("answer", ""), ("hang_up", "rejected")])
def test_a_phone_that_we_call_is_answered_or_refuses(
    bridge: Bridge, adapter: Adapter, user: User, deed: str, over: str
) -> None:
    here.run(adapter.dial(Call(leg="one", number="+49305551234", caller_id="+49305550000")))
    here.do(lambda: None)
    (phone,) = phones(bridge, user)
    assert (phone.rings, phone.incoming, phone.own) == (True, True, "+49305551234")
    act(bridge, {"do": "press 1", "leg": "one"})
    act(bridge, {"do": deed, "leg": "one"})
    (phone,) = phones(bridge, user)
    assert (phone.rings, phone.over) == (False, over)


def test_what_a_phone_hears_is_read_and_heard(
    bridge: Bridge, adapter: Adapter, user: User, tmp_path: Path
) -> None:
    music = tmp_path / "signs" / "music.wav"
    sign_write("music", music)
    act(bridge, {"do": "call", "own": "+12025550101", "number": "+12025550123"})
    (phone,) = phones(bridge, user)
    here.run(adapter.play(phone.leg, [Path("de/people_1.wav"), Path("en/welcome.wav")]))
    here.run(adapter.play(phone.leg, [music], loop=True))
    (phone,) = phones(bridge, user)
    assert [one.text for one in phone.heard][1:] == ["Welcome.", "(Music.)"]
    assert phone.heard[2].is_music
    answer = sound(bridge, phone.leg, 2)
    assert answer.content == music.read_bytes()
    here.run(adapter.set_volume(phone.leg, 6))
    assert sound(bridge, phone.leg, 2).content == heard(music.read_bytes(), 6) != answer.content
    assert sound(bridge, phone.leg, 1).status_code == 404
    assert sound(bridge, phone.leg, 9).status_code == 404
    assert sound(bridge, "gone", 0).status_code == 404
