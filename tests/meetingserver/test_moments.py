"""Moments are kept as numbers, and read as days and clocks."""

import pytest
from django.utils import translation
from pytest_django import Settings

from meetingserver.moments import moment_of, written

NOON = 1_800_000_000_000


@pytest.fixture(autouse=True)
def _zone(settings: Settings) -> None:
    settings.TIME_ZONE = "Europe/Berlin"


def test_a_moment_is_one_of_the_servers_zone() -> None:
    assert moment_of(NOON).isoformat() == "2027-01-15T09:00:00+01:00"


def test_it_is_written_in_the_readers_language() -> None:
    assert written(NOON) == "Jan. 15, 2027, 9 a.m."
    with translation.override("de"):
        assert written(NOON) == "15. Januar 2027 09:00"


@pytest.mark.parametrize("never", [None, 0])
def test_what_did_not_happen_is_a_dash(never: int | None) -> None:
    assert written(never) == "–"
