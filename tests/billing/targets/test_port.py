"""What keeps a parcel from arriving."""

from billing.targets.port import Held, Refused, Undelivered


def test_a_reason_goes_with_it() -> None:
    assert issubclass(Held, Undelivered)
    assert issubclass(Refused, Undelivered)
    assert Refused("too long").reason == str(Refused("too long")) == "too long"
