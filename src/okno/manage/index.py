"""The first page of the settings: what can be set, and how things stand."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from okno.core.faults import Forbidden
from okno.core.http.policy import AgentRequest, agents
from okno.manage.glance import glance
from okno.manage.navigation import groups_for


@require_safe
@agents
def index(request: AgentRequest) -> HttpResponseBase:
    """A card for each page that the agent's role opens."""
    groups = list(groups_for(request.actor))
    if not groups:
        raise Forbidden(_("Your role does not include this page. An administrator can change that."))
    context = {"groups": groups, "glance": glance(request.actor)}
    return render(request, "manage/index.jinja", context)
