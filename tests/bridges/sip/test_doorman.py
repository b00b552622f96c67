from bridges.sip.doorman import BURST, BURST_OF_CALLER, REMEMBERED, Doorman


def test_one_caller_is_slowed_down_and_the_others_are_not() -> None:
    doorman = Doorman(0.0)
    admitted = sum(doorman.admits("mallory", 0.0) for _ in range(100))
    assert admitted == BURST_OF_CALLER
    assert doorman.admits("alice", 0.0)
    assert doorman.admits("mallory", 10.0)


def test_all_together_are_slowed_down() -> None:
    doorman = Doorman(0.0)
    assert sum(doorman.admits(str(number), 0.0) for number in range(200)) == BURST


def test_callers_are_forgotten() -> None:
    doorman = Doorman(0.0)
    for number in range(2 * REMEMBERED):
        doorman.admits(str(number), number * 1.0)
    assert doorman.admits("0", 2.0 * REMEMBERED)
