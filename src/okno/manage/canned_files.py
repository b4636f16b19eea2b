"""The files of a canned reply, added and removed on its page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from okno.core.faults import Invalid
from okno.core.http.policy import AgentRequest, agents_with
from okno.manage.canned import load_reply
from okno.tickets.operations.canned_files import add_canned_file, remove_canned_file


@require_POST
@agents_with("settings.manage")
def add(request: AgentRequest, pk: int) -> HttpResponseBase:
    """Adds the chosen files; what cannot be taken is named."""
    reply = load_reply(pk)
    for file in request.FILES.getlist("files"):
        try:
            add_canned_file(request.actor, reply, name=file.name or "", content=file.read())
        except Invalid as invalid:
            messages.error(request, f"{file.name}: {invalid.message}")
    return redirect("manage:canned-reply", pk)


@require_POST
@agents_with("settings.manage")
def remove(request: AgentRequest, pk: int, token: str) -> HttpResponseBase:
    """Takes one file away."""
    remove_canned_file(request.actor, load_reply(pk), token)
    messages.success(request, _("Saved."))
    return redirect("manage:canned-reply", pk)
