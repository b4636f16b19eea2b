"""What a deadline that somebody sets by hand may be (F51)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from okno.core import clock
from okno.core.faults import Invalid

FARTHEST = timedelta(days=5 * 366)
"""How far ahead a deadline may be set by hand."""


def check_deadline(moment: datetime) -> None:
    """Refuses a moment that is over already or lies farther away than five years."""
    if moment <= clock.now():
        raise Invalid({"resolve_by": [_("Choose a moment that is still to come.")]})
    if moment > clock.now() + FARTHEST:
        raise Invalid({"resolve_by": [_("Choose a moment within five years.")]})
