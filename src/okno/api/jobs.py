"""Periodic jobs of the API; ``config.schedule`` says when."""

from __future__ import annotations

from okno.core import idempotency, logs
from okno.fields.operations.files import forget_waiting as forget_waiting_values
from okno.tickets.operations.uploading import forget_waiting

log = logs.get(__name__)


def tidy() -> None:
    """Forgets answers to writes and files without a message that are older than a day."""
    uploads = forget_waiting() + forget_waiting_values()
    log.info("the API was tidied", answers=idempotency.forget_old(), uploads=uploads)
