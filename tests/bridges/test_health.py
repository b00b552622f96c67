"""How a bridge is, as admins see it."""

import pytest

from bridges.health import Sign, health_of
from bridges.models import Bridge
from bridges.services import LEASE_MS, bridge_health

NOW = 1_700_000_000_000


def bridge(**facts: object) -> Bridge:
    return Bridge(**{"key": "sim", "type": "simulator", "label": "Sim", "kept_at": NOW, **facts})


def test_a_bridge_that_works_says_since_when() -> None:
    health = health_of(bridge(works=True, answer="Connected.", checked_at=NOW - 60_000), now=NOW)
    assert (health.sign, health.label, health.answer) == (Sign.WORKS, "Works", "Connected.")
    assert health.since is not None
    assert health.since.timestamp() * 1000 == NOW - 60_000


def test_a_bridge_that_fails_says_why() -> None:
    health = health_of(bridge(works=False, answer="It refuses our password.", checked_at=NOW), now=NOW)
    assert (health.sign, health.answer) == (Sign.FAILS, "It refuses our password.")


@pytest.mark.parametrize(
    ("facts", "sign"),
    [
        ({"enabled": False, "works": True}, Sign.OFF),
        ({"kept_at": NOW - LEASE_MS, "works": True}, Sign.WAITS),
        ({"works": None}, Sign.WAITS),
    ],
)
def test_what_nobody_knows_is_not_called_working(facts: dict[str, object], sign: Sign) -> None:
    health = health_of(bridge(**facts), now=NOW)
    assert health.sign is sign
    assert health.answer
    assert health.since is None


@pytest.mark.django_db
def test_what_stays_as_it_is_keeps_its_moment() -> None:
    row = bridge(works=None)
    row.save()
    for now, answer in ((1, "Refused."), (2, "Refused."), (3, "Nobody there.")):
        bridge_health(key="sim", works=False, answer=answer, now=now)
        row.refresh_from_db()
        assert row.checked_at == (3 if now == 3 else 1)
    bridge_health(key="sim", works=True, answer="Connected.", now=4)
    row.refresh_from_db()
    assert (row.works, row.checked_at) == (True, 4)
