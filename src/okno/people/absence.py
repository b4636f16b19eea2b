"""When an employee is absent, and who stands in for him."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q


class Absent(models.Model):
    """The absence of an employee. Without an end it lasts until somebody ends it.

    While it lasts Okno gives him no tickets: the substitute gets them instead, and sees those that he has.
    """

    absent_from = models.DateTimeField(null=True, blank=True)
    absent_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    def is_absent_at(self, moment: datetime) -> bool:
        """Whether he is away at this moment."""
        if self.absent_from is None or self.absent_from > moment:
            return False
        return self.absent_until is None or self.absent_until > moment


def absent_at(moment: datetime) -> Q:
    """The same as a condition on employees."""
    return Q(absent_from__lte=moment) & (Q(absent_until=None) | Q(absent_until__gt=moment))


ABSENT_NOW = "{0}.absent_from <= now() AND ({0}.absent_until IS NULL OR {0}.absent_until > now())"
"""The same in SQL, for the table of this name."""
