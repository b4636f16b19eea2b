"""Teams: made, renamed, hidden, put in order, and who belongs to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from okno.core import events
from okno.core.actor import Actor
from okno.core.faults import Invalid
from okno.people import access
from okno.people import events as kinds
from okno.people.models import Agent, Team, TeamMember

RIGHT = "agents.manage"
NAME_LIMIT = 80


def create_team(actor: Actor, name: str, members: Sequence[Agent] = ()) -> Team:
    """Makes a team, last in the order."""
    access.require(actor, RIGHT)
    name = _checked(name, None)
    with _one_name(name), transaction.atomic():
        last = Team.objects.aggregate(last=Max("position"))["last"] or 0
        team = Team.objects.create(name=name, position=last + 1)
        TeamMember.objects.bulk_create(TeamMember(team=team, agent=agent) for agent in members)
        events.record(actor, kinds.TEAM_CREATED, team, {"name": name})
    return team


def change_team(
    actor: Actor,
    team: Team,
    *,
    name: str | None = None,
    members: Sequence[Agent] | None = None,
    is_active: bool | None = None,
) -> Team:
    """Changes what is given. A hidden team is offered nowhere; its tickets stay its own."""
    access.require(actor, RIGHT)
    wanted = _checked(name, team) if name is not None and name.strip() != team.label else team.name
    with _one_name(wanted), transaction.atomic():
        locked = Team.objects.select_for_update().get(pk=team.pk)
        changed = ["name"] if locked.name != wanted else []
        if changed:
            locked.names = {}  # those of the product fit no longer
        if is_active is not None and locked.is_active != is_active:
            locked.is_active = is_active
            changed.append("is_active")
        if members is not None and _set_members(locked, members):
            changed.append("members")
        locked.name = wanted
        locked.save(update_fields=["name", "names", "is_active"])
        if changed:
            events.record(actor, kinds.TEAM_CHANGED, locked, {"fields": changed})
    return locked


def move_team(actor: Actor, team: Team, steps: int) -> None:
    """Moves a team up (negative) or down in the order in which teams are shown."""
    access.require(actor, RIGHT)
    with transaction.atomic():
        ordered = list(Team.objects.select_for_update().order_by("position", "name"))
        place = next(place for place, each in enumerate(ordered) if each.pk == team.pk)
        moved = ordered.pop(place)
        ordered.insert(max(0, min(len(ordered), place + steps)), moved)
        for position, each in enumerate(ordered, start=1):
            each.position = position
        Team.objects.bulk_update(ordered, ["position"])
        events.record(actor, kinds.TEAM_CHANGED, moved, {"fields": ["position"]})


@contextmanager
def _one_name(name: str) -> Iterator[None]:
    """Two who choose the same name at once: the second hears of it at the field."""
    try:
        yield
    except IntegrityError as error:
        raise Invalid({"name": [_taken(name)]}) from error


def _checked(name: str, team: Team | None) -> str:
    name = " ".join(name.split())
    problem = ""
    if not name:
        problem = _("Write the name.")
    elif len(name) > NAME_LIMIT:
        problem = _("No more than %(limit)d characters.") % {"limit": NAME_LIMIT}
    elif Team.objects.filter(name__iexact=name).exclude(pk=team.pk if team else 0).exists():
        problem = _taken(name)
    if problem:
        raise Invalid({"name": [problem]})
    return name


def _taken(name: str) -> str:
    return _("There is already a team “%(name)s”.") % {"name": name}


def _set_members(team: Team, members: Sequence[Agent]) -> bool:
    wanted, present = {agent.pk for agent in members}, set(team.members.values_list("agent_id", flat=True))
    team.members.exclude(agent__in=wanted).delete()
    TeamMember.objects.bulk_create(TeamMember(team=team, agent_id=pk) for pk in sorted(wanted - present))
    return wanted != present
