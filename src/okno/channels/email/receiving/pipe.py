"""A letter from a pipe: ``okno mail pipe < letter.eml``, for mail servers that deliver to a program."""

from __future__ import annotations

import sys

from okno.channels.email.models import Letter
from okno.channels.email.own_addresses import OwnMailboxes
from okno.channels.email.receiving.storing import store_letter
from okno.core import logs

log = logs.get(__name__)
EX_TEMPFAIL = 75
"""What a mail server takes for "try again later" (sysexits)."""


def receive_pipe(content: bytes, recipient: str | None = None) -> Letter:
    """Stores the letter that came through the pipe; ``recipient`` is the address it was delivered to."""
    mailboxes = OwnMailboxes.read()
    mailbox = mailboxes.find(recipient) if recipient else mailboxes.fallback()
    return store_letter(
        content, source="pipe", mailbox=mailbox, envelope_to=[recipient.strip().lower()] if recipient else []
    )


def pipe_command(recipient: str | None = None) -> int:
    """What the command does with its standard input: 0 only after the commit, else 75, "try again later"."""
    try:
        receive_pipe(sys.stdin.buffer.read(), recipient)
    except Exception as error:  # whatever it was, the letter is not ours yet, and the mail server must keep it
        log.exception("a letter from the pipe was not stored", error=str(error))
        return EX_TEMPFAIL
    return 0
