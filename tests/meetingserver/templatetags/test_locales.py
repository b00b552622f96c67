import datetime as dt

import pytest
from django.utils import timezone, translation

from meetingserver.templatetags.locales import full_day, full_moment, listed, month, number, time_of_day

MOMENT = dt.datetime(2026, 11, 3, 15, 5, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "November 3, 2026, 4:05\u202fPM"),
        ("de", "3. November 2026, 16:05"),
        ("pl", "3 listopada 2026 16:05"),
        ("ar", "3 نوفمبر 2026، 4:05 م"),
        ("ar-xb", "3 نوفمبر 2026، 4:05 م"),
        ("ja", "2026年11月3日 16:05"),
        ("zh-hans", "2026年11月3日 16:05"),
    ],
)
def test_a_moment_is_written_in_the_zone_and_language_of_the_reader(language: str, written: str) -> None:
    with translation.override(language), timezone.override("Europe/Berlin"):
        assert full_moment(MOMENT).replace("\xa0", " ") == written


def test_days_months_and_clocks_are_written_as_in_the_language() -> None:
    with translation.override("it"), timezone.override("Europe/Rome"):
        assert full_day(MOMENT.date()) == "3 novembre 2026"
        assert month(MOMENT.date()) == "novembre 2026"
        assert time_of_day(MOMENT) == "16:05"


def test_lists_and_numbers_are_written_as_in_the_language() -> None:
    with translation.override("en"):
        assert listed(["A", "B", "C"]) == "A, B, and C"
        assert number(12345) == "12,345"
    with translation.override("de"):
        assert listed(["A", "B", "C"]) == "A, B und C"
        assert number(12345) == "12.345"
    with translation.override("ja"):
        assert listed(["A", "B", "C"]) == "A、B、C"
