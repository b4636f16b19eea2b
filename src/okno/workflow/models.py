"""Types, statuses and priorities: what a ticket may be and become."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from okno.workflow.rules import State


class Named(models.Model):
    """A row with a name in each language, a fixed code for programs, and a place in the order."""

    code = models.SlugField(max_length=40, unique=True)
    names = models.JSONField(default=dict, help_text="language -> name")
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        abstract = True
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language of the reader, else in English, else the code."""
        return self.name_in(get_language() or "en")

    def name_in(self, language: str) -> str:
        """The name in a given language."""
        names: dict[str, str] = self.names
        return names.get(language.split("-", maxsplit=1)[0]) or names.get("en") or self.code


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
