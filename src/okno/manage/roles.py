"""The roles and what each may do; they can be changed in a later release."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from okno.core.http.policy import AgentRequest, agents_with
from okno.people.models import Role
from okno.people.rights import RIGHTS


@require_safe
@agents_with("agents.manage")
def roles(request: AgentRequest) -> HttpResponseBase:
    """A table of rights by role."""
    active = Count("agents", filter=Q(agents__is_active=True))
    context = {"roles": Role.objects.annotate(people=active).order_by("position"), "rights": RIGHTS}
    return render(request, "manage/roles.jinja", context)
