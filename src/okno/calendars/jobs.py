"""Periodic work on schedules."""

from __future__ import annotations

from okno.calendars.operations.holidays import extend_holidays


def extend() -> int:
    """Holidays of years that have come near are written down."""
    return extend_holidays()
