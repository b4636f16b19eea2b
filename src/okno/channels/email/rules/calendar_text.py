"""An invitation (text/calendar, RFC 5545) in a few lines a person can read."""

from __future__ import annotations

import re

_FOLD = re.compile(r"\r?\n[ \t]")
_EVENT = re.compile(r"^BEGIN:VEVENT[ \t]*$", re.IGNORECASE | re.MULTILINE)
_MOMENT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})\d{0,2}(Z)?)?")
_ESCAPED = re.compile(r"\\([nN,;\\])")
_CONTENT_LINE = re.compile(r'\A([A-Za-z-]{1,60})((?:[^":]++|"[^"]*+")*+):(.*)')
_SHOWN = ("SUMMARY", "DTSTART", "DTEND", "LOCATION", "ORGANIZER")
_MAX_LENGTH = 200_000
_MAX_LINES = 2000


def calendar_method(text: str) -> str:
    """The METHOD of a calendar in capital letters (REQUEST, REPLY, CANCEL, ...), or an empty string."""
    found = re.search(r"^METHOD:([A-Za-z]{1,20})[ \t]*\r?$", text[:_MAX_LENGTH], re.MULTILINE)
    return found.group(1).upper() if found else ""


def calendar_summary(text: str) -> str:
    """Title, time, place and organiser of the first event, one a line; empty when there is no event."""
    flat = _FOLD.sub("", text[:_MAX_LENGTH]).replace("\r", "")
    start = _EVENT.search(flat)
    if start is None:
        return ""
    values: dict[str, str] = {}
    for line in flat[start.end() :].split("\n", _MAX_LINES)[:_MAX_LINES]:
        if line.upper().startswith("END:VEVENT"):
            break
        name, value = _property(line)
        if name in _SHOWN:
            values.setdefault(name, value)
    begins, ends = _moment(values.get("DTSTART", "")), _moment(values.get("DTEND", ""))
    lines = [
        values.get("SUMMARY", ""),
        " – ".join(part for part in (begins, ends) if part),
        values.get("LOCATION", ""),
        values.get("ORGANIZER", ""),
    ]
    return "\n".join(line for line in lines if line)


def _property(line: str) -> tuple[str, str]:
    """Name and readable value of one content line; a colon inside quoted parameters does not end them."""
    found = _CONTENT_LINE.fullmatch(line)
    if found is None:
        return "", ""
    name, parameters, value = found.groups()
    value = _ESCAPED.sub(lambda found: " " if found[1] in "nN" else found[1], value).strip()
    if name.upper() == "ORGANIZER":
        common_name = re.search(r'CN=(?:"([^"]*)"|([^;:"]*))', parameters, re.IGNORECASE)
        address = re.sub(r"(?i)^mailto:", "", value)
        shown = (common_name[1] or common_name[2] or "").strip() if common_name else ""
        value = f"{shown} <{address}>" if shown and shown != address else address
    return name.upper(), value


def _moment(value: str) -> str:
    found = _MOMENT.match(value)
    if found is None:
        return ""
    year, month, day, hour, minute, utc = found.groups()
    clock = f" {hour}:{minute}" if hour else ""
    return f"{year}-{month}-{day}{clock}{' UTC' if utc else ''}"
