"""Fetching from every mailbox by IMAP."""

from __future__ import annotations

import threading


def run_fetchers(stop: threading.Event) -> None:
    """Watches the mailboxes until ``stop`` is set."""
    stop.wait()
