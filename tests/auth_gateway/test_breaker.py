"""Who fails again and again is left alone for a while."""

from auth_gateway.breaker import FAILURES, OPEN_S, Breaker


def broken(at: float) -> Breaker:
    breaker = Breaker()
    for _ in range(FAILURES):
        breaker.failed(at)
    return breaker


def test_some_failures_are_no_reason() -> None:
    breaker = Breaker()
    for _ in range(FAILURES - 1):
        breaker.failed(100.0)
    assert breaker.passes(100.0)


def test_nothing_passes_for_a_while_and_then_one_tries_for_all() -> None:
    breaker = broken(100.0)
    assert not breaker.passes(100.0 + OPEN_S - 0.1)
    assert breaker.passes(100.0 + OPEN_S)
    assert not breaker.passes(100.0 + OPEN_S + 0.1)


def test_one_success_and_all_pass_again() -> None:
    breaker = broken(100.0)
    breaker.passes(100.0 + OPEN_S)
    breaker.succeeded()
    assert breaker.passes(100.0 + OPEN_S)
