"""Finding a client by a few letters of name, address, phone or company."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.db.models import F, Func, Q, TextField, Value

from okno.core.actor import Actor
from okno.people.access import companies_visible_to, contacts_visible_to
from okno.people.models import Contact

MOST = 8


@dataclass(frozen=True)
class FoundClient:
    """A contact (with the company) or a company alone."""

    contact: int | None
    company: int | None
    name: str
    note: str

    def as_data(self) -> dict[str, object]:
        return asdict(self)


def find_clients(actor: Actor, words: str) -> list[FoundClient]:
    """Contacts first, then companies, of those whom the actor sees; agents only, as clients know of nobody.

    Whoever is not among them is reached by the whole mail address and by nothing less, which lists nobody.
    """
    storable = words[:1000].replace("\x00", " ").encode(errors="ignore").decode()
    words = " ".join(storable.split())[:100]
    if not actor.is_agent or len(words) < 2:
        return []
    fits = Q(name__icontains=words) | Q(addresses__address__istartswith=words) | Q(companies__name__icontains=words)
    digits = "".join(filter(str.isdigit, words))
    if len(digits) >= 5:
        fits |= Q(phone_digits__contains=digits[-7:])
    bare = Func(
        F("phone"), Value(r"\D"), Value(""), Value("g"), function="regexp_replace", output_field=TextField()
    )
    everybody = contacts_visible_to(actor).filter(is_active=True).alias(phone_digits=bare)
    contacts = everybody.filter(fits).distinct().prefetch_related("addresses", "companies")
    found = [_contact(contact) for contact in contacts.order_by("name")[:MOST]]
    of_words = Q(name__icontains=words) | Q(domains__domain__istartswith=words)
    companies = companies_visible_to(actor).filter(of_words).distinct()
    return found + [FoundClient(None, each.pk, each.name, "") for each in companies[:MOST]]


def _contact(contact: Contact) -> FoundClient:
    company = next(iter(contact.companies.all()), None)
    address = next(iter(contact.addresses.all()), None)
    note = " · ".join(
        part for part in (company.name if company else "", address.address if address else "") if part
    )
    return FoundClient(contact.pk, company.pk if company else None, contact.name, note)
