"""Periodic jobs of the API; ``config.schedule`` says when."""

from __future__ import annotations

from okno.core import idempotency, logs
from okno.tickets.operations.uploading import forget_waiting

log = logs.get(__name__)


def tidy() -> None:
    """Forgets answers to writes and files without a message that are older than a day."""
    log.info("the API was tidied", answers=idempotency.forget_old(), uploads=forget_waiting())
