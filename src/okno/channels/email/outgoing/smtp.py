"""The transport of letters: each mailbox's SMTP server, with one connection for a whole batch.

A refusal of one letter is that letter's own (4xx is tried again, 5xx is final). A server that cannot be
reached or refuses the login is the mailbox's trouble: nothing is lost, everything waits, and the mailbox
shows the reason.
"""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from okno.channels.email.models import Mailbox, OutgoingLetter
from okno.channels.email.outgoing import servers
from okno.channels.email.outgoing.letters import CHANNEL
from okno.channels.email.outgoing.senders import server_for
from okno.core import clock, files
from okno.core.deliveries import RouteFault, TransportFault, transport
from okno.core.deliveries.transports import Send
from okno.core.models import Delivery

AFTER_REFUSED_LOGIN = timedelta(minutes=15)
"""A wrong password is not tried every minute, lest the server locks the account."""

CLOSING = 421
NEEDS_LOGIN = frozenset({530, 534, 535, 538})


@transport(CHANNEL)
@contextmanager
def sending() -> Iterator[Send]:
    """One batch: connections are opened when first needed and closed at its end."""
    batch = Batch()
    try:
        yield batch.send
    finally:
        batch.close()


class Batch:
    """The open connections of a batch, by the mailbox whose server they lead to."""

    def __init__(self) -> None:
        self._connections: dict[int, smtplib.SMTP] = {}
        self._healthy: set[int] = set()

    def send(self, delivery: Delivery) -> None:
        """Hands one letter to its server. The demo sends nothing anywhere: there it stays in the local outbox."""
        if settings.DEMO:
            return
        letter = OutgoingLetter.objects.select_related("mailbox", "raw").get(delivery=delivery)
        server = server_for(letter.mailbox)
        if server is None:
            text = _("No mailbox has an SMTP server: Settings > Mailboxes")
            raise RouteFault(text, gives_up=False)
        raw = files.read(letter.raw)
        try:
            self._hand_over(server, letter, raw)
        except servers.Refusal as refusal:
            self._refused(server, refusal)
        except (OSError, smtplib.SMTPException) as error:
            self._drop(server)
            raise TransportFault(servers.said(error), permanent=False) from error
        self._works(server)

    def close(self) -> None:
        """Closes every connection."""
        for connection in self._connections.values():
            servers.close(connection)
        self._connections.clear()

    def _hand_over(self, server: Mailbox, letter: OutgoingLetter, raw: bytes) -> None:
        """A connection that was used before may have been closed by the server: then once more on a new one."""
        reused = server.pk in self._connections
        connection = self._connection(server)
        if reused and not _is_alive(connection):
            self._drop(server)
            connection = self._connection(server)
        servers.hand_over(connection, letter.sender, letter.recipient, raw)

    def _connection(self, server: Mailbox) -> smtplib.SMTP:
        known = self._connections.get(server.pk)
        if known is not None:
            return known
        try:
            made = servers.open_connection(server)
        except servers.Unusable as trouble:
            raise self._blocked(server, trouble) from trouble
        self._connections[server.pk] = made
        return made

    def _blocked(self, server: Mailbox, trouble: servers.Unusable) -> RouteFault:
        stages = {
            "connect": _("The mail server cannot be reached. %(why)s"),
            "encrypt": _("The connection to the mail server cannot be encrypted. %(why)s"),
            "login": _("The mail server refuses the login. %(why)s"),
        }
        text = stages[trouble.stage] % {"why": trouble.message}
        _note_trouble(server, text)
        return RouteFault(text, pause=AFTER_REFUSED_LOGIN) if trouble.hard else RouteFault(text)

    def _refused(self, server: Mailbox, refusal: servers.Refusal) -> None:
        if refusal.code == CLOSING:
            self._drop(server)
        if refusal.command == "MAIL FROM" and refusal.code in NEEDS_LOGIN:
            self._drop(server)
            trouble = servers.Unusable("login", str(refusal), hard=True)
            raise self._blocked(server, trouble) from refusal
        raise TransportFault(str(refusal), permanent=refusal.is_permanent) from refusal

    def _drop(self, server: Mailbox) -> None:
        connection = self._connections.pop(server.pk, None)
        if connection is not None:
            servers.close(connection)

    def _works(self, server: Mailbox) -> None:
        if server.pk not in self._healthy:
            self._healthy.add(server.pk)
            Mailbox.objects.filter(pk=server.pk).update(smtp_error="", smtp_success_at=clock.now())


def _is_alive(connection: smtplib.SMTP) -> bool:
    """Whether the server still answers on this connection; it also forgets a letter that it refused."""
    try:
        code, _answer = connection.rset()
    except (OSError, smtplib.SMTPException):
        return False
    return code == 250


def _note_trouble(server: Mailbox, text: str) -> None:
    Mailbox.objects.filter(pk=server.pk).update(smtp_error=text, smtp_error_at=clock.now())
