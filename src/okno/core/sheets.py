"""Tables for spreadsheets: no cell is taken for a formula (T19)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import chain

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
BYTE_ORDER = "\ufeff"
"""By which spreadsheets know that a file is UTF-8."""

FORBIDDEN_IN_TITLES = re.compile(r"[\[\]:*?/\\']")
LONGEST_TITLE = 31
LONGEST_CELL = 32_767
"""Characters of one cell, by the format's own limit."""


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


def workbook(title: str, head: Sequence[object], rows: Iterable[Sequence[object]]) -> bytes:
    """The same as a file of Excel: numbers and moments are such, all else is text and never a formula (T19)."""
    content = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "remove_timezone": True,
    }
    with xlsxwriter.Workbook(content, options) as book:
        sheet = book.add_worksheet(FORBIDDEN_IN_TITLES.sub(" ", title)[:LONGEST_TITLE])
        bold, moment = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for column, value in enumerate(head):
            sheet.write_string(0, column, str(value), bold)
            sheet.set_column(column, column, max(12, min(60, len(str(value)) + 4)))
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                _write(sheet, number, column, value, moment)
    return content.getvalue()


def _write(sheet: Worksheet, row: int, column: int, value: object, moment: Format) -> None:
    if value is None or value == "":
        return
    if isinstance(value, datetime):
        sheet.write_datetime(row, column, value, moment)
    elif isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, str(value).replace("\x00", "")[:LONGEST_CELL])
