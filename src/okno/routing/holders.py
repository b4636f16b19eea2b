"""What routing holds of employees and teams, and how others take their place (F154, F161)."""

from __future__ import annotations

from dataclasses import replace

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from okno.core import settings_store
from okno.core.actor import Actor
from okno.core.uses import Holder, register_holder, rows_told, told
from okno.people.models import Agent, Team
from okno.routing.declarations import DEFAULT_ASSIGNEE, DEFAULT_WATCHERS
from okno.routing.models import RoutingRule
from okno.routing.operations.rules import rewrite_people

Person = Agent | Team


def _kind(row: Person) -> str:
    return "agent" if isinstance(row, Agent) else "team"


def _naming(row: Person) -> QuerySet[RoutingRule]:
    kind = _kind(row)
    return RoutingRule.objects.filter(Q(**{kind: row}) | Q(**{f"watching_{kind}s": row})).distinct()


def _rules_of(row: Person) -> tuple[int, list[str]]:
    return rows_told(_naming(row))


def _replace_in_rules(actor: Actor, row: Person, other: Person) -> None:
    for rule in list(_naming(row)):
        rewrite_people(actor, rule, row, other)


def _defaults_of(row: Person) -> tuple[int, list[str]]:
    choice = f"{_kind(row)}:{row.pk}"
    named = [DEFAULT_ASSIGNEE.label] if choice == DEFAULT_ASSIGNEE() else []
    return told(
        str(label) for label in [*named, *([DEFAULT_WATCHERS.label] if choice in DEFAULT_WATCHERS() else [])]
    )


def _replace_in_defaults(actor: Actor, row: Person, other: Person) -> None:
    """Whoever may replace the employee or the team may do this too; who is gone for long leaves the list."""
    before, after = f"{_kind(row)}:{row.pk}", f"{_kind(other)}:{other.pk}"
    values: dict[str, object] = {}
    if before == DEFAULT_ASSIGNEE():
        values[DEFAULT_ASSIGNEE.key] = after
    if before in DEFAULT_WATCHERS():
        offered = set(DEFAULT_WATCHERS.choices or ())
        named = {after if value == before else value for value in DEFAULT_WATCHERS()}
        values[DEFAULT_WATCHERS.key] = sorted(named & offered)
    settings_store.change(replace(actor, rights=actor.rights | {"settings.manage"}, limits=None), values)


for _model in (Agent, Team):
    _holds = _model is Team
    register_holder(_model, Holder(_("Routing rules"), _rules_of, _replace_in_rules, "routing", holds=_holds))
    register_holder(_model, Holder(_("Settings"), _defaults_of, _replace_in_defaults, "settings", holds=_holds))
