"""Fetching from every mailbox by IMAP: one watching thread each, started and ended as the settings change."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from django.db import close_old_connections, connection

from okno.channels.email.models import Mailbox
from okno.channels.email.receiving.imap import connected
from okno.channels.email.receiving.watching import MailboxWatcher, only_fetcher, take_mailbox

LOOK_SECONDS = 5.0
FACTS = (
    "pk", "imap_host", "imap_port", "imap_security", "imap_user", "imap_password", "folders", "after_import",
    "trusted_relay",
)  # fmt: skip
"""What a watcher was started with; when one of these changes it is started anew."""


@dataclass(frozen=True)
class _Watch:
    facts: tuple[object, ...]
    stop: threading.Event
    thread: threading.Thread


def watched() -> list[Mailbox]:
    """The mailboxes that are fetched from."""
    return list(Mailbox.objects.filter(is_active=True).exclude(imap_host=""))


def fetch_once(mailbox: Mailbox) -> int:
    """Takes what is in the mailbox now and returns how many letters that were; raises what the server says.

    While another process watches the mailbox nothing is left to do, and none are returned.
    """
    with only_fetcher(mailbox) as held:
        if held is None:
            return 0
        with connected(mailbox) as session:
            return take_mailbox(session, mailbox, compare=True)


def run_fetchers(stop: threading.Event) -> None:
    """Watches all mailboxes until ``stop`` is set."""
    watches: dict[int, _Watch] = {}
    try:
        while not stop.is_set():
            close_old_connections()
            _adjust(watches)
            stop.wait(LOOK_SECONDS)
    finally:
        for watch in watches.values():
            watch.stop.set()
        for watch in watches.values():
            watch.thread.join(3)
        connection.close()


def _adjust(watches: dict[int, _Watch]) -> None:
    """Starts and ends watchers so that they are those of the settings."""
    wanted = {mailbox.pk: mailbox for mailbox in watched()}
    for pk, watch in list(watches.items()):
        facts = _facts(wanted[pk]) if pk in wanted else None
        if facts != watch.facts or not watch.thread.is_alive():
            watch.stop.set()
            del watches[pk]
    for pk, mailbox in wanted.items():
        if pk not in watches:
            watches[pk] = _start(mailbox)


def _start(mailbox: Mailbox) -> _Watch:
    stop = threading.Event()
    watcher = MailboxWatcher(mailbox, stop)
    thread = threading.Thread(target=watcher.run, name=f"mailbox {mailbox.address}", daemon=True)
    thread.start()
    return _Watch(_facts(mailbox), stop, thread)


def _facts(mailbox: Mailbox) -> tuple[object, ...]:
    values = (getattr(mailbox, name) for name in FACTS)
    return tuple(tuple(value) if isinstance(value, list) else value for value in values)
