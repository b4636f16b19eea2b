"""Types, statuses and priorities: the words that every lifecycle shares."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from okno.core.named import Named
from okno.workflow.models.lifecycles import Lifecycle


class TicketType(Named):
    """What kind of work a ticket is, with a lifecycle of its own (F2).

    An internal type is never shown or told to clients (F82).
    """

    icon = models.CharField(max_length=40, default="ticket")
    is_internal = models.BooleanField(default=False)
    is_default = models.BooleanField(default=False)
    lifecycle = models.ForeignKey(Lifecycle, on_delete=models.PROTECT, related_name="types")


class Priority(Named):
    """How urgent a ticket is among others; a higher rank is more urgent (F80)."""

    rank = models.PositiveSmallIntegerField(default=0)
    colour = models.CharField(max_length=20, default="info")
    is_default = models.BooleanField(default=False)

    class Meta(Named.Meta):
        verbose_name = _("Priority")
        verbose_name_plural = _("Priorities")
