"""Tables as files that spreadsheets open: UTF-8, and what would be taken for a formula is not. PURE."""

import csv
import io
from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_BOM = "\ufeff"


def csv_file(rows: Iterable[Sequence[str]]) -> bytes:
    """RFC 4180, with the mark by which Excel knows UTF-8."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([harmless(cell) for cell in row] for row in rows)
    return (_BOM + text.getvalue()).encode()


def harmless(cell: str) -> str:
    """An apostrophe makes text of what a spreadsheet would calculate (OWASP, CSV injection)."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell
