"""Dates of letters: RFC 5322 and the broken ones seen in practice, always to UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
LATEST_AHEAD = timedelta(days=366)
_MAX_LENGTH = 200
_COMMENT = re.compile(r"\([^()]*\)")
_NUMERIC = re.compile(
    r"(?P<a>\d{1,4})[./-](?P<b>\d{1,2})[./-](?P<c>\d{1,4})[T ,]+(?P<h>\d{1,2})[:.](?P<m>\d{2})(?:[:.](?P<s>\d{2}))?"
    r"(?:[.,]\d{1,9})?\s*(?P<zone>Z|UTC|GMT|(?:UTC|GMT)?[+-]\d{1,2}:?\d{0,2})?"
)
_GMT_OFFSET = re.compile(r"\b(?:GMT|UTC)\s*([+-])(\d{1,2}):?(\d{2})?\b")
_COLON_OFFSET = re.compile(r"([+-]\d{2}):(\d{2})\s*$")
_ZONES = {
    "MSK": "+0300",
    "EET": "+0200",
    "EEST": "+0300",
    "CET": "+0100",
    "CEST": "+0200",
    "BST": "+0100",
    "WET": "+0000",
}
_ZONE_NAME = re.compile(r"\b(" + "|".join(_ZONES) + r")\b")
_MONTHS = {
    "янв": "Jan", "фев": "Feb", "мар": "Mar", "апр": "Apr", "май": "May", "мая": "May", "июн": "Jun", "июл": "Jul",
    "авг": "Aug", "сен": "Sep", "окт": "Oct", "ноя": "Nov", "дек": "Dec", "sty": "Jan", "lut": "Feb", "kwi": "Apr",
    "maj": "May", "cze": "Jun", "lip": "Jul", "sie": "Aug", "wrz": "Sep", "paź": "Oct", "lis": "Nov", "gru": "Dec",
    "mai": "May", "okt": "Oct", "dez": "Dec", "mär": "Mar",
}  # fmt: skip
_WORD_MONTH = re.compile(r"(?<=\d )(" + "|".join(_MONTHS) + r")[^\W\d_]*\.?", re.IGNORECASE)


def parse_date(text: str, now: datetime | None = None) -> tuple[datetime | None, str | None]:
    """The moment in UTC and what was wrong with it; an absurd or unreadable date gives None and a problem.

    Absurd is before 1990 and more than a year ahead of now.
    """
    text = text.strip()
    if not text:
        return None, None
    moment = _read(text[:_MAX_LENGTH])
    if moment is None:
        return None, "the date cannot be read"
    if not EARLIEST <= moment <= (now or datetime.now(UTC)) + LATEST_AHEAD:
        return None, "the date is absurd"
    return moment, None


def _read(text: str) -> datetime | None:
    text = _COMMENT.sub(" ", text).strip()
    numeric = _NUMERIC.search(text)
    if numeric:
        return _read_numeric(numeric)
    text = _GMT_OFFSET.sub(lambda found: f"{found[1]}{int(found[2]):02}{found[3] or '00'}", text)
    text = _COLON_OFFSET.sub(r"\1\2", text)
    text = _ZONE_NAME.sub(lambda found: _ZONES[found[1]], text)
    text = _WORD_MONTH.sub(lambda found: _MONTHS[found[1].lower()], text)
    try:
        fields = parsedate_tz(text)
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    if fields is None:
        return None
    return _moment(fields[:6], fields[9] or 0)


def _read_numeric(found: re.Match[str]) -> datetime | None:
    first, second, third = int(found["a"]), int(found["b"]), int(found["c"])
    if len(found["a"]) == 4:
        year, month, day = first, second, third
    elif len(found["c"]) == 4:
        year, month, day = third, second, first
        if month > 12:
            month, day = day, month
    else:
        return None
    clock = (int(found["h"]), int(found["m"]), int(found["s"] or 0))
    return _moment((year, month, day, *clock), _offset(found["zone"] or ""))


def _offset(zone: str) -> int:
    match = re.fullmatch(r"(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})?", zone)
    if match is None:
        return 0
    seconds = int(match[2]) * 3600 + int(match[3] or 0) * 60
    return -seconds if match[1] == "-" else seconds


def _moment(fields: tuple[int, ...], offset: int) -> datetime | None:
    year, month, day, hour, minute, second = fields[:6]
    try:
        zone = timezone(timedelta(seconds=offset)) if abs(offset) < 86_400 else UTC
        return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
