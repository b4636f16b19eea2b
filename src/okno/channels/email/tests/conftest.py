"""Fixtures of the mail channel's tests."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from okno.testing import dovecot


@pytest.fixture(scope="session")
def imap_server() -> Iterator[dovecot.Dovecot]:
    """A real IMAP server for the whole run; each test uses a mailbox of its own."""
    dovecot.require()
    folder = Path(tempfile.mkdtemp(prefix="okno-dovecot-"))
    server = dovecot.Dovecot(folder, encrypted=True).start()
    yield server
    server.stop()
    dovecot.clear(folder)


@pytest.fixture(scope="session")
def plain_imap_server() -> Iterator[dovecot.Dovecot]:
    """The same with nothing but what every server has: neither IDLE nor UIDPLUS."""
    dovecot.require()
    folder = Path(tempfile.mkdtemp(prefix="okno-dovecot-"))
    server = dovecot.Dovecot(folder, capability="IMAP4rev1").start()
    yield server
    server.stop()
    dovecot.clear(folder)
