"""Cards that are probably of the same person or company."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from okno.core.actor import Actor
from okno.people.access import companies_visible_to, contacts_visible_to
from okno.people.models import Company, Contact
from okno.people.phones import is_number

MOST = 5


@dataclass(frozen=True)
class Likely[Card]:
    """A card that may be the same, and why one thinks so."""

    card: Card
    reason: str


def like_contact(actor: Actor, contact: Contact) -> list[Likely[Contact]]:
    """Contacts with the same telephone, or with the same name in the same company or in none."""
    phones = [phone for phone in contact.phones if is_number(phone)]
    companies = list(contact.affiliations.values_list("company_id", flat=True))
    place = Q(affiliations__company__in=companies) if companies else Q(affiliations=None)
    alike = Q(name__iexact=contact.name) & place
    found = contacts_visible_to(actor).filter((Q(phones__overlap=phones) if phones else Q(pk__in=())) | alike)
    rows = found.filter(erased_at=None).exclude(pk=contact.pk).distinct().order_by("name", "pk")[:MOST]
    return [Likely(row, _reason(contact, row)) for row in rows]


def like_company(actor: Actor, company: Company) -> list[Likely[Company]]:
    """Companies with the same telephone, name, general e-mail or web site."""
    phones = [phone for phone in company.phones if is_number(phone)]
    alike = Q(name__iexact=company.name)
    for field in ("email", "site_url"):
        if value := getattr(company, field):
            alike |= Q(**{f"{field}__iexact": value})
    found = companies_visible_to(actor).filter(alike | (Q(phones__overlap=phones) if phones else Q(pk__in=())))
    rows = found.exclude(pk=company.pk).exclude(parent=company).exclude(pk=company.parent_id or 0)
    return [Likely(row, _reason(company, row)) for row in rows.order_by("name", "pk")[:MOST]]


def _reason(card: Company | Contact, other: Company | Contact) -> str:
    if set(card.phones) & set(other.phones):
        return _("the same telephone")
    return _("the same name") if card.name.casefold() == other.name.casefold() else _("the same address")
