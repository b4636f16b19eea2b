"""From a letter to the message that it becomes: texts, files, and the raw letter where something was lost."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from okno.channels.email.intake.case import Case
from okno.channels.email.receiving.storing import storable
from okno.channels.email.rules.letter import Attachment
from okno.core import files
from okno.core.models import StoredFile
from okno.tickets.models import Channel
from okno.tickets.operations.messages import NewFile, NewMessage

MOST_MARKUP = 200_000
"""Tags and entities of a letter's HTML; letters of real programs stay far below, newsletters included."""

RAW_NAME = "letter.eml"
RAW_TYPE = "message/rfc822"
_LOST = re.compile(
    r"not read|not decoded|left out|could not be read|damaged|not taken apart|too large|too long|too many|empty"
    r"|does not end|no header|no sender|without a boundary|without a name"
)


def message_of(case: Case, *, is_public: bool = True, is_verified: bool = True) -> NewMessage:
    """The message without its author: what is new in the letter, what it quotes, its files, and why it is here."""
    parsed = case.parsed
    stored = files.store_many([one.content for one in parsed.attachments])
    attached = [_file(one, file) for one, file in zip(parsed.attachments, stored, strict=True)]
    heavy = is_heavy(parsed.html) or is_heavy(parsed.html_quoted)
    if lost := heavy or is_lossy(parsed.problems):
        attached.append(raw_letter(case))
    reason = {**case.reason, "kind": case.kind, "authentication": case.authentication.verdict}
    if parsed.problems:
        reason["problems"] = [storable(problem, 300) for problem in parsed.problems[:20]]
    if lost:
        reason["raw_attached"] = True
    if heavy:
        reason["html_left_out"] = True
    return NewMessage(
        text=clean(parsed.text),
        html="" if heavy else clean(parsed.html),
        quoted_text=clean(parsed.quoted),
        quoted_html="" if heavy else clean(parsed.html_quoted),
        is_public=is_public,
        is_verified=is_verified,
        channel=Channel.EMAIL,
        reason=reason,
        sent_at=parsed.date,
        files=attached,
    )


def with_words(message: NewMessage) -> NewMessage:
    """The message with a word in place of nothing, where an empty one would be refused."""
    if not message.text.strip() and not message.html and not message.files:
        message.text = _("(empty letter)")
    return message


def raw_letter(case: Case) -> NewFile:
    """The letter itself as a file; its bytes are stored already."""
    return NewFile(file=case.letter.raw, name=RAW_NAME, type=RAW_TYPE)


def is_lossy(problems: list[str]) -> bool:
    """Whether something of the letter could not be read, so that only the raw letter has all of it."""
    return any(_LOST.search(problem) for problem in problems)


def is_heavy(html: str) -> bool:
    """Whether HTML has so much markup that reading it would be an attack on the reader (T15)."""
    return html.count("<") + html.count("&") > MOST_MARKUP


def clean(text: str) -> str:
    """Text that the database takes."""
    return storable(text) or ""


def _file(one: Attachment, file: StoredFile) -> NewFile:
    return NewFile(
        file=file,
        name=_short_name(clean(one.name)) or "file",
        type=clean(one.type)[:127],
        is_inline=one.inline,
        content_id=clean(one.content_id)[:255],
    )


def _short_name(name: str) -> str:
    """A file name that fits its column and keeps its ending."""
    if len(name) <= 255:
        return name
    stem, dot, ending = name.rpartition(".")
    return f"{stem[: 254 - len(ending)]}.{ending}" if dot and len(ending) <= 20 else name[:255]
