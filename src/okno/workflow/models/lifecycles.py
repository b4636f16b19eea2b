"""Statuses, and the lifecycles in which they follow each other."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from okno.core.named import Named
from okno.people.models import Role
from okno.workflow.rules import Comment, State


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


class Lifecycle(Named):
    """The way of a ticket from its registration to its end, for the types that have it (F1, F2).

    ``reopen_days`` is how long the client may take up a closed ticket again; a later letter begins a new, linked
    one, and none at all means that closed is final. Employees always may (C1, F185, W15).
    """

    reopen_days = models.PositiveSmallIntegerField(default=7)
    version = models.UUIDField(default=uuid4, help_text="another after every change")


class LifecycleStatus(models.Model):
    """A status in a lifecycle, and when a ticket leaves it by itself.

    ``hours`` after it was entered, by the wall clock, a ticket goes on to ``then``; the ticket and the letter
    say so beforehand, in the words of ``warning`` or in ours. A postponed status has no hours: it ends at the
    moment that was chosen. ``is_held``: a ticket is in it only while its processing window is open (F171).
    """

    lifecycle = models.ForeignKey(Lifecycle, on_delete=models.CASCADE, related_name="places")
    status = models.ForeignKey(Status, on_delete=models.PROTECT, related_name="places")
    position = models.PositiveSmallIntegerField(default=0)
    is_initial = models.BooleanField(default=False)
    is_held = models.BooleanField(default=False)
    hours = models.PositiveIntegerField(null=True, blank=True)
    then = models.ForeignKey(Status, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    warning = models.JSONField(default=dict, blank=True, help_text="language -> words; empty: ours")

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["lifecycle", "status"], name="lifecycle_status_once"),
            models.UniqueConstraint(
                fields=["lifecycle"], condition=models.Q(is_initial=True), name="lifecycle_one_initial"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.status_id} of {self.lifecycle_id}"


class Transition(models.Model):
    """A way from one status to another: who may go it, and what must be said or filled in on the way.

    No ``roles`` means every employee who may change statuses. ``required`` are facts of the ticket that may not
    be empty afterwards. ``names`` is what the button says; empty: the name of the status.
    """

    lifecycle = models.ForeignKey(Lifecycle, on_delete=models.CASCADE, related_name="transitions")
    before = models.ForeignKey(Status, on_delete=models.PROTECT, related_name="+")
    after = models.ForeignKey(Status, on_delete=models.PROTECT, related_name="+")
    names = models.JSONField(default=dict, blank=True, help_text="language -> name")
    position = models.PositiveSmallIntegerField(default=0)
    by_agents = models.BooleanField(default=True)
    roles = models.ManyToManyField(Role, blank=True, related_name="+")
    by_client = models.BooleanField(default=False)
    comment = models.CharField(
        max_length=8, choices=[(c.value, c.value) for c in Comment], default=Comment.NONE.value
    )
    comment_is_public = models.BooleanField(default=False)
    required = ArrayField(models.CharField(max_length=20), default=list, blank=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["lifecycle", "before", "after"], name="transition_once"),
        ]

    def __str__(self) -> str:
        return f"{self.before_id} -> {self.after_id} of {self.lifecycle_id}"
