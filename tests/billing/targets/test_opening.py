"""What opens which address."""

from pathlib import Path

import pytest

from billing.targets.csv_files import CsvPort
from billing.targets.opening import port_of
from billing.targets.sql import SqlPort
from billing.targets.webhook import WebhookPort
from tests.billing.books import Books


@pytest.mark.parametrize(
    ("url", "kind"),
    [("sqlite:///FOLDER/x", SqlPort), ("mysql://h/d", SqlPort)],
)
def test_databases_are_opened_as_such(url: str, kind: type, tmp_path: Path) -> None:
    port = port_of(Books(url.replace("FOLDER", str(tmp_path))).target())
    assert isinstance(port, kind)
    port.close()


def test_the_beginning_of_an_address_decides(tmp_path: Path) -> None:
    from billing.mapping import mapping_parse
    from tests.billing.targets.test_csv_files import TEXT as FILES
    from tests.billing.targets.test_webhook import target_at

    files = mapping_parse(FILES.replace("FOLDER", str(tmp_path)), lambda _: "", name="x").targets["files"]
    assert isinstance(port_of(files), CsvPort)
    assert isinstance(port_of(target_at("https://books.example")), WebhookPort)
