"""Access details of a ticket in the desk: the panel, the window that takes one, the look that is written down."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from okno.core.faults import Conflict, Invalid, NotVisible
from okno.core.http.mistakes import at_fields
from okno.core.http.policy import AgentRequest, agents
from okno.core.http.respond import respond
from okno.core.http.secret_fields import NAMES, SecretFields
from okno.desk.loading import load
from okno.desk.tickets.changing import changed_answer
from okno.tickets import access
from okno.tickets.models import Ticket, TicketSecret
from okno.tickets.operations import secrets

SHOWN_FOR = 30
"""Seconds for which a value stands on the page."""


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("secret_value")
@agents
def give(request: AgentRequest, number: int) -> HttpResponseBase:
    """The window for what the client said on the telephone, and keeping it."""
    ticket = load(request, number)
    access.require(request.actor, "note", ticket)
    if request.method != "POST":
        return _window(request, ticket, SecretFields())
    form = SecretFields(request.POST)
    if form.given is not None:
        try:
            secrets.keep(request.actor, ticket, *form.given)
        except Invalid as invalid:
            at_fields(form, invalid, NAMES)
        except Conflict as conflict:
            form.add_error(None, conflict.message)
        else:
            return changed_answer(request, number, _("Kept, encrypted, until the ticket closes"), close=True)
    return _window(request, ticket, form, status=422)


@require_POST
@never_cache
@agents
def show(request: AgentRequest, number: int, pk: int) -> HttpResponseBase:
    """The value, for half a minute; the look stands in the history and in the audit log."""
    secret = _of(request, load(request, number), pk)
    context = {"secret": secret, "value": secrets.reveal(request.actor, secret.pk), "seconds": SHOWN_FOR}
    return respond(request, "desk/tickets/secret_shown.jinja", context)


@require_POST
@agents
def erase(request: AgentRequest, number: int, pk: int) -> HttpResponseBase:
    """Gone for good."""
    secrets.erase(request.actor, _of(request, load(request, number), pk))
    return changed_answer(request, number, _("Erased"))


def _of(request: AgentRequest, ticket: Ticket, pk: int) -> TicketSecret:
    found = access.secrets_visible_to(request.actor).filter(ticket=ticket, pk=pk).first()
    if found is None:
        raise NotVisible(_("There are no such access details, or they are not for you to see."))
    return found


def _window(request: AgentRequest, ticket: Ticket, form: SecretFields, status: int = 200) -> HttpResponseBase:
    return respond(request, "desk/tickets/secret_new.jinja", {"ticket": ticket, "form": form}, status=status)
