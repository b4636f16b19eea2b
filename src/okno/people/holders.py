"""What the client base and the teams hold of employees and teams, and how others take their place (F154, F161)."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Func, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from okno.core import events
from okno.core.actor import Actor
from okno.core.uses import LAST, Holder, register_holder, rows_told
from okno.people import events as kinds
from okno.people.models import Agent, ClientCategory, Company, Contact, Team
from okno.people.operations.absences import said_of


def _told_clients(**facts: Any) -> tuple[int, list[str]]:
    return rows_told(Company.objects.filter(**facts), Contact.objects.filter(**facts))


def _replace_in(rows: QuerySet[Any], column: str, before: int, after: int) -> None:
    """The other id stands in the list of ids, once."""
    kept: Any = F(column)
    for gone in (before, after):
        kept = Func(kept, Value(gone), function="array_remove")
    rows.update(**{column: Func(kept, Value(after), function="array_append")})


def _watching(column: str) -> Holder:
    def find(row: Any) -> tuple[int, list[str]]:
        return _told_clients(**{f"{column}__contains": [row.pk]})

    def replace(actor: Actor, row: Any, other: Any) -> None:
        for model in (Company, Contact):
            _replace_in(
                model._default_manager.filter(**{f"{column}__contains": [row.pk]}), column, row.pk, other.pk
            )

    return Holder(_("Clients whose tickets are followed"), find, replace, key="watched_clients", holds=False)


def _clients_of(agent: Agent) -> tuple[int, list[str]]:
    return _told_clients(responsible=agent)


def _pass_clients(actor: Actor, agent: Agent, heir: Agent) -> None:
    for model in (Company, Contact):
        model._default_manager.filter(responsible=agent).update(responsible=heir)


def _lists_of(agent: Agent) -> tuple[int, list[str]]:
    return rows_told(Team.objects.filter(notified=agent))


def _pass_lists(actor: Actor, agent: Agent, heir: Agent) -> None:
    """Teams that notify the employee notify the other (F85)."""
    for team in Team.objects.filter(notified=agent):
        team.notified.remove(agent)
        team.notified.add(heir)
        events.record(actor, kinds.TEAM_CHANGED, team, {"fields": ["notified"]})


def _represented_by(agent: Agent) -> tuple[int, list[str]]:
    return rows_told(Agent.objects.filter(substitute=agent))


def _pass_substitution(actor: Actor, agent: Agent, heir: Agent) -> None:
    """Those for whom the employee stands in have the other; nobody stands in for himself, nor in a circle."""
    rows = Agent.objects.select_for_update(no_key=True, of=("self",)).filter(substitute__isnull=False)
    stands = {row.pk: row for row in rows.order_by("pk")}
    for row in [row for row in stands.values() if row.substitute_id == agent.pk]:
        before = said_of(row)
        row.substitute = None if _leads_to(row.pk, heir.pk, stands) else heir
        row.save(update_fields=["substitute"])
        data = {"before": before, "after": said_of(row)}
        events.record(actor, kinds.AGENT_ABSENCE_CHANGED, row, data)


def _leads_to(wanted: int, begins: int, stands: dict[int, Agent]) -> bool:
    """Whether the line of substitutes comes to somebody."""
    seen: set[int] = set()
    present: int | None = begins
    while present is not None and present not in seen:
        if present == wanted:
            return True
        seen.add(present)
        present = stands[present].substitute_id if present in stands else None
    return False


def _of_category(category: ClientCategory) -> tuple[int, list[str]]:
    return rows_told(category.companies.order_by("name"))


def _pass_category(actor: Actor, category: ClientCategory, other: ClientCategory) -> None:
    category.companies.update(category=other)


register_holder(Team, _watching("watching_teams"))
register_holder(
    Agent, Holder(_("Clients whose manager this is"), _clients_of, _pass_clients, "clients", holds=False)
)
register_holder(Agent, _watching("watching_agents"))
register_holder(Agent, Holder(_("Teams that notify"), _lists_of, _pass_lists, "lists", holds=False))
register_holder(
    Agent, Holder(_("Stands in for"), _represented_by, _pass_substitution, "represented", holds=False, place=LAST)
)
register_holder(ClientCategory, Holder(_("Clients"), _of_category, _pass_category))
