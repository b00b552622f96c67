from dataclasses import dataclass

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auth_gateway import seats
from auth_gateway.seats import Seat, SeatRefused, seat_read, seat_sign

KEY = b"only the server knows"
NOW = 1_795_331_000_000
BOBS = Seat(room=7, participant="p1", name="Bob", account="", entitled=False, issued_at=NOW)


@dataclass(frozen=True)
class Forgery:
    """A token whose content is signed with the right key all the same."""

    content: bytes

    def token(self) -> str:
        signed = f"1.{seats._to_text(self.content)}"  # noqa: SLF001 - as the server itself would sign
        return f"{signed}.{seats._signature(signed, KEY)}"  # noqa: SLF001


def refusal(token: str, *, key: bytes = KEY, now: int = NOW) -> str:
    with pytest.raises(SeatRefused) as refused:
        seat_read(token, key, now)
    return refused.value.code


def test_a_seat_comes_back_as_it_was_signed() -> None:
    assert seat_read(seat_sign(BOBS, KEY), KEY, NOW) == BOBS


@given(
    st.builds(
        Seat,
        name=st.text(max_size=80),
        participant=st.text(min_size=1, max_size=64),
        account=st.text(max_size=150),
        room=st.integers(1, 2**63 - 1),
        issued_at=st.just(NOW),
    )
)
def test_every_seat_comes_back(seat: Seat) -> None:
    try:
        token = seat_sign(seat, KEY)
    except UnicodeEncodeError:
        return
    if len(token) <= seats.TOKEN_LENGTH:
        assert seat_read(token, KEY, NOW) == seat


def test_a_token_survives_a_link_as_it_is() -> None:
    assert seats.TOKEN_SHAPE.fullmatch(seat_sign(BOBS, KEY))


def test_the_longest_names_of_the_world_fit() -> None:
    longest = Seat(
        room=2**63 - 1,
        participant="p" * 64,
        name="م" * 80,
        account="م" * 150,
        entitled=True,
        issued_at=NOW,
        tenant="م" * 64,
        billing_code="م" * 64,
    )
    assert seat_read(seat_sign(longest, KEY), KEY, NOW) == longest


def test_a_seat_signed_with_another_key_is_forged() -> None:
    assert refusal(seat_sign(BOBS, b"somebody else's")) == "forged"


def test_a_guest_cannot_entitle_herself() -> None:
    own = seat_sign(BOBS, KEY)
    better = Forgery(msgspec.json.encode(msgspec.structs.replace(BOBS, entitled=True))).token()
    assert refusal(f"{better.rpartition('.')[0]}.{own.rpartition('.')[2]}") == "forged"


def test_every_single_changed_character_is_noticed() -> None:
    token = seat_sign(BOBS, KEY)
    for place in range(len(token) - 1):
        changed = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        assert refusal(changed) in {"forged", "malformed"}


def test_a_seat_is_good_for_a_day_and_no_longer() -> None:
    token = seat_sign(BOBS, KEY)
    assert seat_read(token, KEY, NOW + seats.SEAT_LIFETIME_MS) == BOBS
    assert refusal(token, now=NOW + seats.SEAT_LIFETIME_MS + 1) == "expired"


def test_a_seat_from_the_future_is_refused_but_clocks_may_differ_a_little() -> None:
    token = seat_sign(BOBS, KEY)
    assert seat_read(token, KEY, NOW - seats.CLOCK_DIFFERENCE_MS) == BOBS
    assert refusal(token, now=NOW - seats.CLOCK_DIFFERENCE_MS - 1) == "expired"


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]", b"\xff", b'{"room": "seven"}', b'{"room": 1, "extra": 1}']
)
def test_signed_nonsense_is_malformed(content: bytes) -> None:
    assert refusal(Forgery(content).token()) == "malformed"


@pytest.mark.parametrize(
    "token", ["", ".", "..", "1..", "2.a." + "A" * 43, "é", "1." + "A" * 5000 + "." + "A" * 43]
)
def test_nonsense_is_malformed(token: str) -> None:
    assert refusal(token) == "malformed"


@given(st.text(max_size=300))
def test_whatever_is_sent_is_refused_and_nothing_else_happens(token: str) -> None:
    assert refusal(token) in {"malformed", "forged"}
