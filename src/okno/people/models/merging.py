"""Cards that were merged, and what moved with them."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from okno.core import clock

UNDO = timedelta(days=30)
"""For so long a merge can be undone (W7)."""


class Merge(models.Model):
    """A duplicate became a part of another card, and can be taken out of it again for thirty days.

    The duplicate's row stays, hidden; what stood at it points to the survivor. ``moved`` says which rows these
    are (``tickets.Ticket.contact`` -> ids), ``positions`` at which place some of them stood, ``facts`` what the
    survivor said before and afterwards, ``account`` what became of the duplicate's account.
    """

    class Kind(models.TextChoices):
        COMPANY = "company", _("company")
        CONTACT = "contact", _("contact")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    survivor = models.BigIntegerField()
    duplicate = models.BigIntegerField()
    moved = models.JSONField(default=dict)
    positions = models.JSONField(default=dict)
    facts = models.JSONField(default=dict)
    account = models.JSONField(default=dict)
    was_active = models.BooleanField(default=True)
    merged_by = models.CharField(max_length=200)
    merged_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "survivor"], name="merge_survivor")]

    def __str__(self) -> str:
        return f"{self.kind} {self.duplicate} in {self.survivor}"

    @property
    def can_be_undone(self) -> bool:
        """Whether there is still a way back."""
        return self.undone_at is None and clock.now() - self.merged_at <= UNDO
