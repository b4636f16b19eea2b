"""Erasing a person's data on request: what there is is shown first, then it is done with progress."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from okno.core.faults import Fault, Forbidden
from okno.core.http.after import done
from okno.core.http.policy import AgentRequest, agents, agents_with
from okno.core.http.respond import respond
from okno.desk.clients.editing import RIGHT
from okno.people.access import get_contact
from okno.people.models import Contact, Erasure
from okno.people.operations.erasing import may_erase, parts_of, request_erasure


@require_http_methods(["GET", "HEAD", "POST"])
@agents_with(RIGHT)
def erase(request: AgentRequest, pk: int) -> HttpResponseBase:
    """What goes, what stays and why; then the choice, and the question whether it is really meant."""
    row = get_contact(request.actor, pk)
    if not may_erase(request.actor):
        raise Forbidden(_("Erasing takes the rights to change clients and to see all tickets."))
    texts = request.POST.get("texts") or Erasure.Texts.OWN.value
    problem = ""
    if request.method == "POST" and request.POST.get("sure") != "1":
        problem = _("Say that you have made sure who asks for it.")
    elif request.method == "POST":
        try:
            request_erasure(request.actor, row, texts)
        except Fault as fault:
            problem = fault.message
        else:
            return done(request, _("The data is being erased."), "desk:contact", pk)
    context = {
        "row": row, "parts": parts_of(request.actor, row), "choices": Erasure.Texts.choices, "texts": texts,
        "problem": problem, "addresses": list(row.addresses.all()),
    }  # fmt: skip
    return render(request, "desk/clients/erase.jinja", context, status=422 if problem else 200)


@require_safe
@agents
def erasure(request: AgentRequest, pk: int) -> HttpResponseBase:
    """How far it has come; fetched again by itself until it is finished."""
    row = get_contact(request.actor, pk)
    return respond(request, "desk/clients/erasure.jinja", {"row": row, "erasure": erasure_of(row)})


def erasure_of(row: Contact) -> Erasure | None:
    """The request to erase the person's data, if there was one."""
    return row.erasures.order_by("-pk").first()
