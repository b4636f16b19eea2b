"""Bringing a colleague into a request, and leaving it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from okno.core.faults import Invalid, NotVisible
from okno.core.http.policy import ContactRequest, contacts
from okno.people.access import colleagues_visible_to
from okno.portal.loading import load, posted_id
from okno.portal.requests.answering import back_to
from okno.tickets.operations import people


@require_POST
@contacts
def bring_in(request: ContactRequest, number: int) -> HttpResponseBase:
    """A colleague takes part from now on; or the person himself, who sees the company's requests."""
    ticket = load(request, number)
    chosen = (
        colleagues_visible_to(request.actor, ticket.company_id).filter(pk=posted_id(request, "colleague")).first()
    )
    if chosen is None:
        raise NotVisible(_("There is no such contact, or it is not for you to see."))
    try:
        people.bring_in(request.actor, ticket, chosen)
    except Invalid as invalid:
        messages.warning(request, invalid.message)
    else:
        messages.success(request, _("%(name)s takes part now and gets the answers too.") % {"name": chosen.name})
    return back_to(number)


@require_POST
@contacts
def leave(request: ContactRequest, number: int) -> HttpResponseBase:
    """The person takes no further part in the request."""
    people.leave(request.actor, load(request, number))
    messages.success(request, _("You have left the request and get no more news of it."))
    return HttpResponseRedirect(reverse("portal:requests"), status=303)
