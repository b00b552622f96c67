"""How much fits."""

from conferences.media.contract import Quality
from conferences.media.estimator import UNLIMITED, Downlink, Uplink, quality

SENDING = 2_000_000


def congested(seconds: int = 5, estimate: int = 600_000) -> Downlink:
    downlink = Downlink()
    for second in range(seconds):
        downlink.estimate_received(estimate)
        downlink.update(SENDING, 100.0 + second)
    return downlink


def test_a_good_network_is_not_limited() -> None:
    downlink = Downlink()
    downlink.estimate_received(3_000_000)
    downlink.loss_reported(0.02)
    downlink.update(SENDING, 100.0)
    assert downlink.budget == UNLIMITED


def test_a_network_that_carries_less_than_is_sent_gets_less() -> None:
    assert congested().budget == 600_000


def test_a_screen_that_has_just_come_is_no_congestion() -> None:
    assert congested(seconds=2).budget == UNLIMITED


def test_heavy_loss_is_congestion() -> None:
    downlink = Downlink()
    for _ in range(10):
        downlink.loss_reported(0.3)
    downlink.update(SENDING, 100.0)
    assert downlink.budget < SENDING


def test_the_budget_comes_back_when_the_network_does() -> None:
    downlink = congested()
    for second in range(60):
        downlink.update(300_000, 110.0 + second)
    assert not downlink.is_limited


def seconds_held(downlink: Downlink, now: float) -> int:
    """How long the budget stays as it is on a network that has recovered."""
    budget = downlink.budget
    downlink.estimate_received(10_000_000)
    for second in range(100):
        downlink.update(300_000, now + second)
        if downlink.budget > budget:
            return second
    raise AssertionError("The budget never came back")


def test_who_fails_again_waits_longer() -> None:
    downlink = congested()
    first = seconds_held(downlink, 106.0)
    downlink.estimate_received(300_000)
    for second in range(4):
        downlink.update(SENDING, 115.0 + second)
    assert seconds_held(downlink, 119.0) > first


def test_a_publisher_may_send_plenty_while_nothing_queues_up() -> None:
    uplink = Uplink()
    for number in range(200):
        now = 100 + number * 0.02
        uplink.received(1, int(now * 262_144) & 0xFFFFFF, 500, now)
    assert uplink.estimate(104.0) == 3_000_000


def test_a_publisher_whose_packets_queue_up_is_told_to_send_less() -> None:
    uplink = Uplink()
    for number in range(400):
        sent = 100 + number * 0.01
        uplink.received(1, int(sent * 262_144) & 0xFFFFFF, 1000, 100 + number * 0.02)
    assert uplink.estimate(108.0) < 800_000


def test_quality_is_what_the_peer_would_say() -> None:
    assert quality(lost=0.0, is_limited=False, silent_for=1) == Quality.GOOD
    assert quality(lost=0.2, is_limited=False, silent_for=1) == Quality.POOR
    assert quality(lost=0.0, is_limited=True, silent_for=1) == Quality.POOR
    assert quality(lost=0.0, is_limited=False, silent_for=10) == Quality.LOST
