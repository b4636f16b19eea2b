"""Watching one mailbox: connect, take what is there, wait for more, and come back after every failure."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import close_old_connections, connection
from imapclient.exceptions import IMAPClientError

from okno.channels.email.models import Mailbox
from okno.channels.email.receiving.folders import FolderReader
from okno.channels.email.receiving.imap import ServerMistake, Session, connected
from okno.core import clock, logs
from okno.core.direct import parameters
from okno.core.secrets import SecretUnreadable

log = logs.get(__name__)
LOCK_CLASS = 0x0B0C
COMPARE_SECONDS = 600.0
POLL_SECONDS = 30.0
SHORTEST_PAUSE = 2.0
LONGEST_PAUSE = 300.0
EXPECTED = (OSError, IMAPClientError, ServerMistake, SecretUnreadable)
"""What a mail server or the network may do at any time: recorded at the mailbox, tried again."""


class MailboxWatcher:
    """The thread of one mailbox. Of all processes that watch it, one fetches and the others wait for its end."""

    def __init__(self, mailbox: Mailbox, stop: threading.Event) -> None:
        self._mailbox = mailbox
        self._stop = stop
        self._compared_at = 0.0

    def run(self) -> None:
        """Watches until stopped; after failures in a row the pauses grow."""
        pause = SHORTEST_PAUSE
        while not self._stop.is_set():
            started = time.monotonic()
            try:
                close_old_connections()
                with only_fetcher(self._mailbox) as held:
                    if held is not None:
                        self._watch(held)
            except EXPECTED as error:
                failed(self._mailbox, error)
                pause = (
                    SHORTEST_PAUSE if time.monotonic() - started > LONGEST_PAUSE else min(pause * 2, LONGEST_PAUSE)
                )
            except Exception as error:  # whatever it was, the mailbox must be watched again
                log.exception("watching a mailbox fell", mailbox=self._mailbox.address)
                failed(self._mailbox, error)
                pause = min(pause * 2, LONGEST_PAUSE)
            self._stop.wait(pause)
        connection.close()

    def _watch(self, held: psycopg.Connection) -> None:
        with connected(self._mailbox) as session:
            while not self._stop.is_set():
                held.execute("SELECT 1")
                is_due = time.monotonic() - self._compared_at > COMPARE_SECONDS or not self._compared_at
                take_mailbox(session, self._mailbox, compare=is_due)
                if is_due:
                    self._compared_at = time.monotonic()
                connection.close_if_unusable_or_obsolete()
                self._wait(session)

    def _wait(self, session: Session) -> None:
        """On one folder the server tells of new letters; several are looked at in turn."""
        folders = folders_of(self._mailbox)
        if len(folders) > 1:
            session.open(folders[0], readonly=True)
        waits_long = len(folders) == 1 and session.can(b"IDLE")
        session.wait(COMPARE_SECONDS if waits_long else POLL_SECONDS, self._stop)


def folders_of(mailbox: Mailbox) -> list[str]:
    """The folders to read; without a choice the inbox."""
    return list(mailbox.folders) or ["INBOX"]


def take_mailbox(session: Session, mailbox: Mailbox, *, compare: bool) -> int:
    """Takes what is new in every folder of the mailbox; returns how many letters were stored."""
    taken = 0
    problems: list[str] = []
    for name in folders_of(mailbox):
        folder = session.open(name, readonly=mailbox.after_import == "leave")
        reader = FolderReader(session, mailbox, folder)
        taken += reader.take(compare=compare)
        problems += reader.problems
    succeeded(mailbox, "; ".join(problems[:5]))
    return taken


def succeeded(mailbox: Mailbox, remark: str = "") -> None:
    """Remembers that the mailbox was read, and what was odd about it."""
    moment = clock.now()
    Mailbox.objects.filter(pk=mailbox.pk).update(
        last_success_at=moment, last_error=remark, last_error_at=moment if remark else None
    )


def failed(mailbox: Mailbox, error: BaseException) -> None:
    """Remembers why the mailbox could not be read."""
    words = f"{type(error).__name__}: {error}"[:1000]
    log.warning("a mailbox could not be read", mailbox=mailbox.address, error=words)
    try:
        Mailbox.objects.filter(pk=mailbox.pk).update(last_error=words, last_error_at=clock.now())
    except Exception:
        connection.close()


@contextmanager
def only_fetcher(mailbox: Mailbox) -> Iterator[psycopg.Connection | None]:
    """The right to fetch from the mailbox: held by one connection over all processes, gone with it."""
    with psycopg.connect(**parameters(), autocommit=True) as held:
        row = held.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK_CLASS, mailbox.pk]).fetchone()
        yield held if row and row[0] else None
