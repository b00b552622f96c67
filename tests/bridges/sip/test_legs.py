from bridges.sip.legs import PhoneLeg
from bridges.sip.synthetic import SyntheticLine
from bridges.types import Direction, LegState


def test_who_is_muted_or_holds_us_is_not_heard() -> None:
    leg = PhoneLeg("a", SyntheticLine("line"), Direction.IN, caller="1", dialled="2")
    leg.room, leg.state = "1", LegState.JOINED
    assert leg.is_heard
    leg.held = True
    assert not leg.is_heard
    assert leg.described().state is LegState.HELD
    leg.held, leg.muted = False, True
    assert not leg.is_heard
    assert not PhoneLeg("b", SyntheticLine("line"), Direction.OUT, caller="1", dialled="2").is_answered
