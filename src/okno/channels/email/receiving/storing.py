"""Storing a raw letter: its bytes are durable and its row is committed before anybody is told that we have it."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from okno.channels.email.fault_points import fault_point
from okno.channels.email.models import Letter, Mailbox
from okno.channels.email.rules.identifiers import first_message_id
from okno.core import clock, files
from okno.core.inserting import insert
from okno.core.models import StoredFile
from okno.core.notify import wake

HEAD = 64 * 1024
LOCAL_SOCKET = "local socket"
"""Stands for the address of a server that hands letters over through a socket file of this machine."""

_ID = re.compile(rb"(?im)^message-id[ \t]*:[ \t]*(?:\r?\n[ \t]+)*([^\r\n]{1,1000})")
_END = re.compile(rb"\r?\n\r?\n")


@dataclass(frozen=True, slots=True)
class Incoming:
    """A raw letter and how it came. ``refused`` is why it will not be processed: it is kept as a failed one."""

    raw: bytes
    source: str
    source_key: str = ""
    mailbox: Mailbox | None = None
    envelope_from: str | None = None
    envelope_to: Sequence[str] = ()
    peer: str = ""
    refused: str = ""


def store_letter(
    raw: bytes,
    *,
    source: str,
    source_key: str = "",
    mailbox: Mailbox | None = None,
    envelope_from: str | None = None,
    envelope_to: Sequence[str] = (),
    peer: str = "",
) -> Letter:
    """Stores and commits one letter; the same ``source_key`` again gives the letter that is already there.

    Without a key the letter gets one of its own. Raises what the storage or the database raises: then the
    letter is not ours and the caller must not acknowledge it.
    """
    incoming = Incoming(raw, source, source_key, mailbox, envelope_from, envelope_to, peer)
    return store_letters([incoming])[0]


def store_letters(incoming: Sequence[Incoming]) -> list[Letter]:
    """Stores several letters in one transaction, all or none; those that are there already are found."""
    for _attempt in range(3):
        try:
            with transaction.atomic():
                return _store(incoming)
        except IntegrityError:  # somebody stored one of them at the same moment: it is found in the next round
            continue
    with transaction.atomic():
        return _store(incoming)


def _store(incoming: Sequence[Incoming]) -> list[Letter]:
    keys = [each.source_key for each in incoming if each.source_key]
    known = {letter.source_key: letter for letter in Letter.objects.filter(source_key__in=keys)} if keys else {}
    new = list({each.source_key or id(each): each for each in incoming if each.source_key not in known}.values())
    raws = files.store_many([each.raw for each in new])
    rows = {id(each): _row(each, raw) for each, raw in zip(new, raws, strict=True)}
    known |= {row.source_key: row for row in rows.values()}
    letters = [rows[id(each)] if id(each) in rows else known[each.source_key] for each in incoming]
    fresh = list(rows.values())
    fault_point("after_file")
    if fresh:
        insert(*fresh)
        wake("letters")
    fault_point("after_stored")
    return letters


def _row(incoming: Incoming, raw: StoredFile) -> Letter:
    """The row of a letter, not yet written; its bytes are already on the disk."""
    return Letter(
        source=incoming.source,
        source_key=incoming.source_key or f"{incoming.source}:{secrets.token_hex(16)}",
        mailbox=incoming.mailbox,
        envelope_from=storable(incoming.envelope_from, 320),
        envelope_to=[storable(address, 320) or "" for address in incoming.envelope_to],
        peer=incoming.peer[:64],
        raw=raw,
        size=len(incoming.raw),
        received_at=clock.now(),
        header_id=header_id(incoming.raw),
        state=Letter.State.FAILED if incoming.refused else Letter.State.STORED,
        last_error=incoming.refused,
        outcome={"failed": "refused", "detail": incoming.refused} if incoming.refused else {},
    )


def header_id(raw: bytes) -> str:
    """The Message-ID at a first look, so that an answer that overtakes its letter can wait for it."""
    head = raw[:HEAD]
    end = _END.search(head)
    match = _ID.search(head, 0, end.start() if end else len(head))
    found = first_message_id(match.group(1).decode("utf-8", "replace")) if match else None
    return storable(found, 998) or ""


def storable(text: str | None, limit: int | None = None) -> str | None:
    """Text without what the database refuses (NUL, lone surrogates), cut to the length of its column."""
    if text is None:
        return None
    clean = text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")
    return clean[:limit]
