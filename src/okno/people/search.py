"""Finding a client by a few letters of name, address, phone or company."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.db.models import F, Func, Q, QuerySet, TextField, Value

from okno.core.actor import Actor
from okno.people.access import companies_visible_to, contacts_visible_to
from okno.people.models import Client, Company, Contact

MOST = 8
DIGITS = Func(
    Func(F("phones"), Value(" "), function="array_to_string", output_field=TextField()),
    Value(r"[^0-9 ]"), Value(""), Value("g"), function="regexp_replace", output_field=TextField(),
)  # fmt: skip
"""The digits of all telephone numbers of a client, with a space between two numbers."""


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
    words = plain_words(words)
    if not actor.is_agent or len(words) < 2:
        return []
    contacts = contacts_fitting(contacts_visible_to(actor).filter(is_active=True), words)
    found = [_contact(contact) for contact in contacts.prefetch_related("addresses", "companies")[:MOST]]
    companies = companies_fitting(companies_visible_to(actor).filter(is_active=True), words)
    return found + [FoundClient(None, each.pk, each.name, "") for each in companies[:MOST]]


def plain_words(words: str) -> str:
    """What was typed, as the database can look for it."""
    storable = words[:1000].replace("\x00", " ").encode(errors="ignore").decode()
    return " ".join(storable.split())[:100]


def contacts_fitting(contacts: QuerySet[Contact], words: str) -> QuerySet[Contact]:
    """Those of the contacts with these letters in name, address, phone or company, in the order of their names."""
    fits = Q(name__icontains=words) | Q(addresses__address__istartswith=words) | Q(companies__name__icontains=words)
    return _fitting(contacts, fits, words)


def companies_fitting(companies: QuerySet[Company], words: str) -> QuerySet[Company]:
    """Those of the companies with these letters in name, domain or phone, in the order of their names."""
    fits = Q(name__icontains=words) | Q(domains__domain__istartswith=words) | Q(email__istartswith=words)
    return _fitting(companies, fits, words)


def _fitting[Row: Client](rows: QuerySet[Row], fits: Q, words: str) -> QuerySet[Row]:
    digits = "".join(filter(str.isdigit, words))
    if len(digits) >= 5:
        fits |= Q(pk__in=rows.alias(phone_digits=DIGITS).filter(phone_digits__contains=digits[-7:]).values("pk"))
    # Rows are found in a subquery: DISTINCT over whole cards would compare their notes.
    return rows.model._default_manager.filter(pk__in=rows.filter(fits).order_by().values("pk")).order_by(
        "name", "pk"
    )


def _contact(contact: Contact) -> FoundClient:
    company = next(iter(contact.companies.all()), None)
    address = next(iter(contact.addresses.all()), None)
    note = " · ".join(
        part for part in (company.name if company else "", address.address if address else "") if part
    )
    return FoundClient(contact.pk, company.pk if company else None, contact.name, note)
