"""One row of a file becomes a contact or a company, by the same operations as everywhere; all of it or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.db.models.lookups import Exact
from django.utils.translation import gettext as _

from okno.core.actor import Actor
from okno.core.faults import Conflict, Invalid
from okno.fields.models import Attribute
from okno.people import access
from okno.people.imports.attributes import HOLDERS, brought_in, given_in
from okno.people.models import Agent, ClientCategory, Company, CompanyDomain, Contact
from okno.people.operations.companies import CompanyFacts, change_company, create_company
from okno.people.operations.contacts import ContactFacts, change_contact, create_contact

Outcome = Literal["made", "changed", "left"]
Values = Mapping[str, list[str]]
FIELDS = {"emails": "email", "phones": "phone", "companies": "company"}
"""How the operations call what a column calls otherwise."""


@dataclass
class Writer:
    """Writes rows in the name of an actor. ``seen`` says in which line each key stands first: none comes twice.

    ``promised`` are companies that a look, which takes everything back, would have made.
    """

    actor: Actor
    updates_known: bool
    makes_companies: bool
    seen: dict[str, int] = field(default_factory=dict)
    promised: set[str] = field(default_factory=set)

    @cached_property
    def attributes(self) -> dict[str, list[Attribute]]:
        """Those that a row of each kind can fill in, asked once for all rows."""
        return {kind: brought_in(self.actor, kind) for kind in HOLDERS}

    def write(self, kind: str, line: int, values: Values) -> Outcome:
        """Brings one row in; raises ``Invalid`` with messages by field for one that cannot be taken."""
        try:
            return self._contact(line, values) if kind == "contacts" else self._company(line, values)
        except Conflict as conflict:
            raise Invalid({"name": [conflict.message]}) from conflict

    def _contact(self, line: int, values: Values) -> Outcome:
        addresses = addresses_in(values)
        self.refuse_repeated("email", addresses, line)
        known = access.contacts_visible_to(self.actor).filter(addresses__address__in=addresses)
        contact = known.distinct().first()
        if contact is not None and not self.updates_known:
            return "left"
        company = self._company_named(first(values, "company"))
        facts = self.contact_facts(contact, _with_company(contact, company), values)
        if contact is None:
            create_contact(self.actor, facts)
            return "made"
        change_contact(self.actor, contact, facts)
        return "changed"

    def contact_facts(self, contact: Contact | None, companies: list[int] | None, values: Values) -> ContactFacts:
        """What the row says of a contact, who may be known already."""
        addresses = addresses_in(values)
        name = first(values, "name") or " ".join(
            filter(None, [first(values, "first_name"), first(values, "last_name")])
        )
        return ContactFacts(
            name=name or (None if contact else next(iter(addresses), "")),
            addresses=_joined(contact, addresses) if addresses else None,
            phones=_phones(contact, values),
            companies=companies,
            job_title=first(values, "job_title") or None,
            language=_language(values),
            time_zone=first(values, "time_zone") or None,
            copy_address=first(values, "copy_address") or None,
            note=first(values, "note") or None,
            responsible=self._responsible(values),
            attributes=given_in(self.attributes["contacts"], values),
        )

    def _company(self, line: int, values: Values) -> Outcome:
        name = first(values, "name")
        domains = [each.lower().lstrip("@") for cell in values.get("domains", []) for each in _parts(cell)]
        self.refuse_repeated("name", [name.casefold()] if name else [], line)
        self.refuse_repeated("domains", domains, line)
        company = self._known_company(name, domains)
        if company is not None and not self.updates_known:
            return "left"
        parent = self._company_named(first(values, "parent"))
        facts = CompanyFacts(
            name=name or None,
            domains=list(dict.fromkeys([*self._domains_of(company), *domains])) if domains else None,
            email=first(values, "email") or None,
            phones=_phones(company, values),
            category=self._category(values),
            site_url=first(values, "site_url") or None,
            address="\n".join(values.get("address", [])) or None,
            language=_language(values),
            time_zone=first(values, "time_zone") or None,
            parent=parent.pk if parent else None,
            note=first(values, "note") or None,
            responsible=self._responsible(values),
            attributes=given_in(self.attributes["companies"], values),
        )
        if company is None:
            create_company(self.actor, facts)
            return "made"
        change_company(self.actor, company, facts)
        return "changed"

    def refuse_repeated(self, name: str, keys: list[str], line: int) -> None:
        """Refuses a row with a key that an earlier line of the file has."""
        for key in keys:
            before = self.seen.get(f"{name}:{key}", line)
            if before < line:
                text = _("“%(value)s” stands in line %(line)d already.") % {"value": key, "line": before}
                raise Invalid({name: [text]})

    def _named(self, name: str) -> QuerySet[Company]:
        return access.companies_visible_to(self.actor).filter(Exact(Lower("name"), name.lower()))

    def _company_named(self, name: str) -> Company | None:
        """The company of this name, registered now where that is wanted; several of one name are nobody's."""
        if not name:
            return None
        found = list(self._named(name).filter(is_active=True)[:2])
        if len(found) > 1:
            raise Invalid({"company": [_("There are several companies “%(name)s”.") % {"name": name}]})
        if found:
            return found[0]
        if not self.makes_companies:
            raise Invalid({"company": [_("There is no company “%(name)s”.") % {"name": name}]})
        return create_company(self.actor, CompanyFacts(name=name))

    def _known_company(self, name: str, domains: list[str]) -> Company | None:
        by_domain = CompanyDomain.objects.filter(domain__in=domains).values_list("company", flat=True)
        found = list(access.companies_visible_to(self.actor).filter(pk__in=set(by_domain))[:2])
        if not found and name:
            found = list(self._named(name)[:2])
        if len(found) > 1:
            raise Invalid({"name": [_("There are several companies “%(name)s”.") % {"name": name}]})
        return found[0] if found else None

    def _domains_of(self, company: Company | None) -> list[str]:
        return list(company.domains.values_list("domain", flat=True)) if company else []

    def _responsible(self, values: Values) -> int | None:
        written = first(values, "responsible")
        if not written:
            return None
        found = self._agents.get(written.lower())
        if found is None:
            raise Invalid({"responsible": [_("There is no employee “%(name)s”.") % {"name": written}]})
        return found

    @cached_property
    def _agents(self) -> dict[str, int]:
        """Employees by name and by address; a name that two have names nobody."""
        rows = list(Agent.objects.filter(is_active=True).values_list("pk", "name", "user__email"))
        names = [name.lower() for _pk, name, _email in rows]
        by_name = {name.lower(): pk for pk, name, _email in rows if names.count(name.lower()) == 1}
        return by_name | {email: pk for pk, _name, email in rows}

    def _category(self, values: Values) -> str | None:
        written = first(values, "category")
        if not written:
            return None
        for row in self._categories:
            if written.lower() in {row.code.lower(), *(str(each).lower() for each in row.names.values())}:
                return row.code
        raise Invalid({"category": [_("There is no “%(code)s”.") % {"code": written}]})

    @cached_property
    def _categories(self) -> list[ClientCategory]:
        return list(ClientCategory.objects.all())


def keys_of(kind: str, values: Values) -> list[str]:
    """By what a row is known, so that a second one of the same file is found out."""
    if kind == "contacts":
        return [f"email:{each}" for each in addresses_in(values)]
    named = [f"name:{first(values, 'name').casefold()}"] if first(values, "name") else []
    domains = [each.lower().lstrip("@") for cell in values.get("domains", []) for each in _parts(cell)]
    return [*named, *(f"domains:{each}" for each in domains)]


def addresses_in(values: Values) -> list[str]:
    """The mail addresses of a contact's row, in lower case."""
    return [each.lower() for cell in values.get("email", []) for each in _parts(cell)]


def first(values: Values, code: str) -> str:
    """The first filled cell of the field, or an empty text."""
    return next(iter(values.get(code, [])), "")


def _parts(cell: str) -> list[str]:
    """Several in one cell, parted by commas, semicolons or spaces."""
    return cell.replace(",", " ").replace(";", " ").split()


def _language(values: Values) -> str | None:
    written = first(values, "language")
    return written.split("-", 1)[0].lower() if written else None


def _joined(contact: Contact | None, addresses: list[str]) -> list[str]:
    """Known addresses stay and stay first: a file adds and takes nothing away."""
    present = list(contact.addresses.values_list("address", flat=True)) if contact else []
    return list(dict.fromkeys([*present, *addresses]))


def _phones(client: Contact | Company | None, values: Values) -> list[str] | None:
    written = values.get("phone", [])
    return [*(client.phones if client else []), *written] if written else None


def _with_company(contact: Contact | None, company: Company | None) -> list[int] | None:
    if company is None:
        return None
    present = list(contact.affiliations.values_list("company_id", flat=True)) if contact else []
    return list(dict.fromkeys([*present, company.pk]))
