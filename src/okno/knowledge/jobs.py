"""Periodic jobs of the knowledge base; ``config.schedule`` says when."""

from __future__ import annotations

from okno.core import logs
from okno.knowledge.operations.files import forget_waiting

log = logs.get(__name__)


def tidy() -> None:
    """Forgets files that no article took within a day."""
    log.info("the knowledge base was tidied", files=forget_waiting())
