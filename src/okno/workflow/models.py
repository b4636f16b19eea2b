"""Types, statuses and priorities: what a ticket may be and become."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from okno.core.named import Named
from okno.workflow.rules import State


class TicketType(Named):
    """What kind of work a ticket is; an internal type is never shown or told to clients (F82)."""

    icon = models.CharField(max_length=40, default="ticket")
    is_internal = models.BooleanField(default=False)
    is_default = models.BooleanField(default=False)


class Status(Named):
    """A status and the state it stands for; what the clock and the lists ask is the state (F32, F42)."""

    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in State])
    colour = models.CharField(max_length=20, default="primary")
    is_default = models.BooleanField(default=False, help_text="the one taken when only the state is asked for")
    pauses_clock = models.BooleanField(default=False)
    counts_in_workload = models.BooleanField(default=True)

    class Meta(Named.Meta):
        verbose_name = _("Status")
        verbose_name_plural = _("Statuses")


class Priority(Named):
    """How urgent a ticket is among others; a higher rank is more urgent (F80)."""

    rank = models.PositiveSmallIntegerField(default=0)
    colour = models.CharField(max_length=20, default="info")
    is_default = models.BooleanField(default=False)

    class Meta(Named.Meta):
        verbose_name = _("Priority")
        verbose_name_plural = _("Priorities")
