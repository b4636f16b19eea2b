"""The first page of the settings."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from okno.core.http.policy import AgentRequest, agents_with


@require_safe
@agents_with("mail.manage")
def index(request: AgentRequest) -> HttpResponseBase:
    """What can be set, page by page."""
    return render(request, "manage/index.jinja", {})
