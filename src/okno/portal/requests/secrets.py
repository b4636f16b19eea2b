"""Access details that a client gives with a request, sees that they are there, and takes back (F198)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from okno.core.faults import Conflict, Invalid, NotVisible
from okno.core.http.mistakes import at_fields
from okno.core.http.policy import ContactRequest, contacts
from okno.core.http.respond import is_fragment, respond
from okno.core.http.secret_fields import NAMES, SecretFields
from okno.portal.loading import load
from okno.portal.requests.answering import back_to
from okno.tickets import access
from okno.tickets.models import Ticket
from okno.tickets.operations import secrets
from okno.workflow.rules import State


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("secret_value")
@contacts
def access_details(request: ContactRequest, number: int) -> HttpResponseBase:
    """What was given, as a part of the request's page; by itself the page with the form to give more."""
    ticket = load(request, number)
    if request.method != "POST":
        return _page(request, ticket, SecretFields())
    form = SecretFields(request.POST)
    if form.given is None:
        return _page(request, ticket, form, status=422)
    try:
        secrets.keep(request.actor, ticket, *form.given)
    except Invalid as invalid:
        at_fields(form, invalid, NAMES)
        return _page(request, ticket, form, status=422)
    except Conflict as conflict:
        form.add_error(None, conflict.message)
        return _page(request, ticket, form, status=conflict.status)
    messages.success(request, _("Kept, encrypted, until the request closes."))
    return back_to(number)


@require_POST
@contacts
def take_back(request: ContactRequest, number: int, pk: int) -> HttpResponseBase:
    """What the person gave himself is erased."""
    ticket = load(request, number)
    found = access.secrets_visible_to(request.actor).filter(ticket=ticket, pk=pk).first()
    if found is None:
        raise NotVisible(_("There are no such access details, or they are not for you to see."))
    secrets.erase(request.actor, found)
    messages.success(request, _("Erased"))
    return back_to(number)


def _page(request: ContactRequest, ticket: Ticket, form: SecretFields, status: int = 200) -> HttpResponseBase:
    rows = access.secrets_visible_to(request.actor).filter(ticket=ticket).order_by("id")
    context: dict[str, Any] = {
        "ticket": ticket,
        "form": form,
        "rows": [(row, row.contact_id == request.actor.id) for row in rows.defer("ciphertext")],
        "may_give": ticket.state != State.CLOSED,
        "is_part": is_fragment(request),
    }
    part = "portal/requests/secrets_part.jinja"
    return respond(request, "portal/requests/secrets.jinja", context, fragment=part, status=status)
