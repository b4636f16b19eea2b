"""Which rule would decide? Tried on a ticket that exists, or on one that is only imagined."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from okno.core import clock
from okno.core.actor import Actor
from okno.core.faults import NotVisible
from okno.core.http.policy import AgentRequest, agents_with
from okno.core.ordered import Tried, try_all
from okno.manage.sla.forms import TrialForm
from okno.sla.following import course_of
from okno.sla.loading import Rule, present_rules
from okno.sla.reckoning import Course, promise_of, stay
from okno.sla.wording import promise_words
from okno.tickets import access
from okno.tickets.conditions import Facts, imagined, matches, why
from okno.tickets.models import Ticket


@require_safe
@agents_with("settings.manage")
def trial(request: AgentRequest) -> HttpResponseBase:
    """The form, and what every rule says of the ticket; nothing is changed."""
    asked = bool(request.GET)
    form = TrialForm(request.GET if asked else None)
    context: dict[str, Any] = {"form": form}
    if asked and form.is_valid():
        facts = _facts(request.actor, form)
        if facts is not None:
            context |= verdict(facts)
    return render(request, "manage/sla/trial.jinja", context, status=422 if form.errors else 200)


def verdict(facts: Facts) -> dict[str, Any]:
    """Every rule with its reasons, and the deadlines that the deciding one makes."""
    rules, ticket = present_rules(), facts.ticket
    tried = try_all(rules.rules, lambda rule: matches(rule.condition, facts))
    promise_of(ticket, rules, _course(ticket), facts.now)
    return {
        "ticket": ticket,
        "deciding": next((each.rule.row for each in tried if each.decides), None),
        "tried": [_line(each, facts) for each in tried],
    }


def _course(ticket: Ticket) -> Course:
    """What the ticket went through; of an imagined one its registration."""
    if ticket.pk is not None:
        return course_of(ticket)
    return Course([stay(ticket.status.pk, ticket.created_at, None)])


def _facts(actor: Actor, form: TrialForm) -> Facts | None:
    number = form.cleaned_data["number"]
    if number is None:
        columns, moment = form.columns()
        return imagined(now=moment, **columns)
    try:
        return Facts(access.get(actor, number), now=clock.now())
    except NotVisible as fault:
        form.add_error("number", fault.message)
        return None


def _line(tried: Tried[Rule], facts: Facts) -> dict[str, Any]:
    return {
        "rule": tried.rule.row,
        "fits": tried.fits,
        "decides": tried.decides,
        "why": why(tried.rule.condition, facts),
        "then": promise_words(tried.rule.row),
    }
