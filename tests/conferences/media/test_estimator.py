"""How much fits."""

import statistics
from itertools import pairwise

import pytest

from conferences.media.contract import Quality, View
from conferences.media.estimator import Downlink, Uplink, quality
from tests.conferences.media.link import CAMERA, Call, Link

SENDING = 2_000_000
WIDE = 20_000_000
SINGLE = (1_500_000,)


def receiver(*estimates: int, sending: int = SENDING, lost: float = 0.0) -> Downlink:
    """Who reported these estimates, one a second, and lost such a fraction of the packets."""
    downlink = Downlink()
    for second, estimate in enumerate(estimates):
        downlink.estimate_received(estimate, 100.0 + second)
        downlink.packets_reported(200, 200 * lost)
        downlink.update(sending, 100.0 + second)
    return downlink


def test_a_network_that_carries_less_than_is_sent_gets_less() -> None:
    assert receiver(*[600_000] * 4).budget == 600_000


def test_a_low_estimate_is_no_congestion_while_it_grows() -> None:
    assert not receiver(*range(300_000, 900_000, 30_000)).is_limited


def test_a_low_estimate_of_long_ago_is_none() -> None:
    downlink = receiver(300_000)
    for second in range(20):
        downlink.update(SENDING, 105.0 + second)
    assert not downlink.is_limited


def test_a_screen_that_has_just_come_is_no_congestion() -> None:
    assert not receiver(*[600_000] * 3).is_limited


def test_a_tenth_of_the_packets_may_be_lost() -> None:
    assert not receiver(*[3_000_000] * 30, lost=0.09).is_limited
    assert receiver(*[3_000_000] * 30, lost=0.15).is_limited


def test_one_bad_second_is_no_congestion() -> None:
    downlink = Downlink()
    for second in range(20):
        downlink.packets_reported(200, 200 if second % 5 == 0 else 0)
        downlink.update(SENDING, 100.0 + second)
    assert not downlink.is_limited


@pytest.mark.parametrize("queue", [0.1, 0.5, 2.0])
@pytest.mark.parametrize(
    ("capacity", "people", "pictures", "fits"),
    [
        (300_000, 1, 1, 120_000),
        (300_000, 4, 2, 240_000),
        (1_000_000, 1, 1, 450_000),
        (1_000_000, 4, 4, 810_000),
    ],
)
def test_what_is_sent_comes_to_fit_the_link(
    capacity: int, people: int, pictures: int, fits: int, queue: float
) -> None:
    call = Call(Link(capacity, queue), *[CAMERA] * people).run(20).run(60)
    assert call.least >= pictures
    assert statistics.median(call.sent) == pytest.approx(fits, rel=0.1)
    assert statistics.mean(lost > 0.02 for lost in call.lost) < 0.25


@pytest.mark.parametrize("queue", [0.1, 0.5, 2.0])
def test_of_too_many_single_layers_those_are_seen_that_fit(queue: float) -> None:
    call = Call(Link(5_000_000, queue), *[SINGLE] * 4).run(20).run(60)
    assert call.least >= 2
    assert statistics.median(call.sent) == pytest.approx(4_500_000, rel=0.1)
    assert statistics.mean(lost > 0.02 for lost in call.lost) < 0.25


@pytest.mark.parametrize("loss", [0.02, 0.05, 0.07])
def test_random_loss_on_a_wide_link_costs_no_picture_and_no_layer(loss: float) -> None:
    call = Call(Link(WIDE, loss=loss), CAMERA, view=View(pinned=("peer0",), large=1)).run(120)
    assert min(call.sent) > 1_000_000


@pytest.mark.parametrize("busy", [0.3, 0.6, 0.9])
def test_a_busy_machine_keeps_the_last_picture(busy: float) -> None:
    assert Call(Link(WIDE, loss=0.04, busy=busy), SINGLE).run(120).least == 1


def test_everything_is_back_soon_after_an_outage() -> None:
    call = Call(Link(WIDE), *[CAMERA] * 4).run(20)
    call.link.is_down = True
    call.run(10)
    call.link.is_down = False
    call.run(2).run(20)
    assert min(call.sent) > 1_700_000


def test_everything_is_back_soon_after_a_narrow_time() -> None:
    call = Call(Link(WIDE), *[CAMERA] * 4).run(20)
    call.link.capacity = 300_000
    call.run(5)
    assert call.sent[-1] < 300_000
    call.link.capacity = WIDE
    call.run(10).run(20)
    assert min(call.sent) > 1_700_000


def test_a_small_picture_stays_however_much_is_lost_by_chance() -> None:
    assert Call(Link(WIDE, loss=0.2), CAMERA).run(120).least == 1


def test_a_picture_far_too_large_gives_way_to_sound_and_is_tried_again() -> None:
    call = Call(Link(300_000), SINGLE).run(120)
    tried = [now > 0 and before == 0 for before, now in pairwise(call.sent)]
    assert call.least == 0
    assert 2 <= sum(tried) <= 6


def test_who_fails_again_waits_longer() -> None:
    call = Call(Link(1_000_000), CAMERA).run(100)
    tries = [second for second, (before, now) in enumerate(pairwise(call.sent)) if now > 2 * before]
    waits = [later - earlier for earlier, later in pairwise(tries)]
    assert waits[0] < 10 < waits[-1] < 30


def test_a_publisher_may_send_plenty_while_nothing_queues_up() -> None:
    uplink = Uplink()
    for number in range(200):
        now = 100 + number * 0.02
        uplink.received(1, int(now * 262_144) & 0xFFFFFF, 500, now)
    assert uplink.estimate(104.0) == 5_000_000


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
