"""What a ticket knows of its rating: columns for lists and conditions, and whom it is about."""

from __future__ import annotations

from django.db import models

from okno.people.models import Agent, Team


class Rated(models.Model):
    """The mark of a ticket in lists, and who answered for it when it was solved.

    ``rating`` is the level (1 bad, 2 so-so, 3 good) of the latest solution that was rated; of several ratings the
    worst. ``solver`` and ``solver_team`` had the ticket at the moment of the present solution: ratings are about
    them, whoever has it later.
    """

    rating = models.PositiveSmallIntegerField(null=True)
    solver = models.ForeignKey(Agent, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    solver_team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        abstract = True
