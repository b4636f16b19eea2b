"""The form of a rule."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from okno.core.faults import Conflict, Invalid
from okno.core.http.mistakes import at_fields
from okno.core.http.policy import AgentRequest, agents_with
from okno.manage.pages import done, refused
from okno.manage.routing.forms import RuleForm
from okno.manage.routing.listing import load
from okno.routing.models import RoutingRule
from okno.routing.operations.rules import change_rule, create_rule


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


def _edit(request: AgentRequest, rule: RoutingRule | None) -> HttpResponseBase:
    form = RuleForm(request.POST if request.method == "POST" else None, rule=rule)
    if request.method == "POST" and form.is_valid():
        try:
            if rule is None:
                create_rule(request.actor, form.facts())
            else:
                change_rule(request.actor, rule, form.facts())
        except Conflict as conflict:
            return refused(request, conflict.message, "manage:routing")
        except Invalid as invalid:
            at_fields(form, invalid, {"agent": "assignee", "team": "assignee", "target": "assignee"})
        else:
            return done(request, _("Saved."), "manage:routing")
    context = {"form": form, "rule": rule}
    return render(request, "manage/routing/edit.jinja", context, status=422 if form.errors else 200)
