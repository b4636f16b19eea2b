"""Checks of mailboxes, of received letters and of what leaves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from okno.channels.email.models import Letter, Mailbox
from okno.config.command.checkup.finding import Finding, notice, ok, problem
from okno.core import clock
from okno.core.models import Delivery

STUCK = timedelta(minutes=5)
SILENT = timedelta(hours=1)


def mailboxes() -> Iterator[Finding]:
    """Every active mailbox can be read, and letters leave."""
    active = list(Mailbox.objects.filter(is_active=True))
    if not active:
        yield notice(
            "mailboxes", "There is no mailbox: nobody can write to you.", "Add one under Manage, Mailboxes."
        )
    for mailbox in active:
        yield from _mailbox(mailbox)
    if active and not any(mailbox.is_default for mailbox in active):
        yield notice(
            "mailboxes",
            "No mailbox is the one from which letters leave when nothing else is known.",
            "Mark one under Manage, Mailboxes.",
        )


def _mailbox(mailbox: Mailbox) -> Iterator[Finding]:
    name = f"mailbox:{mailbox.address}"
    healthy = True
    if mailbox.imap_host and _failing(mailbox):
        healthy = False
        yield problem(
            name,
            f"{mailbox.address} cannot be read: {mailbox.last_error}",
            f"Check server, user and password of {mailbox.imap_host} under Manage, Mailboxes.",
        )
    if mailbox.smtp_error:
        healthy = False
        yield problem(
            name,
            f"Letters from {mailbox.address} do not leave: {mailbox.smtp_error}",
            f"Check server, user and password of {mailbox.smtp_host} under Manage, Mailboxes.",
        )
    if healthy:
        yield ok(name, f"{mailbox.address} works.")


def _failing(mailbox: Mailbox) -> bool:
    """Whether the last error is newer than the last success, and lasts."""
    if not mailbox.last_error or mailbox.last_error_at is None:
        return False
    return mailbox.last_success_at is None or mailbox.last_error_at > mailbox.last_success_at


def letters() -> Iterator[Finding]:
    """Received letters became messages."""
    failed = Letter.objects.filter(state=Letter.State.FAILED).count()
    late = Letter.objects.filter(state=Letter.State.STORED, received_at__lt=clock.now() - STUCK).count()
    if failed:
        yield problem(
            "letters",
            f"{failed} letters could not be taken in.",
            "Look at them under Manage, Letters, and try again.",
        )
    if late:
        yield problem("letters", f"{late} letters have waited for more than five minutes.", "Is a worker running?")
    if not failed and not late:
        yield ok("letters", "No letter waits for attention.")


def deliveries() -> Iterator[Finding]:
    """What was to leave has left."""
    failed = Delivery.objects.filter(state=Delivery.State.FAILED).count()
    late = Delivery.objects.filter(state=Delivery.State.QUEUED, created_at__lt=clock.now() - SILENT).count()
    if failed:
        yield problem(
            "deliveries",
            f"{failed} letters could not be sent.",
            "Look at them under Manage, Deliveries: each says why, and can be sent again.",
        )
    if late:
        yield problem(
            "deliveries",
            f"{late} letters have waited to leave for more than an hour.",
            "See their last error there.",
        )
    if not failed and not late:
        yield ok("deliveries", "Everything that was to leave has left.")


CHECKS = [mailboxes, letters, deliveries]
