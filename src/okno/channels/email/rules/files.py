"""The files of a letter: safe and distinct entries, with their digests, and which of them the HTML shows."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import unquote

from okno.channels.email.rules.file_names import name_for, safe_file_name
from okno.channels.email.rules.letter import Attachment
from okno.channels.email.rules.limits import Limits
from okno.channels.email.rules.problems import Problems
from okno.channels.email.rules.tnef import TnefFile

_CID = re.compile(r"(?i)\bcid:([^\s\"'<>)]{1,500})")
_CALENDAR_TYPES = ("text/calendar", "application/ics")
_CALENDARS_COMPARED = 50
_TYPE = re.compile(r"[a-z0-9.+_-]{1,60}/[a-z0-9.+_-]{1,120}")


class Files:
    """Collects files in the order of the letter; `finish` gives the attachments."""

    def __init__(self, limits: Limits, problems: Problems) -> None:
        self._limit = limits.attachments
        self._problems = problems
        self._found: list[tuple[TnefFile, bool]] = []

    def add(self, file: TnefFile, *, related: bool = False) -> None:
        """Add one file; `related` when it stands beside the HTML that may show it."""
        if len(self._found) >= self._limit:
            self._problems.add(f"more than {self._limit} files; the rest was not read")
            return
        self._found.append((file, related))

    def finish(self, html: str) -> list[Attachment]:
        """The attachments. Inline are those the HTML names by `cid:` and pictures beside it that have an id."""
        shown = {unquote(found).lower() for found in _CID.findall(html)} if html else set()
        attachments: list[Attachment] = []
        for number, (file, related) in enumerate(self._found, start=1):
            if not self._is_repeated_calendar(number, file):
                attachments.append(self._attachment(file, number, related, shown, has_html=bool(html)))
        return attachments

    def _is_repeated_calendar(self, number: int, file: TnefFile) -> bool:
        """Invitations come twice, as an alternative of the text and as a file: the named one is kept."""
        if file.type not in _CALENDAR_TYPES:
            return False
        twins = [
            place
            for place, (other, _) in enumerate(self._found[:_CALENDARS_COMPARED], start=1)
            if other.type in _CALENDAR_TYPES and other.content == file.content
        ]
        kept = next((place for place in twins if self._found[place - 1][0].name), twins[0] if twins else number)
        return kept != number

    @staticmethod
    def _attachment(file: TnefFile, number: int, related: bool, shown: set[str], *, has_html: bool) -> Attachment:
        kind = file.type.lower() if _TYPE.fullmatch(file.type.lower()) else "application/octet-stream"
        content_id = re.sub(r"[\x00-\x20\x7f\ufffd]", "", file.content_id)[:500]
        is_shown = bool(content_id) and content_id.lower() in shown
        beside = related and has_html and kind.startswith("image/") and bool(content_id)
        return Attachment(
            name=safe_file_name(file.name) or name_for(kind, number),
            type=kind,
            size=len(file.content),
            inline=is_shown or beside,
            sha256=hashlib.sha256(file.content).hexdigest(),
            content=file.content,
            content_id=content_id,
        )
