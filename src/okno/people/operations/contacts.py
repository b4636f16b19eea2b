"""Registering and changing clients' persons, and finding the one behind an address."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from okno.core import events
from okno.core.actor import Actor
from okno.core.faults import Conflict, Forbidden, Invalid
from okno.core.inserting import insert
from okno.core.text import one_line
from okno.fields.models import Target
from okno.fields.operations.files import take_files
from okno.fields.values import take_new
from okno.people import access
from okno.people import events as kinds
from okno.people.attributes import check_attributes
from okno.people.models import Affiliation, Company, CompanyDomain, Contact, ContactAddress
from okno.people.operations.caring import check_care
from okno.people.operations.companies import assign
from okno.people.operations.facts import Problems, plain_columns
from okno.people.portal_declarations import DEFAULT_LEVEL

JOB_LIMIT = 120


@dataclass(frozen=True)
class ContactFacts:
    """What is said of a contact; ``None`` leaves a fact as it is. Lists replace; their first is the main one.

    ``responsible`` is the id of an employee, 0 for nobody. ``attributes`` are values by code; those that are not
    mentioned stay, and where nobody was asked for any none is required.
    """

    name: str | None = None
    phones: Sequence[str] | None = None
    job_title: str | None = None
    language: str | None = None
    time_zone: str | None = None
    note: str | None = None
    is_active: bool | None = None
    copy_address: str | None = None
    addresses: Sequence[str] | None = None
    companies: Sequence[int] | None = None
    responsible: int | None = None
    watching_agents: Sequence[int] | None = None
    watching_teams: Sequence[int] | None = None
    attributes: Mapping[str, object] | None = None


def find_or_create_contact(
    actor: Actor, address: str, *, name: str = "", company: Company | None = None, language: str = ""
) -> Contact:
    """The contact with this mail address, registered now if there is none.

    A new one belongs to the company given, else to the one whose mail domain the address has. Whoever may
    create tickets may do this, since a request always comes from somebody. An existing contact is left as is.
    """
    if not (actor.has("tickets.create") or actor.has("people.manage")):
        raise Forbidden(_("Your role or token does not allow this."))
    problems = Problems()
    found = problems.check_addresses("email", [address])
    if problems or not found:
        raise Invalid(problems or {"email": [_("Write a mail address.")]})
    known = _with_address(found[0])
    if known is not None:
        return known
    belongs_to = company or _company_of_domain(found[0])
    try:
        with transaction.atomic():
            contact = Contact.objects.create(
                name=one_line(name)[:200] or found[0],
                language=problems.check_language(language),
                attributes=take_new(actor, Target.CONTACT, None).values,
            )
            ContactAddress.objects.create(contact=contact, address=found[0])
            if belongs_to is not None:
                Affiliation.objects.create(contact=contact, company=belongs_to)
            data = {"name": contact.name, "addresses": found}
            events.record(actor, kinds.CONTACT_CREATED, contact, data)
    except IntegrityError:
        made_meanwhile = _with_address(found[0])
        if made_meanwhile is None:
            raise
        return made_meanwhile
    return contact


def create_contact(actor: Actor, facts: ContactFacts) -> Contact:
    """Registers a contact; no two contacts share a mail address."""
    (made,) = create_contacts(actor, [facts])
    if isinstance(made, Invalid):
        raise made
    return made


def create_contacts(actor: Actor, rows: Sequence[ContactFacts]) -> list[Contact | Invalid]:
    """Registers many contacts in a few exchanges; in the place of one that cannot be, what is wrong with it."""
    access.require(actor, "people.manage")
    known = _known_to(actor, rows)
    outcomes = [_read_new(actor, facts, known) for facts in rows]
    new = [each for each in outcomes if isinstance(each, _New)]
    with _one_address(), transaction.atomic():
        insert(*(each.contact for each in new))
        insert(
            *(
                ContactAddress(contact=each.contact, address=address, position=place)
                for each in new
                for place, address in enumerate(each.addresses)
            ),
            *(
                Affiliation(contact=each.contact, company_id=company, position=place)
                for each in new
                for place, company in enumerate(each.companies)
            ),
        )
        for each in new:
            take_files(actor, each.files, each.contact.pk)
        told = [(each.contact, {"name": each.contact.name, "addresses": each.addresses}) for each in new]
        events.record_all(actor, kinds.CONTACT_CREATED, told)
    return [each.contact if isinstance(each, _New) else each for each in outcomes]


@dataclass(frozen=True)
class _New:
    """A contact that may be registered."""

    contact: Contact
    addresses: list[str]
    companies: list[int]
    files: list[str]


@dataclass(frozen=True)
class _Known:
    """Whose the addresses are that somebody names, and which of the companies he sees."""

    owners: dict[str, int]
    companies: set[int]


def _known_to(actor: Actor, rows: Sequence[ContactFacts]) -> _Known:
    addresses = {address.strip().lower() for facts in rows for address in facts.addresses or ()}
    companies = {pk for facts in rows for pk in facts.companies or ()}
    taken = ContactAddress.objects.filter(address__in=addresses).values_list("address", "contact")
    visible = access.companies_visible_to(actor).filter(pk__in=companies).values_list("pk", flat=True)
    return _Known(dict(taken) if addresses else {}, set(visible) if companies else set())


def _read_new(actor: Actor, facts: ContactFacts, known: _Known) -> _New | Invalid:
    try:
        columns, files = _checked(actor, facts, None, known)
        if not columns.get("name"):
            raise Invalid({"name": [_("Write the name.")]})
    except Invalid as invalid:
        return invalid
    addresses, companies = columns.pop("addresses", []), columns.pop("companies", [])
    known.owners.update(dict.fromkeys(addresses, 0))
    return _New(Contact(**columns), addresses, companies, files)


def change_contact(actor: Actor, contact: Contact, facts: ContactFacts) -> Contact:
    """Changes what is given and leaves the rest."""
    access.require(actor, "people.manage")
    with _one_address(), transaction.atomic():
        locked = Contact.objects.select_for_update().get(pk=contact.pk)
        if locked.erased_at is not None:
            raise Conflict(_("The data of this person was erased; nothing is entered again."), code="erased")
        columns, files = _checked(actor, facts, locked, _known_to(actor, [facts]))
        addresses, companies = columns.pop("addresses", None), columns.pop("companies", None)
        changed = assign(locked, columns)
        locked.save(update_fields=list(columns))
        take_files(actor, files, locked.pk)
        if addresses is not None and _set_addresses(locked, addresses):
            changed.append("addresses")
        if companies is not None and _set_companies(locked, companies):
            changed.append("companies")
        if changed:
            events.record(actor, kinds.CONTACT_CHANGED, locked, {"fields": changed})
    return locked


@contextmanager
def _one_address() -> Iterator[None]:
    """Two who give the same address to two contacts at once: the second hears of it at the field."""
    try:
        yield
    except IntegrityError as error:
        raise Invalid(
            {"emails": [_("Somebody has just given one of these addresses to another contact.")]}
        ) from error


def _with_address(address: str) -> Contact | None:
    return Contact.objects.filter(addresses__address=address).first()


def _company_of_domain(address: str) -> Company | None:
    domain = CompanyDomain.objects.filter(domain=address.rpartition("@")[2]).select_related("company").first()
    return domain.company if domain else None


def _checked(
    actor: Actor, facts: ContactFacts, contact: Contact | None, known: _Known
) -> tuple[dict[str, Any], list[str]]:
    problems = Problems()
    columns = plain_columns(facts, problems)
    if facts.job_title is not None:
        columns["job_title"] = problems.check_line("job_title", facts.job_title, JOB_LIMIT)
    if facts.copy_address is not None:
        columns["copy_address"] = next(iter(problems.check_addresses("copy_address", [facts.copy_address])), "")
    if facts.addresses is not None:
        columns["addresses"] = problems.check_addresses("emails", facts.addresses)
        own = contact.pk if contact else None
        for taken in [each for each in columns["addresses"] if known.owners.get(each, own) != own]:
            problems.add("emails", _("“%(address)s” is another contact's.") % {"address": taken})
    if facts.companies is not None:
        columns["companies"] = list(dict.fromkeys(facts.companies))
        for missing in [pk for pk in columns["companies"] if pk not in known.companies]:
            problems.add("companies", _("There is no company %(id)d.") % {"id": missing})
    columns |= check_care(facts, problems)
    valued = check_attributes(actor, Contact, facts.attributes, contact, problems)
    if problems:
        raise Invalid(problems)
    if valued:
        columns["attributes"] = valued.values
    return columns, valued.tokens if valued else []


def _set_addresses(contact: Contact, addresses: list[str]) -> bool:
    before = list(contact.addresses.values_list("address", flat=True))
    contact.addresses.exclude(address__in=addresses).delete()
    present = {each.address: each for each in contact.addresses.select_for_update()}
    for place, address in enumerate(addresses):
        row = present.get(address) or ContactAddress(contact=contact, address=address)
        row.position = place
        row.save()
    return before != addresses


def _set_companies(contact: Contact, companies: list[int]) -> bool:
    """Places that were there keep their level; whoever has an account gets the usual one in a new place (F146)."""
    before = list(contact.affiliations.values_list("company_id", flat=True))
    contact.affiliations.exclude(company__in=companies).delete()
    rows = [Affiliation(contact=contact, company_id=each, position=place) for place, each in enumerate(companies)]
    for row in rows:
        row.level = DEFAULT_LEVEL() if contact.user_id else ()
    Affiliation.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["contact", "company"],
        update_fields=["position"],
    )
    return before != companies
