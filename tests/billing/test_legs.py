"""How long somebody was there."""

from billing.legs import Leg
from conferences.core.words import Role


def test_who_waits_is_connected_and_not_present() -> None:
    leg = Leg(
        id="l", type="web", participant="bob", person="bob", display_name="Bob", role=Role.GUEST,
        joined_at=1000, left_at=61_000, waited_ms=20_500, outage_ms=10_000,
    )  # fmt: skip
    assert (leg.duration_s, leg.present_s) == (50, 30)
