"""Teams: made, renamed, hidden, put in order, and who belongs to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Max, ProtectedError
from django.utils.translation import gettext as _

from okno.core import events, settings_store
from okno.core.actor import Actor
from okno.core.faults import Conflict, Invalid
from okno.core.notify import changed as tell
from okno.core.ordered import reorder
from okno.core.uses import replace_everywhere, replacement_for, uses_of
from okno.people import access
from okno.people import events as kinds
from okno.people.models import Agent, Team, TeamMember
from okno.people.operations.facts import Problems

RIGHT = "agents.manage"
NAME_LIMIT = 80
MOST = 10_000
"""The largest maximum of open tickets that an employee may have."""
ROUNDS = 5
"""How often a deletion begins anew because something came to the team meanwhile."""


@dataclass(frozen=True)
class QueueFacts:
    """How a team gets its work: see ``Team``. ``most_per_agent`` is ``None`` without limit."""

    description: str = ""
    assignment: str = Team.Assignment.BY_HAND
    most_per_agent: int | None = None
    hides_owned: bool = False
    first_answer: str = ""
    notified: Sequence[Agent] = ()


def create_team(
    actor: Actor,
    name: str,
    members: Sequence[Agent] = (),
    queue: QueueFacts | None = None,
    *,
    names: Mapping[str, str] | None = None,
) -> Team:
    """Makes a team, last in the order; one that comes from elsewhere keeps its names by language."""
    access.require(actor, RIGHT)
    name, called = _checked(name, None), _called(names or {})
    with _one_name(name), transaction.atomic():
        last = Team.objects.aggregate(last=Max("position"))["last"] or 0
        team = Team.objects.create(name=name, names=called, position=last + 1)
        TeamMember.objects.bulk_create(TeamMember(team=team, agent=agent) for agent in members)
        if queue is not None:
            _set_queue(team, queue)
        events.record(actor, kinds.TEAM_CREATED, team, {"name": name})
        tell("access")
    return team


def change_team(
    actor: Actor,
    team: Team,
    *,
    name: str | None = None,
    names: Mapping[str, str] | None = None,
    members: Sequence[Agent] | None = None,
    is_active: bool | None = None,
    queue: QueueFacts | None = None,
) -> Team:
    """Changes what is given. A hidden team is offered nowhere; its tickets stay its own."""
    access.require(actor, RIGHT)
    keeps = name is None or (names is None and name.strip() == team.label)
    wanted, called = team.name if keeps else _checked(name or "", team), _called(names or {})
    with _one_name(wanted), transaction.atomic():
        locked = Team.objects.select_for_update().get(pk=team.pk)
        changed = ["name"] if locked.name != wanted else []
        if names is not None and locked.names != called:
            changed.append("names")
        if changed:
            locked.names = called  # those of the product fit no longer
        if is_active is not None and locked.is_active != is_active:
            locked.is_active = is_active
            changed.append("is_active")
        if members is not None and _set_members(locked, members):
            changed.append("members")
        if queue is not None:
            changed += _set_queue(locked, queue)
        locked.name = wanted
        locked.save(update_fields=["name", "names", "is_active"])
        if changed:
            events.record(actor, kinds.TEAM_CHANGED, locked, {"fields": changed})
            tell("access")
    return locked


def reorder_teams(actor: Actor, wanted: Sequence[int], seen: Sequence[int]) -> None:
    """Puts the teams in the wanted order of ids; ``seen`` is the order that the actor looked at."""
    access.require(actor, RIGHT)
    with transaction.atomic():
        for place, team in enumerate(Team.objects.select_for_update().order_by("position", "name"), start=1):
            Team.objects.filter(pk=team.pk).update(position=place)  # teams of one position stand by their names
        if reorder(Team.objects.all(), wanted, seen):
            events.record(actor, kinds.TEAM_CHANGED, Team.objects.get(pk=wanted[0]), {"fields": ["position"]})


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


def delete_team(actor: Actor, team: Team, replacement: Team | None = None) -> None:
    """Deletes a team (F161); whatever names it names the replacement, in one act, and histories keep its name.

    Its members lose what they had by it. ``Conflict`` tells what is in the way where no replacement is chosen.
    """
    access.require(actor, RIGHT)
    for _round in range(ROUNDS):
        try:
            _delete_or_begin_anew(actor, team, replacement)
        except _MoreCame:
            settings_store.forget()  # what was read of the settings meanwhile is rolled back
        else:
            return
    raise Conflict(_("New tickets keep coming to this team. Hide it first, then delete it."))


class _MoreCame(Exception):
    """Something was given to the team while the rest of it moved away: all of that is rolled back."""


def _delete_or_begin_anew(actor: Actor, team: Team, replacement: Team | None) -> None:
    with transaction.atomic():
        # Tickets are locked before teams, as where a ticket is assigned: nobody waits for both of us in a circle.
        uses = uses_of(team)
        if uses:
            _give_way(actor, team, replacement_for(uses, replacement))
        locked = _locked_for_good(team, replacement)
        if uses_of(locked):
            raise _MoreCame
        moved = {use.key: use.count for use in uses}
        name = replacement.name if moved and replacement else ""
        events.record(actor, kinds.TEAM_DELETED, locked, {**locked.as_fact(), "replaced_by": name, "moved": moved})
        _delete(locked)
        tell("access")


def _delete(team: Team) -> None:
    """Something that no package answers for keeps the team: that is told, not thrown."""
    try:
        team.delete()
    except ProtectedError as error:
        kinds_of_rows = sorted({str(row._meta.verbose_name_plural) for row in error.protected_objects})
        text = _("This is in use. %(uses)s.") % {"uses": ", ".join(kinds_of_rows)}
        raise Conflict(text, code="in_use") from error


def _give_way(actor: Actor, team: Team, other: Team) -> None:
    if other.pk == team.pk or not Team.objects.filter(pk=other.pk, is_active=True).exists():
        raise Invalid({"replacement": [_("Choose another team that is not hidden.")]})
    replace_everywhere(actor, team, other)


def _locked_for_good(team: Team, replacement: Team | None) -> Team:
    """The team as it is now; nobody takes it, nor hides or deletes the one in its place, until it is gone."""
    wanted = [team.pk, *([replacement.pk] if replacement else [])]
    rows = {row.pk: row for row in Team.objects.select_for_update().filter(pk__in=wanted).order_by("pk")}
    if any(pk not in rows for pk in wanted):
        raise Conflict(_("Somebody has deleted this meanwhile."))
    return rows[team.pk]


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


def _called(names: Mapping[str, str]) -> dict[str, str]:
    problems = Problems()
    called = problems.check_names(names)
    if problems:
        raise Invalid(problems)
    return called


def _taken(name: str) -> str:
    return _("There is already a team “%(name)s”.") % {"name": name}


def _set_members(team: Team, members: Sequence[Agent]) -> bool:
    wanted, present = {agent.pk for agent in members}, set(team.members.values_list("agent_id", flat=True))
    team.members.exclude(agent__in=wanted).delete()
    TeamMember.objects.bulk_create(TeamMember(team=team, agent_id=pk) for pk in sorted(wanted - present))
    return wanted != present


def _set_queue(team: Team, queue: QueueFacts) -> list[str]:
    """The names of what changed."""
    if queue.assignment not in Team.Assignment.values or queue.first_answer not in Team.FirstAnswer.values:
        raise Invalid({"assignment": [_("Choose one of the offered values.")]})
    if queue.most_per_agent is not None and not 1 <= queue.most_per_agent <= MOST:
        raise Invalid({"most_per_agent": [_("Write a number from 1 to %(limit)d, or nothing.") % {"limit": MOST}]})
    columns = {
        "description": queue.description.strip(),
        "assignment": queue.assignment,
        "most_per_agent": queue.most_per_agent,
        "hides_owned": queue.hides_owned,
        "first_answer": queue.first_answer,
    }
    changed = [name for name, value in columns.items() if getattr(team, name) != value]
    for name in changed:
        setattr(team, name, columns[name])
    team.save(update_fields=changed)
    wanted = {agent.pk for agent in queue.notified}
    if wanted != set(team.notified.values_list("pk", flat=True)):
        team.notified.set(wanted)
        changed.append("notified")
    return changed
