"""Records as files."""

import csv
import datetime as dt
import io

import pytest

from auth_gateway.models import User
from billing.models import Record
from billing.selectors import conferences_held
from billing.services import records_keep
from billing.tables import conferences_csv, records_csv
from tests.billing.recorded import conference, recording

pytestmark = pytest.mark.django_db


def rows(file: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"))))


def test_records_of_all_kinds_stand_in_one_table() -> None:
    records_keep([conference("one", web=5), recording("r")], targets=[])
    by_kind = {row["kind"]: row for row in rows(records_csv(Record.objects.all()))}
    assert by_kind["conference"]["port_minutes_web"] == "5"
    assert by_kind["recording"]["port_minutes_web"] == ""
    assert by_kind["conference"]["account"] == "ACME"
    assert by_kind["conference"]["billing_code"] == "'=PO-77", "no spreadsheet calculates it"


def test_a_month_is_a_table_of_its_meetings(alice: User) -> None:
    records_keep([conference("one", web=5, dialin=2, recorded_s=61)], targets=[])
    [row] = rows(conferences_csv(conferences_held(alice, dt.date(2023, 11, 1))))
    assert (row["Room"], row["People"], row["Minutes by web"]) == ("Archery", "2", "5")
    assert (row["Minutes by phone"], row["Minutes recorded"]) == ("2", "2")
