"""Logs: one line an entry, ``key=value`` facts behind the message; no text of letters and no secrets."""

from __future__ import annotations

import logging
import re

import structlog

_SECRET = re.compile(r"/[A-Za-z0-9_-]{24,}(?=[/?\s'\"]|$)", re.MULTILINE)
"""A long random part of an address: a link that lets its holder do something (T23)."""


class LineFormatter(structlog.stdlib.ProcessorFormatter):
    """Renders both structlog's and the standard library's records in one way, without the secrets of addresses."""

    def __init__(self) -> None:
        shared: list[structlog.types.Processor] = [
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.stdlib.ExtraAdder(),
        ]
        super().__init__(
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.dev.ConsoleRenderer(colors=False, pad_event_to=0),
            ],
            foreign_pre_chain=shared,
        )

    def format(self, record: logging.LogRecord) -> str:
        """The line, whoever wrote it, and its traceback."""
        return _SECRET.sub("/…", super().format(record))


structlog.configure(
    processors=[
        structlog.stdlib.filter_by_level,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)


def get(name: str) -> structlog.stdlib.BoundLogger:
    """The logger of a module."""
    logger: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(name)
    return logger
