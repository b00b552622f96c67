"""The example of docs/integration-billing.md does what it says."""

import re
from pathlib import Path

import pytest
import sqlalchemy as sa

from billing.delivery import target_deliver
from billing.examining import problems_of
from billing.mapping import mapping_parse
from tests.billing.books import Books, billed, meeting_of_three
from tests.house import ROOT

HANDBOOK = (ROOT / "docs" / "integration-billing.md").read_text()


def block(language: str) -> str:
    [found] = re.findall(rf"```{language}\n(.*?)```", HANDBOOK, re.DOTALL)
    return str(found)


@pytest.mark.django_db
def test_the_example_comes_to_the_rows_beside_it(tmp_path: Path) -> None:
    books = Books(f"sqlite:///{tmp_path / 'books.sqlite3'}")
    for statement in block("sql").split(";\n")[:-1]:
        books.run(statement)
    text = block("toml").replace("/var/spool/billing", str(tmp_path))
    targets = mapping_parse(text, lambda _: books.url, name="billing.toml").targets
    records = billed(meeting_of_three(), targets=list(targets))
    for target in targets.values():
        assert list(problems_of(target, records)) == []
        target_deliver(target, now=lambda: 1_800_000_000_000)
    told = re.findall(r"^\| ACME +\|.*$", HANDBOOK, re.MULTILINE)
    columns = "ACCT_NO, CALL_TYPE, BILL_MIN, PHONE_MIN, ANI, DESCR"
    with books.engine.connect() as connection:
        found = connection.execute(sa.text(f"SELECT {columns} FROM CALL_DETAIL ORDER BY DESCR")).all()  # noqa: S608
    assert [[cell.strip() for cell in line.strip("|").split("|")] for line in told] == [
        ["" if value is None else str(value) for value in row] for row in found
    ]
    assert books.count("ROOM_USE") == 1
    assert len((tmp_path / "legs.csv").read_text().splitlines()) == 5
    books.close()


def test_every_word_of_the_file_is_explained() -> None:
    source = (ROOT / "billing" / "mapping.py").read_text()
    classes = "".join(re.findall(r"class _(?:Target|Table)\(.*?\n\n", source, re.DOTALL))
    words = re.findall(r"^    (\w+): ", classes, re.MULTILINE)
    assert len(words) > 12
    missing = [word for word in set(words) - {"table"} if f"`{word}`" not in HANDBOOK]
    assert missing == []
