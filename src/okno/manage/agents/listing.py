"""The list of employees."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from okno.core.http.policy import AgentRequest, agents_with
from okno.people.models import Agent

SECOND_FACTORS = ["totp", "webauthn"]


@require_safe
@agents_with("agents.manage")
def agents(request: AgentRequest) -> HttpResponseBase:
    """Everybody, those who work here first: role, teams, second factor, when they last signed in."""
    secured = Count("user__authenticator", filter=Q(user__authenticator__type__in=SECOND_FACTORS))
    rows = Agent.objects.select_related("user", "role").prefetch_related("teams").annotate(factors=secured)
    rows = rows.order_by("-is_active", "name", "pk")
    return render(request, "manage/agents/list.jinja", {"rows": rows})
