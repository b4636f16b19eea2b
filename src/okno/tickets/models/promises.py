"""What was promised for a ticket: the columns that the SLA keeps true in the very write that changes a ticket."""

from __future__ import annotations

from typing import Final

from django.db import models


class Promised(models.Model):
    """By when a ticket is to be reacted to and resolved.

    ``sla_rule`` is the id of the rule that decided. ``resolve_by`` is empty while the clock stands, with the
    working seconds that are left in ``resolve_left``; one that a person set (``resolve_by_is_manual``, F51) never
    moves by itself. ``due_at`` is the next deadline that is still to be kept, for lists. ``tell_at`` is when
    there is next something to tell; ``react_told`` and ``resolve_told`` say what was: 0 nothing,
    1 the warning, 2 the breach.
    """

    sla_rule = models.BigIntegerField(null=True)
    react_by = models.DateTimeField(null=True)
    react_warn_at = models.DateTimeField(null=True)
    reacted_at = models.DateTimeField(null=True, help_text="the first answer or change of status (C2)")
    resolve_by = models.DateTimeField(null=True)
    resolve_by_is_manual = models.BooleanField(default=False, db_default=False)
    resolve_warn_at = models.DateTimeField(null=True)
    resolve_left = models.IntegerField(null=True)
    due_at = models.DateTimeField(null=True)
    tell_at = models.DateTimeField(null=True)
    react_told = models.PositiveSmallIntegerField(default=0, db_default=0)
    resolve_told = models.PositiveSmallIntegerField(default=0, db_default=0)

    class Meta:
        abstract = True


PROMISE_COLUMNS: Final = tuple(field.attname for field in Promised._meta.local_concrete_fields)

PROMISE_INDEXES: Final = (
    models.Index(fields=["due_at", "id"], name="ticket_due", condition=models.Q(due_at__isnull=False)),
    models.Index(fields=["tell_at", "id"], name="ticket_tell", condition=models.Q(tell_at__isnull=False)),
)
