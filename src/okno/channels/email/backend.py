"""Django's way of sending mail, led into the queue: what a dependency sends is a delivery like any other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.mail.backends.base import BaseEmailBackend

from okno.channels.email.outgoing.notices import NoMailbox, send_notice
from okno.core import logs

log = logs.get(__name__)


class QueueBackend(BaseEmailBackend):
    """Queues each letter once for each recipient; nothing is sent in the request."""

    def send_messages(self, email_messages: Iterable[Any]) -> int:
        """How many letters were queued. Without a mailbox none can be, which is logged and told to nobody else."""
        queued = 0
        for message in email_messages:
            for address in message.recipients():
                try:
                    send_notice(address, str(message.subject), str(message.body))
                except NoMailbox:
                    log.error("a letter about an account cannot be sent: there is no active mailbox")
                else:
                    queued += 1
        return queued
