"""Tables for spreadsheets: no cell is taken for a formula (T19)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from itertools import chain

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
BYTE_ORDER = "\ufeff"
"""By which spreadsheets know that a file is UTF-8."""


def safe_cell(value: object) -> str:
    """The text of a cell; what a spreadsheet would run as a formula begins with an apostrophe. Numbers stay."""
    text = "" if value is None else str(value).replace("\x00", "")
    return f"'{text}" if text.startswith(DANGEROUS) and not NUMBER.fullmatch(text) else text


def csv_lines(head: Sequence[object], rows: Iterable[Sequence[object]]) -> Iterable[str]:
    """The file in pieces, a row each."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    yield BYTE_ORDER
    for row in chain([head], rows):
        writer.writerow([safe_cell(value) for value in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
