"""The rules by which new tickets find those who answer for them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from okno.core.ordered import Ordered
from okno.people.models import Agent, Team


class RoutingRule(Ordered):
    """If a new ticket fits, it goes to somebody, and some follow it; the first enabled rule decides (F62-F65).

    ``condition`` is kept as ``tickets.conditions`` stores it; none fits every ticket.
    """

    class Target(models.TextChoices):
        DEFAULT = "default", _("whoever is responsible for the client")
        AGENT = "agent", _("an employee")
        TEAM = "team", _("a team")
        NOBODY = "nobody", _("nobody")

    name = models.CharField(max_length=80, unique=True)
    condition = models.JSONField(default=dict)
    target = models.CharField(max_length=8, choices=Target.choices, default=Target.DEFAULT)
    agent = models.ForeignKey(Agent, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    watching_agents = models.ManyToManyField(Agent, blank=True, related_name="+")
    watching_teams = models.ManyToManyField(Team, blank=True, related_name="+")

    class Meta(Ordered.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(agent__isnull=False, team__isnull=True, target="agent")
                | models.Q(agent__isnull=True, team__isnull=False, target="team")
                | models.Q(agent__isnull=True, team__isnull=True, target__in=["default", "nobody"]),
                name="routing_rule_has_its_target",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Turn(models.Model):
    """When an employee was last given a ticket of a team by itself: next is whoever waits longest."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="+")
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "agent"], name="turn_once")]

    def __str__(self) -> str:
        return f"{self.agent_id} in {self.team_id}"
