from auth_gateway.throttle import Limit, throttle_check, throttle_check_all, throttle_forget

NOON = 1_795_312_800.0
MINUTE = 60


def tries(count: int, now: float, *, key: str = "mallory", limit: int = 3) -> list[bool]:
    return [throttle_check(key, limit, MINUTE, now) for _ in range(count)]


def test_some_tries_are_free_and_then_no_more() -> None:
    assert tries(5, NOON) == [True, True, True, False, False]


def test_somebody_else_is_not_affected() -> None:
    tries(5, NOON)
    assert tries(1, NOON, key="bob") == [True]


def test_after_two_windows_everything_is_forgotten() -> None:
    tries(3, NOON)
    assert tries(3, NOON + 2 * MINUTE) == [True, True, True]


def test_the_edge_of_a_window_is_no_way_round() -> None:
    tries(3, NOON + MINUTE - 1)
    assert tries(2, NOON + MINUTE + 1) == [False, False]


def test_earlier_tries_fade_slowly() -> None:
    tries(3, NOON)
    assert tries(2, NOON + MINUTE + 45) == [True, True]


def test_who_goes_on_trying_stays_throttled() -> None:
    tries(50, NOON)
    assert tries(1, NOON + MINUTE + 45) == [False]


def test_a_success_forgets_the_failures() -> None:
    tries(3, NOON)
    throttle_forget("mallory", MINUTE, NOON)
    assert tries(1, NOON) == [True]


def test_every_limit_counts_also_when_one_refuses() -> None:
    caller, account = Limit("caller", 1, MINUTE), Limit("account", 2, MINUTE)
    assert throttle_check_all([caller, account], NOON)
    assert not throttle_check_all([caller, account], NOON)
    assert not throttle_check_all([account], NOON)
