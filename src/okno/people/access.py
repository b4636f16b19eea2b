"""The visibility rule of clients: agents whose role grants ``people.view`` see all companies and contacts."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from okno.core.actor import Actor
from okno.core.faults import Forbidden, NotVisible
from okno.people.models import Company, Contact


def companies_visible_to(actor: Actor) -> QuerySet[Company]:
    """The companies that exist for this actor; for a contact those that the contact belongs to."""
    if actor.is_contact:
        return Company.objects.filter(pk__in=actor.companies)
    return Company.objects.all() if actor.has("people.view") else Company.objects.none()


def contacts_visible_to(actor: Actor) -> QuerySet[Contact]:
    """The contacts that exist for this actor; for a contact only oneself."""
    if actor.is_contact:
        return Contact.objects.filter(pk=actor.id or 0)
    return Contact.objects.all() if actor.has("people.view") else Contact.objects.none()


def require(actor: Actor, right: str) -> None:
    """Passes in silence, or raises ``Forbidden`` with the reason."""
    if not actor.has(right):
        raise Forbidden(_("Your role or token does not allow this."), details={"right": right})


def get_company(actor: Actor, pk: int) -> Company:
    """The company of this id, or ``NotVisible``."""
    require(actor, "people.view")
    found = companies_visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise NotVisible(_("There is no such company, or it is not for you to see."))
    return found


def get_contact(actor: Actor, pk: int) -> Contact:
    """The contact of this id, or ``NotVisible``."""
    require(actor, "people.view")
    found = contacts_visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise NotVisible(_("There is no such contact, or it is not for you to see."))
    return found
