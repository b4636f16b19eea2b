"""One connection to an IMAP server (RFC 3501), with what differs between servers smoothed over."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from imapclient import DELETED, SEEN, IMAPClient, SocketTimeout

from okno.channels.email.certificates import tls_context
from okno.channels.email.fault_points import fault_point
from okno.channels.email.models import Mailbox
from okno.channels.email.passwords import opened

CONNECT_SECONDS = 15
READ_SECONDS = 60
IDLE_SECONDS = 110
"""A new IDLE is begun, and the folder looked at, before routers on the way (often 5 minutes) lose patience."""


class ServerMistake(Exception):
    """The server's answer lacks what every server must tell."""


@dataclass(frozen=True, slots=True)
class Folder:
    """An open folder: its validity, the UID that the next letter will have, and how many letters it holds."""

    name: str
    uidvalidity: int
    uidnext: int
    count: int


@dataclass(frozen=True, slots=True)
class Envelope:
    """What is asked of a letter before the letter itself: its size in bytes and when it arrived there."""

    uid: int
    size: int
    arrived_at: datetime | None


class Session:
    """A signed-in connection to the server of a mailbox."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._capabilities = {capability.upper() for capability in client.capabilities()}

    def can(self, capability: bytes) -> bool:
        """Whether the server offers this extension."""
        return capability in self._capabilities

    def folders(self) -> list[str]:
        """The names of all folders that can be opened."""
        return [name for flags, _separator, name in self._client.list_folders() if b"\\Noselect" not in flags]

    def open(self, name: str, *, readonly: bool = False) -> Folder:
        """Opens a folder."""
        facts = self._client.select_folder(name, readonly=readonly)
        validity, uidnext = facts.get(b"UIDVALIDITY"), facts.get(b"UIDNEXT")
        if validity is None:
            raise ServerMistake("the server does not tell UIDVALIDITY")
        if uidnext is None:
            uids = self._client.search(["ALL"])
            uidnext = max(uids, default=0) + 1
        return Folder(name, int(validity), int(uidnext), int(facts.get(b"EXISTS", 0)))

    def uids_above(self, uid: int) -> list[int]:
        """The UIDs of all letters above this one, rising; a star alone would always name the last letter."""
        found = self._client.search(["UID", f"{uid + 1}:*"])
        return sorted(each for each in found if each > uid)

    def uids_up_to(self, uid: int, since: date) -> list[int]:
        """The UIDs up to this one of letters that arrived on or after the day (by the server's calendar)."""
        if uid < 1:
            return []
        return sorted(self._client.search(["UID", f"1:{uid}", "SINCE", since]))

    def envelopes(self, uids: Sequence[int]) -> list[Envelope]:
        """Sizes and times of arrival; letters that are gone meanwhile are left out."""
        found: list[Envelope] = []
        for start in range(0, len(uids), 500):
            answer = self._client.fetch(uids[start : start + 500], [b"RFC822.SIZE", b"INTERNALDATE"])
            for uid in sorted(answer):
                size, arrived = answer[uid].get(b"RFC822.SIZE"), answer[uid].get(b"INTERNALDATE")
                if size is not None:
                    found.append(Envelope(uid, int(size), _utc(arrived)))
        return found

    def letters(self, uids: Sequence[int]) -> dict[int, bytes]:
        """The letters themselves, without marking them as read."""
        answer = self._client.fetch(uids, [b"BODY.PEEK[]"])
        return {uid: raw for uid in uids if isinstance(raw := answer.get(uid, {}).get(b"BODY[]"), bytes)}

    def head(self, uid: int) -> bytes:
        """The header of a letter that is too large to be fetched."""
        answer = self._client.fetch([uid], [b"BODY.PEEK[HEADER]"])
        head = answer.get(uid, {}).get(b"BODY[HEADER]")
        return head if isinstance(head, bytes) else b""

    def mark_seen(self, uids: Sequence[int]) -> None:
        """Marks letters as read."""
        self._client.add_flags(uids, [SEEN], silent=True)

    def delete(self, uids: Sequence[int]) -> None:
        """Removes these letters and no other: where the server can only expunge everything that carries the
        mark, nothing is expunged while letters that somebody else marked would go with ours."""
        self._client.add_flags(uids, [DELETED], silent=True)
        fault_point("after_deleted")
        if self.can(b"UIDPLUS"):
            self._client.uid_expunge(uids)
        elif set(self._client.search(["DELETED"])) <= set(uids):
            self._client.expunge()

    def wait(self, seconds: float, stop: threading.Event) -> None:
        """Waits until the server tells of a change in the open folder, the time is over, or ``stop`` is set."""
        if not self.can(b"IDLE"):
            stop.wait(seconds)
            if not stop.is_set():
                self._client.noop()
            return
        self._client.idle()
        try:
            end = time.monotonic() + min(seconds, IDLE_SECONDS)
            while not stop.is_set() and time.monotonic() < end:
                if _tells_of_letters(self._client.idle_check(timeout=1)):
                    break
        finally:
            self._client.idle_done()

    def close(self) -> None:
        """Signs out; a connection that is already broken is simply dropped."""
        try:
            self._client.logout()
        except (OSError, self._client.Error):
            self._client.shutdown()


@contextmanager
def connected(mailbox: Mailbox) -> Iterator[Session]:
    """A session for this mailbox, signed in with its stored password, closed at the end of the block."""
    client = connect(mailbox)
    try:
        client.login(mailbox.imap_user or mailbox.address, opened(mailbox.imap_password))
        session = Session(client)
    except BaseException:
        drop(client)
        raise
    try:
        yield session
    finally:
        session.close()


def connect(mailbox: Mailbox) -> Any:
    """A connection to the server, encrypted as the mailbox says, not signed in yet."""
    security = Mailbox.Security(mailbox.imap_security)
    context = tls_context(mailbox) if security is not Mailbox.Security.NONE else None
    client = IMAPClient(
        mailbox.imap_host,
        port=mailbox.imap_port,
        ssl=security is Mailbox.Security.SSL,
        ssl_context=context,
        timeout=SocketTimeout(CONNECT_SECONDS, READ_SECONDS),
    )
    client.normalise_times = False
    if security is Mailbox.Security.STARTTLS:
        try:
            client.starttls(context)
        except BaseException:
            drop(client)
            raise
    return client


def drop(client: Any) -> None:
    """Closes what is left of a connection; that this fails too must not hide why it is given up."""
    with suppress(OSError):
        client.shutdown()


def _utc(moment: object) -> datetime | None:
    if not isinstance(moment, datetime):
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _tells_of_letters(answers: Iterable[Any]) -> bool:
    return any(
        isinstance(answer, tuple) and len(answer) > 1 and answer[1] in {b"EXISTS", b"RECENT"} for answer in answers
    )
