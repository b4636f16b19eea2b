"""Whom a mail server may address here."""

from __future__ import annotations

import threading
import time

from django.conf import settings

from okno.channels.email.models import Mailbox
from okno.channels.email.own_addresses import OwnMailboxes

MAX_AGE = 2.0
"""Seconds after which the mailboxes are read again."""


class Recipients:
    """The mailboxes that take letters, remembered for a moment; asked by several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._read_at = 0.0
        self._mailboxes = OwnMailboxes([])

    def takes(self, address: str) -> bool:
        """Whether a letter for this address is ours to take: never a relay, except that the demo takes all."""
        return settings.DEMO or self._present().active(address) is not None

    def mailbox(self, address: str) -> Mailbox | None:
        """The mailbox that the letter belongs to; in the demo a stranger's letter belongs to the default one."""
        mailboxes = self._present()
        found = mailboxes.active(address)
        return found or (mailboxes.fallback() if settings.DEMO else None)

    def _present(self) -> OwnMailboxes:
        with self._lock:
            if time.monotonic() - self._read_at > MAX_AGE:
                self._mailboxes = OwnMailboxes.read()
                self._read_at = time.monotonic()
            return self._mailboxes
