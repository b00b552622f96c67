"""What a customer's people may use."""

from auth_gateway.limits import NO_LIMITS, limits_of_user
from auth_gateway.models import Account, User


def test_without_a_customer_there_are_no_limits(alice: User) -> None:
    assert limits_of_user(alice) == NO_LIMITS


def test_a_customer_of_whom_we_know_nothing_has_none(alice: User) -> None:
    alice.account = "ACME"
    assert limits_of_user(alice).ports == 0
    assert limits_of_user(alice).allows("record")


def test_a_customer_has_limits(alice: User) -> None:
    Account.objects.create(
        code="ACME", ports=10, ports_per_conference=5, recording_minutes=60, may_record=False
    )
    alice.account = "ACME"
    limits = limits_of_user(alice)
    assert (limits.account, limits.ports, limits.ports_per_conference) == ("ACME", 10, 5)
    assert (limits.recording_minutes, limits.denied) == (60, frozenset({"record"}))


def test_what_the_sign_in_service_says_goes_before(alice: User) -> None:
    Account.objects.create(code="ACME", ports_per_conference=5, may_record=False)
    alice.account, alice.max_participants = "ACME", 50
    alice.features = {"record": True, "dial_out": False, "fireworks": True}
    limits = limits_of_user(alice)
    assert limits.ports_per_conference == 50
    assert limits.allows("record")
    assert not limits.allows("dial_out")
