"""Rules of what is promised, and the jobs that lay a changed rule over the tickets that are there."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models.functions import Now

from okno.calendars.models import WorkSchedule
from okno.core.ordered import Ordered
from okno.people.models import Called


def always() -> dict[str, Any]:
    """The condition that every ticket meets."""
    return {"version": 1, "mode": "all", "parts": []}


class SlaRule(Ordered, Called):
    """What is promised for the tickets that meet the condition; the first rule that fits decides (F58, F59).

    Norms are minutes, none where nothing is promised. No ``schedule`` means the wall clock. A warning comes after
    ``warn_percent`` of a norm, or when ``warn_minutes`` are left of it, or with neither never.
    """

    name = models.CharField(max_length=120)
    condition = models.JSONField(default=always)
    schedule = models.ForeignKey(
        WorkSchedule, null=True, blank=True, on_delete=models.PROTECT, related_name="sla_rules"
    )
    reaction_minutes = models.PositiveIntegerField(null=True, blank=True)
    resolution_minutes = models.PositiveIntegerField(null=True, blank=True)
    warn_percent = models.PositiveSmallIntegerField(default=75, validators=[MaxValueValidator(99)])
    warn_minutes = models.PositiveIntegerField(default=0)

    @property
    def promises_nothing(self) -> bool:
        """Whether tickets under this rule have no deadlines."""
        return self.reaction_minutes is None and self.resolution_minutes is None


class Recomputation(models.Model):
    """Deadlines of open tickets are reckoned anew because ``reason`` changed; its id is the version of the rules.

    ``company`` narrows it to the tickets of one company. ``last_id`` is how far it has come; ``is_quiet`` ones tell
    nothing of what is late already. After the end it looks once more at tickets that were registered meanwhile.
    """

    reason = models.CharField(max_length=40)
    name = models.CharField(max_length=200, default="", help_text="what was changed")
    actor_name = models.CharField(max_length=200, default="")
    company = models.BigIntegerField(null=True)
    is_quiet = models.BooleanField(default=False)
    requested_at = models.DateTimeField(db_default=Now())
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    swept_at = models.DateTimeField(null=True)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    last_id = models.BigIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["id"], name="recomputation_waiting", condition=models.Q(swept_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.reason} {self.name}"

    @property
    def is_running(self) -> bool:
        """Whether tickets still wait for it."""
        return self.finished_at is None
