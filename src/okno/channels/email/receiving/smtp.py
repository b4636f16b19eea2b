"""SMTP and LMTP reception (RFC 5321, RFC 2033): 250 is said only after the commit.

Only recipients at our own mailboxes are taken, so that this is never a relay; in the demo any recipient
is. Sessions run in one event loop; what waits for the database runs in a few threads.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP
from django.db import close_old_connections, connection

from okno.channels.email.declarations import SIZE_LIMIT
from okno.channels.email.fault_points import fault_point
from okno.channels.email.receiving.recipients import Recipients
from okno.channels.email.receiving.storing import LOCAL_SOCKET, Incoming, store_letters
from okno.channels.email.rules.limits import MEGABYTE
from okno.core import logs

log = logs.get(__name__)
logging.getLogger("mail.log").setLevel(logging.WARNING)  # the library's, which writes every line of a session
THREADS = 4
LONGEST_LINE = 4 * MEGABYTE
"""Real programs write lines far beyond the 998 characters of the standard; refusing them would lose mail."""

LATER = "451 4.3.0 The letter could not be stored; try again later"
NOT_HERE = "550 5.1.1 There is no such mailbox here"
STORED = "250 2.0.0 Stored"


class Reception:
    """What aiosmtpd calls for each command of a session. ``per_recipient`` is the way of LMTP."""

    def __init__(self, pool: ThreadPoolExecutor, source: str, *, per_recipient: bool) -> None:
        self._pool = pool
        self._source = source
        self._per_recipient = per_recipient
        self._recipients = Recipients()

        # The library finds these by their names.
        vars(self).update(handle_RCPT=self.recipient, handle_DATA=self.letter)

    async def recipient(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        """Takes a recipient at one of our mailboxes and nobody else."""
        try:
            known = await self._blocking(partial(self._recipients.takes, address))
        except Exception:
            log.exception("a recipient could not be looked up")
            return "451 4.3.0 Mailboxes cannot be looked up now; try again later"
        if not known:
            return NOT_HERE
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 Recipient is fine"

    async def letter(self, server: Any, session: Any, envelope: Any) -> str:
        """Stores the letter once for each mailbox it is for, and answers when that is committed."""
        recipients = list(envelope.rcpt_tos)
        groups = [[one] for one in recipients] if self._per_recipient else [recipients]
        store = partial(self._store, envelope.content, envelope.mail_from, _host(session.peer))
        answers = [await self._stored(partial(store, group)) for group in groups]
        return "\r\n".join(answers)

    async def _stored(self, store: Callable[[], None]) -> str:
        try:
            await self._blocking(store)
        except Exception:
            log.exception("a letter was not stored; its sender will try again")
            return LATER
        fault_point("before_250")
        return STORED

    def _store(self, raw: bytes, sender: str, peer: str, recipients: Sequence[str]) -> None:
        by_mailbox: dict[int | None, Incoming] = {}
        for address in recipients:
            mailbox = self._recipients.mailbox(address)
            key = mailbox.pk if mailbox else None
            before = by_mailbox[key].envelope_to if key in by_mailbox else ()
            by_mailbox[key] = Incoming(
                raw=raw,
                source=self._source,
                mailbox=mailbox,
                envelope_from="" if sender == "<>" else sender.lower(),
                envelope_to=[*before, address.lower()],
                peer=peer,
            )
        store_letters(list(by_mailbox.values()))

    async def _blocking[T](self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._pool, partial(_with_database, work))


def _with_database[T](work: Callable[[], T]) -> T:
    """Runs the work with a database connection that is known to live; a broken one is replaced."""
    close_old_connections()
    return work()


def _close_database(every_thread: threading.Barrier) -> None:
    """Ends this thread's connection; threads wait for each other so that each of them comes by."""
    every_thread.wait(10)
    connection.close()


def _host(peer: object) -> str:
    """The address of the other side; at a socket file it has none."""
    return str(peer[0]) if isinstance(peer, tuple) and peer else LOCAL_SOCKET


_KINDS: dict[str, Any] = {
    "smtp": type("PatientSmtp", (SMTP,), {"line_length_limit": LONGEST_LINE}),
    "lmtp": type("PatientLmtp", (LMTP,), {"line_length_limit": LONGEST_LINE}),
}


class Listeners:
    """The open ports. ``start`` returns when they listen; ``stop`` lets sessions end and closes the database."""

    def __init__(self, *, smtp: str = "", lmtp: str = "") -> None:
        self._wanted = {"smtp": smtp, "lmtp": lmtp}
        self._loop = asyncio.new_event_loop()
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="okno-smtp")
        self._thread = threading.Thread(target=self._run, name="okno-smtp", daemon=True)
        self._servers: list[asyncio.Server] = []
        self.ports: dict[str, int] = {}

    def start(self) -> None:
        """Opens the ports; a port that cannot be had raises ``OSError`` here and not later."""
        self._thread.start()
        limit = SIZE_LIMIT() * MEGABYTE
        for source, place in self._wanted.items():
            if place:
                asyncio.run_coroutine_threadsafe(self._open(source, place, limit), self._loop).result(30)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()

    async def _open(self, source: str, place: str, limit: int) -> None:
        reception = Reception(self._pool, source, per_recipient=source == "lmtp")
        make = partial(
            _KINDS[source],
            reception,
            data_size_limit=limit,
            enable_SMTPUTF8=True,
            ident="Okno",
            hostname="okno",
            loop=self._loop,
        )
        if place.startswith("unix:"):
            server: asyncio.Server = await self._loop.create_unix_server(make, place.removeprefix("unix:"))
        else:
            host, _colon, port = place.rpartition(":")
            server = await self._loop.create_server(make, host.strip("[]") or "127.0.0.1", int(port))
            self.ports[source] = server.sockets[0].getsockname()[1]
        self._servers.append(server)

    def stop(self) -> None:
        """Takes no more letters; what was being stored is finished first."""
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(30)
        every_thread = threading.Barrier(THREADS)
        for _thread in range(THREADS):
            self._pool.submit(_close_database, every_thread)
        self._pool.shutdown(wait=True)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    async def _close(self) -> None:
        for server in self._servers:
            server.close()
            server.close_clients()


def run_listeners(stop: threading.Event, *, smtp: str = "127.0.0.1:2525", lmtp: str = "") -> None:
    """Listens until ``stop`` is set. Places are ``host:port`` or ``unix:/path``; an empty one is not opened."""
    listeners = Listeners(smtp=smtp, lmtp=lmtp)
    listeners.start()
    log.info("listening for letters", **{name: str(port) for name, port in listeners.ports.items()})
    try:
        stop.wait()
    finally:
        listeners.stop()
