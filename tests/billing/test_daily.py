"""A day's use, by customer."""

import datetime as dt
from zoneinfo import ZoneInfo

from billing.daily import Stay, Stored, bounds, by_day, usage_of

DAY = dt.date(2026, 11, 23)
BEGIN, END = bounds(DAY, dt.UTC)
MINUTE = 60_000


def stay(account: str, type: str, joined: int, left: int, *, conference: str = "c", absent: int = 0) -> Stay:
    """In minutes of the day."""
    return Stay(
        conference, account, type, BEGIN + joined * MINUTE, BEGIN + left * MINUTE, absent_ms=absent * MINUTE
    )


def test_customers_have_their_own_peaks_and_minutes() -> None:
    used = usage_of(
        DAY,
        [
            stay("ACME", "web", 0, 60),
            stay("ACME", "dialin", 30, 40),
            stay("ACME", "dialout", 50, 70, conference="d"),
            stay("Other", "web", 0, 10),
        ],
        zone=dt.UTC,
    )
    acme = used["ACME"]
    assert set(used) == {"ACME", "Other"}
    assert (acme["day"], acme["conferences"], acme["legs"]) == ("2026-11-23", 2, 3)
    assert (acme["peak_ports"], acme["peak_web"], acme["peak_phone"]) == (2, 1, 1)
    assert [acme[f"port_minutes_{type}"] for type in ("web", "dialin", "dialout")] == [60, 10, 20]


def test_a_stay_over_midnight_counts_on_both_days() -> None:
    long = [stay("ACME", "web", 23 * 60, 25 * 60, absent=30)]
    today = usage_of(DAY, long, zone=dt.UTC)["ACME"]
    tomorrow = usage_of(DAY + dt.timedelta(days=1), long, zone=dt.UTC)["ACME"]
    assert (today["port_minutes_web"], tomorrow["port_minutes_web"]) == (60, 30)


def test_all_that_is_stored_adds_up() -> None:
    stored = Stored(subscriber="alice", account="", recording_bytes=1, document_bytes=20, chat_file_bytes=300)
    assert stored.bytes == 321


def test_who_was_not_there_used_nothing() -> None:
    assert usage_of(DAY, [stay("ACME", "web", -60, 0), stay("ACME", "web", 1440, 1500)], zone=dt.UTC) == {}


def test_stays_are_found_by_the_days_they_touch() -> None:
    long, short = stay("ACME", "web", 23 * 60, 25 * 60), stay("ACME", "web", 1, 2)
    assert by_day([long, short], zone=dt.UTC) == {DAY: [long, short], DAY + dt.timedelta(days=1): [long]}


def test_days_are_as_long_as_clocks_say() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    lengths = [end - begin for begin, end in (bounds(dt.date(2026, 10, 25), berlin), bounds(DAY, berlin))]
    assert lengths == [25 * 60 * MINUTE, 24 * 60 * MINUTE]
