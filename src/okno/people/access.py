"""The visibility rule of clients: who may see which companies and contacts, and so who may choose or name them.

Agents whose role grants ``people.view`` see all. Any other agent sees those to whom the agent's own work leads
(F159): the packages above say which these are, since only they know; and the companies of these contacts. A
contact sees oneself, the companies that one belongs to, and those supervised ones whose tickets are open to one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from okno.core.actor import Actor
from okno.core.faults import Forbidden, NotVisible
from okno.people.models import Affiliation, Company, Contact

Condition = Callable[[Actor], Q]


@dataclass(frozen=True)
class Way:
    """How an agent's work leads to clients: a condition on contacts and one on companies."""

    contacts: Condition
    companies: Condition


_ways: dict[str, Way] = {}


def add_way(name: str, way: Way) -> None:
    """Registers a kind of work that leads to clients."""
    _ways[name] = way


def companies_visible_to(actor: Actor) -> QuerySet[Company]:
    """The companies that exist for this actor; for a contact one's own and those whose tickets are open to one."""
    if actor.is_contact:
        return Company.objects.filter(pk__in=(*actor.companies, *actor.supervised))
    if actor.has("people.view"):
        return Company.objects.filter(merged_into=None)
    if not actor.is_agent:
        return Company.objects.none()
    places = Affiliation.objects.filter(company=OuterRef("pk"), contact__in=contacts_visible_to(actor))
    led = _any([Q(Exists(places)), *(way.companies(actor) for way in _ways.values())])
    return Company.objects.filter(led, merged_into=None)


def contacts_visible_to(actor: Actor) -> QuerySet[Contact]:
    """The contacts that exist for this actor; for a contact only oneself."""
    if actor.is_contact:
        return Contact.objects.filter(pk=actor.id or 0)
    if actor.has("people.view"):
        return Contact.objects.filter(merged_into=None)
    if not actor.is_agent:
        return Contact.objects.none()
    return Contact.objects.filter(_any([way.contacts(actor) for way in _ways.values()]), merged_into=None)


def colleagues_visible_to(actor: Actor, company: int | None) -> QuerySet[Contact]:
    """Whom of a company a contact may bring into its tickets: its active people, where all its tickets are open.

    Whoever sees them all meets these people in the tickets anyway; others learn of no colleague.
    """
    if not actor.is_contact or company is None or company not in actor.open_companies:
        return Contact.objects.none()
    return Contact.objects.filter(affiliations__company=company, is_active=True)


def _any(conditions: list[Q]) -> Q:
    nobody = Q(pk__in=())
    return reduce(or_, conditions, nobody)


def require(actor: Actor, right: str) -> None:
    """Passes in silence, or raises ``Forbidden`` with the reason."""
    if not actor.has(right):
        raise Forbidden(_("Your role or token does not allow this."), details={"right": right})


def get_company(actor: Actor, pk: int) -> Company:
    """The company of this id, or ``NotVisible``."""
    found = companies_visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise NotVisible(_("There is no such company, or it is not for you to see."))
    return found


def get_contact(actor: Actor, pk: int) -> Contact:
    """The contact of this id, or ``NotVisible``."""
    found = contacts_visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise NotVisible(_("There is no such contact, or it is not for you to see."))
    return found
