"""The form of an SLA rule."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from okno.core.faults import Conflict, Invalid
from okno.core.http.mistakes import at_fields
from okno.core.http.policy import AgentRequest, agents_with
from okno.manage.pages import done, refused
from okno.manage.sla.forms import RuleForm
from okno.manage.sla.listing import load
from okno.sla.models import SlaRule
from okno.sla.operations.rules import change_rule, create_rule
from okno.tickets.models import Ticket
from okno.workflow.rules import State


@require_http_methods(["GET", "HEAD", "POST"])
@agents_with("settings.manage")
def new(request: AgentRequest) -> HttpResponseBase:
    """The form of a new rule."""
    return _edit(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@agents_with("settings.manage")
def edit(request: AgentRequest, pk: int) -> HttpResponseBase:
    """The form of a rule."""
    return _edit(request, load(pk))


def _edit(request: AgentRequest, rule: SlaRule | None) -> HttpResponseBase:
    form = RuleForm(request.POST if request.method == "POST" else None, rule=rule)
    if request.method == "POST" and form.is_valid():
        try:
            if rule is None:
                create_rule(request.actor, form.facts())
            else:
                change_rule(request.actor, rule, form.facts())
        except Conflict as conflict:
            return refused(request, conflict.message, "manage:sla")
        except Invalid as invalid:
            at_fields(form, invalid)
        else:
            return done(request, _("Saved."), "manage:sla")
    following = _following(rule) if rule else 0
    context = {"form": form, "rule": rule, "following": following}
    return render(request, "manage/sla/edit.jinja", context, status=422 if form.errors else 200)


def _following(rule: SlaRule) -> int:
    """How many open tickets follow the rule."""
    return Ticket.objects.filter(sla_rule=rule.pk).exclude(state=State.CLOSED).count()
