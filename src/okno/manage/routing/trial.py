"""Which rule would decide? Tried on a ticket that exists, or on one that is only imagined."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from okno.core.actor import Actor
from okno.core.faults import NotVisible
from okno.core.http.policy import AgentRequest, agents_with
from okno.core.ordered import Tried, try_all
from okno.manage.routing.forms import TrialForm
from okno.routing import memory
from okno.routing.choosing import fits, plan
from okno.routing.memory import Ready
from okno.routing.wording import plan_words, then_words, watcher_lines
from okno.tickets import access
from okno.tickets.conditions import Facts, describe, imagined, why


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
    return render(request, "manage/routing/trial.jinja", context, status=422 if form.errors else 200)


def verdict(facts: Facts) -> dict[str, Any]:
    """Every rule with its reasons, whose the ticket would be, and who would follow it."""
    memory.forget()
    tried = try_all(memory.RULES.all(), lambda rule: fits(rule, facts))
    deciding = next((each.rule for each in tried if each.decides), None)
    made = plan(facts.ticket, deciding)
    return {
        "ticket": facts.ticket,
        "tried": [_line(each, facts) for each in tried],
        "outcome": plan_words(made),
        "watchers": watcher_lines(made),
    }


def _facts(actor: Actor, form: TrialForm) -> Facts | None:
    number = form.cleaned_data["number"]
    if number is None:
        columns, moment = form.columns()
        return imagined(now=moment, **columns)
    try:
        return Facts(access.get(actor, number))
    except NotVisible as fault:
        form.add_error("number", fault.message)
        return None


def _line(tried: Tried[Ready], facts: Facts) -> dict[str, Any]:
    condition = tried.rule.condition
    return {
        "rule": tried.rule.rule,
        "fits": tried.fits,
        "decides": tried.decides,
        "words": describe(condition) if condition is not None else "",
        "why": why(condition, facts) if condition is not None else None,
        "then": then_words(tried.rule.rule),
    }
