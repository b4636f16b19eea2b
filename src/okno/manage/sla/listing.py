"""The rules in their order, switched off and on, moved, deleted; and how far they were laid over open tickets."""

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
from okno.manage.sla.forms import condition_of
from okno.sla.models import Recomputation, SlaRule
from okno.sla.operations.rules import delete_rule, order_rules, switch_rule
from okno.sla.wording import promise_words, warning_words
from okno.tickets.conditions import always_matches, describe, never_matches


@dataclass(frozen=True)
class Row:
    """A rule as the list shows it: in words, and what is wrong with it."""

    pk: int
    name: str
    is_enabled: bool
    condition: str
    then: str
    warns: str
    trouble: str


@require_safe
@agents_with("settings.manage")
def rules(request: AgentRequest) -> HttpResponseBase:
    """Every rule in the order in which they are tried."""
    return render(request, "manage/sla/list.jinja", {"rows": rows(), "job": latest()})


@require_safe
@agents_with("settings.manage")
def progress(request: AgentRequest) -> HttpResponseBase:
    """How far the last change was laid over open tickets, fetched again while that goes on."""
    return render(request, "manage/sla/progress.jinja", {"job": latest()})


@require_POST
@agents_with("settings.manage")
def order(request: AgentRequest) -> HttpResponseBase:
    """Another order."""
    return answer_order(request, lambda wanted, seen: order_rules(request.actor, wanted, seen), "manage:sla")


@require_POST
@agents_with("settings.manage")
def switch(request: AgentRequest, pk: int) -> HttpResponseBase:
    """Off, or on again."""
    enabled = request.POST.get("enabled") == "1"
    try:
        switch_rule(request.actor, load(pk), enabled=enabled)
    except Conflict as conflict:
        return refused(request, conflict.message, "manage:sla")
    return done(request, _("The rule works again.") if enabled else _("The rule is off."), "manage:sla")


@require_POST
@agents_with("settings.manage")
def delete(request: AgentRequest, pk: int) -> HttpResponseBase:
    """Gone; open tickets follow the next rule that fits."""
    rule = load(pk)
    try:
        delete_rule(request.actor, rule)
    except Conflict as conflict:
        return refused(request, conflict.message, "manage:sla")
    return done(request, _("The rule “%(name)s” is deleted.") % {"name": rule.label}, "manage:sla")


def load(pk: int) -> SlaRule:
    """The rule of this id; 404 when it is gone."""
    rule = SlaRule.objects.filter(pk=pk).first()
    if rule is None:
        raise NotVisible(_("There is no such rule."))
    return rule


def latest() -> Recomputation | None:
    """The last time that rules were laid over open tickets."""
    return Recomputation.objects.filter(company=None).order_by("-id").first()


def rows() -> list[Row]:
    """The rules in words, each with what a person should know of its place."""
    found: list[Row] = []
    closing = ""
    for rule in SlaRule.objects.select_related("schedule"):
        condition = condition_of(rule)
        words, trouble = _("unreadable"), _("This condition was written by another version of Okno.")
        if condition is not None:
            words, trouble = describe(condition), ""
            if never_matches(condition):
                trouble = _("No ticket can meet this condition: its parts exclude each other.")
            elif closing:
                trouble = _("It is never tried: “%(name)s” above fits every ticket.") % {"name": closing}
            elif rule.is_enabled and always_matches(condition):
                closing = rule.label
        then, warns = promise_words(rule), warning_words(rule)
        found.append(Row(rule.pk, rule.label, rule.is_enabled, words, then, warns, trouble))
    return found
