"""The rules in their order, switched off and on, moved, deleted."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from okno.core.faults import Conflict, NotVisible
from okno.core.http.ordering import answer_order
from okno.core.http.policy import AgentRequest, agents_with
from okno.manage.pages import done, refused
from okno.manage.routing.forms import condition_of
from okno.routing.models import RoutingRule
from okno.routing.operations.rules import delete_rule, order_rules, switch_rule
from okno.routing.wording import then_words
from okno.tickets.conditions import always_matches, describe, never_matches


@dataclass(frozen=True)
class Row:
    """A rule as the list shows it: in words, and what is wrong with it."""

    pk: int
    name: str
    is_enabled: bool
    condition: str
    then: str
    warning: str


@require_safe
@agents_with("settings.manage")
def rules(request: AgentRequest) -> HttpResponseBase:
    """Every rule in the order in which they are tried."""
    return render(request, "manage/routing/list.jinja", {"rows": rows()})


@require_POST
@agents_with("settings.manage")
def order(request: AgentRequest) -> HttpResponseBase:
    """Another order."""
    return answer_order(request, lambda wanted, seen: order_rules(request.actor, wanted, seen), "manage:routing")


@require_POST
@agents_with("settings.manage")
def switch(request: AgentRequest, pk: int) -> HttpResponseBase:
    """Off, or on again."""
    enabled = request.POST.get("enabled") == "1"
    try:
        switch_rule(request.actor, load(pk), enabled=enabled)
    except Conflict as conflict:
        return refused(request, conflict.message, "manage:routing")
    return done(request, _("The rule works again.") if enabled else _("The rule is off."), "manage:routing")


@require_POST
@agents_with("settings.manage")
def delete(request: AgentRequest, pk: int) -> HttpResponseBase:
    """Gone; tickets that it decided stay whose they are."""
    rule = load(pk)
    try:
        delete_rule(request.actor, rule)
    except Conflict as conflict:
        return refused(request, conflict.message, "manage:routing")
    return done(request, _("The rule “%(name)s” is deleted.") % {"name": rule.name}, "manage:routing")


def load(pk: int) -> RoutingRule:
    """The rule of this id; 404 when it is gone."""
    rule = RoutingRule.objects.filter(pk=pk).first()
    if rule is None:
        raise NotVisible(_("There is no such rule."))
    return rule


def rows() -> list[Row]:
    """The rules in words, each with what a person should know of its place."""
    found: list[Row] = []
    closing = ""
    related = RoutingRule.objects.select_related("agent", "team").prefetch_related(
        "watching_agents", "watching_teams"
    )
    for rule in related:
        condition = condition_of(rule)
        if condition is None:
            words, warning = _("unreadable"), _("This condition was written by another version of Okno.")
        else:
            words, warning = describe(condition), _warning(closing)
            if never_matches(condition):
                warning = _("No ticket can meet this condition: its parts exclude each other.")
            elif rule.is_enabled and not closing and always_matches(condition):
                closing = rule.name
        found.append(Row(rule.pk, rule.name, rule.is_enabled, words, then_words(rule), warning or gone(rule)))
    return found


def gone(rule: RoutingRule) -> str:
    """A warning that the rule's assignee takes no tickets any more."""
    if rule.agent is not None and not rule.agent.is_active:
        return _("%(name)s is deactivated, so the default chain decides instead.") % {"name": rule.agent.name}
    if rule.team is not None and not rule.team.is_active:
        return _("The team %(name)s is hidden, so the default chain decides instead.") % {"name": rule.team.label}
    return ""


def _warning(closing: str) -> str:
    if not closing:
        return ""
    return _("Never asked: “%(name)s” above it fits every ticket.") % {"name": closing}
