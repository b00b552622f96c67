from bridges.sip.stack import Pressed
from bridges.sip.synthetic import SyntheticLine


def test_digits_are_not_shown_for_they_may_be_a_pin() -> None:
    assert "7" not in repr(Pressed(SyntheticLine("line"), "7"))
