"""Saying when an employee is absent and who stands in for him."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from okno.core import clock, events
from okno.core.actor import Actor
from okno.core.faults import Forbidden, Invalid
from okno.people import events as kinds
from okno.people.models import LEAD, Agent, TeamMember

RIGHT = "agents.manage"


@dataclass(frozen=True)
class AbsenceFacts:
    """From when until when; without a beginning he is present, without an end it is not known yet."""

    begins: datetime | None = None
    ends: datetime | None = None
    substitute: Agent | None = None


def may_set_absence(actor: Actor, agent: Agent) -> bool:
    """Oneself, a lead of one of his teams, and whoever manages employees."""
    if not actor.is_agent:
        return actor.kind == "system"
    if actor.id == agent.pk or actor.has(RIGHT):
        return True
    return actor.role == LEAD and TeamMember.objects.filter(agent=agent, team__in=actor.teams).exists()


def set_absence(actor: Actor, agent: Agent, facts: AbsenceFacts) -> Agent:
    """Replaces what is said of the absence. Who would stand in for each other in a circle is refused."""
    if not may_set_absence(actor, agent):
        raise Forbidden(_("Only the employee, a lead of the team or an administrator says who is absent."))
    with transaction.atomic():
        concerned = Q(substitute__isnull=False) | Q(
            pk__in=[agent.pk, facts.substitute.pk if facts.substitute else 0]
        )
        rows = Agent.objects.select_for_update(no_key=True, of=("self",)).filter(concerned).order_by("pk")
        people = {row.pk: row for row in rows}
        locked = people[agent.pk]
        problems = _problems(locked, facts, people)
        if problems:
            raise Invalid(problems)
        before = said_of(locked)
        locked.absent_from, locked.absent_until = facts.begins, facts.ends
        locked.substitute = facts.substitute
        locked.save(update_fields=["absent_from", "absent_until", "substitute"])
        after = said_of(locked)
        if before != after:
            events.record(actor, kinds.AGENT_ABSENCE_CHANGED, locked, {"before": before, "after": after})
    return locked


def said_of(agent: Agent) -> dict[str, Any]:
    """The absence as an event remembers it."""
    return {
        "from": agent.absent_from.isoformat() if agent.absent_from else None,
        "until": agent.absent_until.isoformat() if agent.absent_until else None,
        "substitute": agent.substitute_id,
    }


def _problems(agent: Agent, facts: AbsenceFacts, people: dict[int, Agent]) -> dict[str, list[str]]:
    problems: dict[str, list[str]] = {}
    if facts.ends is not None and facts.begins is None:
        problems["begins"] = [_("Say when the absence begins.")]
    elif facts.ends is not None and facts.begins is not None and facts.ends <= facts.begins:
        problems["ends"] = [_("The absence ends before it begins.")]
    elif facts.ends is not None and facts.ends <= clock.now():
        problems["ends"] = [_("Choose a moment that is still to come.")]
    # A substitute who was named before and has left meanwhile is no reason to keep anybody absent.
    substitute = facts.substitute
    if substitute is not None and facts.begins is None and substitute.pk == agent.substitute_id:
        substitute = None
    trouble = _trouble_with(agent, substitute, people) if substitute else ""
    if trouble:
        problems["substitute"] = [trouble]
    return problems


def _trouble_with(agent: Agent, substitute: Agent, people: dict[int, Agent]) -> str:
    present = people[substitute.pk]
    if present.pk == agent.pk:
        return _("Nobody stands in for himself.")
    if not present.is_active:
        return _("%(name)s is deactivated and cannot be responsible.") % {"name": present.name}
    line = [agent.name, present.name]
    following = present.substitute_id
    while following is not None and len(line) <= len(people) + 1:
        line.append(people[following].name if following in people else "")
        if following == agent.pk:
            return _("They would stand in for each other in a circle: %(line)s.") % {"line": " → ".join(line)}
        following = people[following].substitute_id if following in people else None
    return ""
