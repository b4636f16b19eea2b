"""From the bytes of a CSV or XLSX file to its headings and rows of text: pure."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice

from charset_normalizer import from_bytes
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from okno.core.faults import Invalid

LARGEST = 20 * 1024 * 1024
LARGEST_UNPACKED = 200 * 1024 * 1024
MOST_ROWS = 200_000
MOST_COLUMNS = 200
LONGEST_CELL = 10_000
DELIMITERS = ",;\t|"
ZIP = b"PK\x03\x04"


@dataclass(frozen=True)
class Sheet:
    """A table: its headings, and rows with the line of the file where each stands; empty rows are left out."""

    headings: list[str]
    rows: list[tuple[int, list[str]]]


def read_sheet(content: bytes) -> Sheet:
    """The first table of the file. Raises ``Invalid`` at ``file`` for what is no CSV or XLSX, or too large."""
    if len(content) > LARGEST:
        raise _refused(_("A file of more than %(limit)d MB cannot be read.") % {"limit": LARGEST // 1024**2})
    if not content.strip():
        raise _refused(_("The file is empty."))
    lines = _of_workbook(content) if content.startswith(ZIP) else _of_text(content)
    filled = [(number, row) for number, row in lines if any(row)]
    if len(filled) < 2:
        raise _refused(_("The file needs a line of headings and at least one line below it."))
    (_first, headings), *rows = filled
    if len(rows) > MOST_ROWS:
        raise _refused(_("A file of more than %(limit)d lines is to be divided.") % {"limit": MOST_ROWS})
    width = max(len(headings), *(len(row) for _number, row in rows))
    if width > MOST_COLUMNS:
        raise _refused(_("The file has more than %(limit)d columns.") % {"limit": MOST_COLUMNS})
    padded = [*headings, *("" for _each in range(width - len(headings)))]
    return Sheet(padded, [(number, [*row, *("" for _each in range(width - len(row)))]) for number, row in rows])


def _of_text(content: bytes) -> list[tuple[int, list[str]]]:
    text = _decoded(content)
    csv.field_size_limit(LARGEST)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        return [(reader.line_num, [_plain(cell) for cell in row]) for row in islice(reader, MOST_ROWS + 2)]
    except csv.Error as error:
        raise _refused(_("Line %(line)d cannot be read.") % {"line": reader.line_num}) from error


def _decoded(content: bytes) -> str:
    """As UTF-8, else in the charset that fits best: spreadsheets of Windows still write their own."""
    if b"\x00" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _refused(_("This is neither a CSV nor an XLSX file."))
    for encoding in ("utf-8-sig", "utf-16") if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig",):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    best = from_bytes(content[:200_000], cp_isolation=["cp1251", "cp1250", "cp1252"]).best()
    return content.decode(best.encoding if best else "cp1252", errors="replace")


def _delimiter(text: str) -> str:
    """The character that divides the headings most often; a quoted heading may hold others."""
    head = text[:20_000].split("\n", 1)[0]
    outside = "".join(head.split('"')[::2])
    return max(DELIMITERS, key=outside.count)


def _of_workbook(content: bytes) -> list[tuple[int, list[str]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(each.file_size for each in archive.infolist()) > LARGEST_UNPACKED:
                raise _refused(_("The file is too large when it is unpacked."))
        book = CalamineWorkbook.from_object(io.BytesIO(content))
        sheet = book.get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False)
    except (CalamineError, zipfile.BadZipFile, OSError, IndexError, ValueError) as error:
        raise _refused(
            _("This file cannot be read as a workbook. Save it as XLSX or CSV and try again.")
        ) from error
    return [(number, [_plain(_text(cell)) for cell in row]) for number, row in enumerate(rows, start=1)]


def _text(cell: object) -> str:
    """A cell as somebody would write it: whole numbers without a fraction, dates by ISO 8601."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time.min else cell.isoformat(" ", "minutes")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, bool):
        return "1" if cell else "0"
    return "" if cell is None else str(cell)


def _plain(cell: str) -> str:
    """The text without what cannot be stored, and without the apostrophe that our own exports set (T19)."""
    text = cell.replace("\x00", "").strip()[:LONGEST_CELL]
    return text[1:] if len(text) > 1 and text[0] == "'" and text[1] in "=+-@\t\r" else text


def _refused(message: str) -> Invalid:
    return Invalid({"file": [message]})


def sample_of(sheet: Sheet, most: int = 5) -> list[Sequence[str]]:
    """The first rows, cut for a page."""
    return [[cell[:80] for cell in row] for _line, row in sheet.rows[:most]]
