"""A letter's parts put together into the bytes that are stored and sent. Pure: no database, no clock."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from email import policy
from email.message import EmailMessage, MIMEPart
from email.utils import format_datetime

from okno.channels.email import loop
from okno.channels.email.outgoing import headers
from okno.channels.email.rules.file_names import name_for, safe_file_name

_POLICY = policy.SMTP.clone(cte_type="7bit")
_TYPE = re.compile(r"(?!message/|multipart/)[a-z0-9][a-z0-9.+-]{0,60}/[a-z0-9][a-z0-9.+-]{0,60}")


@dataclass(frozen=True)
class File:
    """Bytes that travel with the letter; with a ``content_id`` (no brackets) the HTML shows them as a picture."""

    name: str
    type: str
    content: bytes = field(repr=False)
    content_id: str = ""


@dataclass(frozen=True)
class Composition:
    """All that a letter says. Ids have angle brackets; ``subject`` comes without the token.

    ``is_unasked``: an automatic letter that answers none.
    """

    sender: tuple[str, str]
    recipient: tuple[str, str]
    reply_to: str
    subject: str
    token: str
    header_id: str
    date: datetime
    text: str
    html: str
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    pictures: tuple[File, ...] = ()
    files: tuple[File, ...] = ()
    is_automatic: bool = False
    is_unasked: bool = False


def compose(letter: Composition) -> bytes:
    """The letter with CRLF line ends, 7 bits wide (but for international addresses), lines within RFC 5322.

    An automatic letter says that it is one, so that no other program answers it (RFC 3834).
    """
    return headers.header_block(_fields(letter)) + body_of(letter.text, letter.html, letter.pictures, letter.files)


def _fields(letter: Composition) -> list[tuple[str, str]]:
    fields = [
        ("From", headers.address_field(*letter.sender)),
        ("To", headers.address_field(*letter.recipient)),
        ("Reply-To", headers.address_field(letter.sender[0], letter.reply_to)),
        ("Subject", headers.subject_field(letter.subject, letter.token)),
        ("Date", format_datetime(letter.date)),
        ("Message-ID", letter.header_id),
        ("In-Reply-To", headers.id_field([letter.in_reply_to])),
        ("References", headers.id_field(list(letter.references))),
        (loop.HEADER, loop.mark()),
    ]
    if letter.is_automatic:
        fields += [
            ("Auto-Submitted", "auto-generated" if letter.is_unasked else "auto-replied"),
            ("X-Auto-Response-Suppress", "All"),
            ("Precedence", "bulk"),
        ]
    return [(name, value) for name, value in fields if value]


def body_of(text: str, html: str, pictures: tuple[File, ...] = (), files: tuple[File, ...] = ()) -> bytes:
    """Text and HTML as alternatives, pictures beside the HTML, files behind; with the fields that say so."""
    body = EmailMessage(policy=_POLICY)
    body.set_content(text)
    body.add_alternative(html, subtype="html")
    shown = body.get_body(("html",))
    for number, picture in enumerate(pictures, start=1):
        if isinstance(shown, MIMEPart):
            _add(shown, picture, number)
    for number, file in enumerate(files, start=1):
        _add(body, file, number)
    return body.as_bytes()


def _add(part: MIMEPart, file: File, number: int) -> None:
    kind = file.type.strip().lower()
    kind = kind if _TYPE.fullmatch(kind) else "application/octet-stream"
    main, _slash, sub = kind.partition("/")
    name = re.sub(r'[<>:"|?*;,=]', "_", safe_file_name(file.name)) or name_for(kind, number)
    if file.content_id:
        cid = f"<{file.content_id}>"
        part.add_related(file.content, main, sub, cid=cid, filename=name, disposition="inline")
    else:
        part.add_attachment(file.content, main, sub, filename=name)
