"""Employees, their roles and teams."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from okno.core import clock
from okno.core.actor import Actor
from okno.people.absence import Absent, absent_at
from okno.people.models.accounts import User
from okno.people.photos import Photographed


class Called(models.Model):
    """A row with a name of its own and, where it came with the product, its names in other languages."""

    name: models.CharField[str, str]
    names = models.JSONField(default=dict, blank=True, help_text="language -> name, where it is not ``name``")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the language of the reader, else the one name."""
        return label_of({"name": self.name, "names": self.names})

    def as_fact(self) -> dict[str, Any]:
        """How an event remembers the name."""
        return {"name": self.name} | ({"names": self.names} if self.names else {})


def label_of(fact: dict[str, Any]) -> str:
    """The name that an event remembers, in the language of the reader."""
    language = (get_language() or "en").split("-", maxsplit=1)[0]
    return str(fact.get("names", {}).get(language) or fact.get("name", ""))


def reserved_for(role: str, hiding: Iterable[int]) -> tuple[int, ...]:
    """In which of the teams that hide taken tickets they are hidden from a member; leads see them all (C4)."""
    return () if role == LEAD else tuple(hiding)


LEAD = "lead"


class Role(Called):
    """What agents of this role may do: a list of rights (see ``people.rights``)."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    rights = ArrayField(models.CharField(max_length=100), default=list)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]


class Team(Called):
    """A group of agents to whom tickets are assigned as to one (OTRS: queue; Okdesk: group).

    ``most_per_agent`` is how many open tickets a member may have before Okno gives him no more (F41).
    ``hides_owned``: a ticket that one has taken is hidden from the other members (F205, C4).
    """

    class Assignment(models.TextChoices):
        BY_HAND = "by_hand", _("by hand: somebody takes it or is given it")
        ROUND_ROBIN = "round_robin", _("in turn: each member after the other")
        LEAST_LOAD = "least_load", _("to the one with the fewest open tickets")

    class FirstAnswer(models.TextChoices):
        AS_USUAL = "", _("as the settings say")
        OWNS = "yes", _("yes")
        CHANGES_NOTHING = "no", _("no")

    name = models.CharField(max_length=80, unique=True)
    description = models.TextField(blank=True, default="", db_default="")
    is_active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)
    assignment = models.CharField(max_length=12, choices=Assignment.choices, default=Assignment.BY_HAND)
    most_per_agent = models.PositiveSmallIntegerField(null=True, blank=True, help_text="empty: without limit")
    hides_owned = models.BooleanField(default=False, db_default=False, help_text="the lock of OTRS (F205)")
    first_answer = models.CharField(
        max_length=3, choices=FirstAnswer.choices, blank=True, default=FirstAnswer.AS_USUAL
    )
    notified: models.ManyToManyField[Agent, Any] = models.ManyToManyField(
        "Agent", blank=True, related_name="+", help_text="who gets the notifications of the team's tickets (F85)"
    )

    class Meta:
        ordering = ["position", "name"]

    @property
    def is_automatic(self) -> bool:
        """Whether the team's tickets are given out by Okno."""
        return self.assignment != self.Assignment.BY_HAND


class Agent(Absent, Photographed):
    """An employee who works on tickets. Never deleted, only deactivated: what was done keeps its author."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="agent")
    name = models.CharField(max_length=120)
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="agents")
    teams = models.ManyToManyField(Team, through="TeamMember", related_name="agents")
    is_active = models.BooleanField(default=True)
    signature = models.TextField(blank=True, default="")
    substitute = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    most_open = models.PositiveSmallIntegerField(null=True, blank=True, help_text="empty: as the team says")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def as_actor(self, limits: frozenset[str] | None = None) -> Actor:
        """The agent as the author of an act, with the rights of the role and the teams of the moment."""
        rows = list(TeamMember.objects.filter(agent=self).values_list("team_id", "team__hides_owned"))
        away = Agent.objects.filter(absent_at(clock.now()), substitute=self)
        return Actor(
            kind="agent",
            id=self.pk,
            name=self.name,
            rights=frozenset(self.role.rights),
            teams=tuple(team for team, _hides in rows),
            reserved_teams=reserved_for(self.role.code, [team for team, hides in rows if hides]),
            stands_for=tuple(away.values_list("pk", flat=True)),
            limits=limits,
            language=self.user.language,
            role=self.role.code,
        )


class TeamMember(models.Model):
    """An agent's place in a team."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="members")
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="memberships")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "agent"], name="team_member_once")]

    def __str__(self) -> str:
        return f"{self.agent_id} in {self.team_id}"
