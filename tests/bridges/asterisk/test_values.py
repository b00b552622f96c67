"""What goes into Asterisk's lines is safe, and what comes out is understood."""

from uuid import uuid4

import pytest

from bridges.asterisk.values import (
    cause_of,
    is_own_channel,
    known,
    leg_of,
)
from bridges.types import EndCause


def test_a_call_has_the_same_name_whenever_we_look() -> None:
    assert leg_of("pbx", "1795330768.15") == leg_of("pbx", "1795330768.15")
    assert leg_of("pbx", "1795330768.15") != leg_of("other", "1795330768.15")


def test_a_call_that_we_placed_is_called_as_we_called_it() -> None:
    for leg in (str(uuid4()), uuid4().hex):
        assert leg_of("pbx", leg) == leg


def test_our_own_channels_are_no_callers() -> None:
    assert is_own_channel("pbx_media_0")
    assert not is_own_channel(str(uuid4()))


@pytest.mark.parametrize(
    ("q850", "answered", "cause"),
    [
        (16, True, EndCause.NORMAL),
        (17, False, EndCause.BUSY),
        (21, False, EndCause.REJECTED),
        (0, False, EndCause.NO_ANSWER),
        (0, True, EndCause.NORMAL),
        (127, True, EndCause.NORMAL),
        (127, False, EndCause.ERROR),
        (99, True, EndCause.ERROR),
    ],
)
def test_causes_are_those_of_the_telephone_network(q850: int, answered: bool, cause: EndCause) -> None:
    assert cause_of(q850, answered=answered) == cause


def test_what_asterisk_does_not_know_is_empty() -> None:
    assert [known(text) for text in ("<unknown>", "anonymous", "+4930")] == ["", "", "+4930"]
