"""The block of a contact's card about the portal: access given, invited, changed, taken away (F145-F147)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from okno.channels.email.outgoing.personal import send_invitation
from okno.core import clock
from okno.core.faults import Invalid
from okno.core.http.policy import AgentRequest, agents, agents_with
from okno.core.http.respond import respond
from okno.people import levels
from okno.people.access import get_contact
from okno.people.links import Purpose
from okno.people.models import Affiliation, Contact, PersonalLink
from okno.people.operations import portal_access
from okno.people.operations.portal_access import RIGHT

BLOCK = "desk/clients/portal_access.jinja"
Act = Callable[[AgentRequest, Contact], tuple[str, str]]
"""Does it and says what to tell: a short message, and a password that is shown this once."""


@agents
@never_cache
@require_safe
def block(request: AgentRequest, pk: int) -> HttpResponseBase:
    """The block as it is now; the card fetches it."""
    return _drawn(request, get_contact(request.actor, pk))


def _acting(act: Act) -> Callable[..., HttpResponseBase]:
    """A view that does one thing and answers with the block; what is wrong is said in it, at its field."""

    def view(request: AgentRequest, pk: int) -> HttpResponseBase:
        contact = get_contact(request.actor, pk)
        try:
            told, password = act(request, contact)
        except Invalid as invalid:
            return _drawn(request, contact, problems=invalid.fields)
        return _drawn(request, contact, toast=told, password=password)

    return agents_with(RIGHT)(never_cache(require_POST(view)))


def _invite(request: AgentRequest, contact: Contact) -> tuple[str, str]:
    link = send_invitation(request.actor, contact, request.POST.get("login", ""))
    return _("The invitation is on its way to %(address)s") % {"address": link.address}, ""


def _give(request: AgentRequest, contact: Contact) -> tuple[str, str]:
    portal_access.give_access(request.actor, contact, request.POST.get("login", ""))
    return _("Access given"), portal_access.set_password(request.actor, contact)


def _password(request: AgentRequest, contact: Contact) -> tuple[str, str]:
    given = request.POST.get("password", "")
    made = portal_access.set_password(request.actor, contact, given)
    return _("Password set; all sessions have ended"), "" if given else made


def _login(request: AgentRequest, contact: Contact) -> tuple[str, str]:
    portal_access.change_login(request.actor, contact, request.POST.get("login", ""))
    return _("Login changed"), ""


def _levels(request: AgentRequest, contact: Contact) -> tuple[str, str]:
    """Each company of the form (``company``) has its codes under ``level-ID``."""
    wanted = {}
    for pk in request.POST.getlist("company"):
        number = int(pk) if pk.isascii() and pk.isdigit() and len(pk) < 19 else 0
        wanted[number] = request.POST.getlist(f"level-{pk}")
    portal_access.set_levels(request.actor, contact, wanted)
    return _("Access level saved; it holds from now on"), ""


def _revoke(request: AgentRequest, contact: Contact) -> tuple[str, str]:
    portal_access.revoke_access(request.actor, contact)
    return _("Access taken away; all sessions have ended"), ""


invite, give, password = _acting(_invite), _acting(_give), _acting(_password)
login, change_levels, revoke = _acting(_login), _acting(_levels), _acting(_revoke)


def _drawn(
    request: AgentRequest,
    contact: Contact,
    *,
    toast: str = "",
    password: str = "",
    problems: dict[str, list[str]] | None = None,
) -> HttpResponseBase:
    fresh = Contact.objects.select_related("user").get(pk=contact.pk)
    state = state_of(fresh)
    context = {
        "contact": fresh,
        "addresses": [each.address for each in fresh.addresses.all()],
        "may_manage": request.actor.has(RIGHT),
        "places": _places(fresh),
        "offered": levels.OFFERED,
        "problems": problems or {},
        "password": password,
        **state,
    }
    return respond(request, BLOCK, context, status=422 if problems else 200, toast=toast)


def state_of(contact: Contact) -> dict[str, Any]:
    """What is told of the access: none, invited, open or taken away, and since when."""
    user = contact.user
    sent = PersonalLink.objects.filter(purpose=Purpose.INVITATION, contact=contact).order_by("-id").first()
    waits = sent is not None and sent.ended_at is None
    state = "none" if user is None else "revoked" if not user.is_active else "open"
    if user is not None and state == "open" and not user.has_usable_password() and user.last_login is None:
        state = "invited" if waits else "waiting"
    return {
        "state": state,
        "login": user.email if user is not None else "",
        "last_sign_in": user.last_login if user is not None else None,
        "invitation": sent,
        "is_expired": waits and sent is not None and sent.expires_at <= clock.now(),
        "waits": waits,
    }


def _places(contact: Contact) -> list[tuple[Affiliation, list[str]]]:
    """Each company with its level in words."""
    found = Affiliation.objects.filter(contact=contact).select_related("company")
    return [(place, levels.in_words(place.level)) for place in found]
