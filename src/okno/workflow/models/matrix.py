"""Impact and urgency, and the priority that they make together (F211)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from okno.core.named import Named
from okno.workflow.models.catalogue import Priority


class Impact(Named):
    """How much of the client's work is affected."""

    class Meta(Named.Meta):
        verbose_name = _("Impact")
        verbose_name_plural = _("Impacts")


class Urgency(Named):
    """How soon it is needed."""

    class Meta(Named.Meta):
        verbose_name = _("Urgency")
        verbose_name_plural = _("Urgencies")


class MatrixCell(models.Model):
    """The priority of an impact and an urgency; an empty cell computes none."""

    impact = models.ForeignKey(Impact, on_delete=models.CASCADE, related_name="cells")
    urgency = models.ForeignKey(Urgency, on_delete=models.CASCADE, related_name="cells")
    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, related_name="cells")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["impact", "urgency"], name="matrix_cell_once")]

    def __str__(self) -> str:
        return f"{self.impact_id} x {self.urgency_id}"
