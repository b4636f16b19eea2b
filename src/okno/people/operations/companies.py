"""Registering and changing client companies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from okno.core import events
from okno.core.actor import Actor
from okno.core.faults import Invalid
from okno.fields.operations.files import take_files
from okno.people import access
from okno.people import events as kinds
from okno.people.attributes import check_attributes
from okno.people.models import ClientCategory, Company, CompanyDomain
from okno.people.operations.caring import check_care
from okno.people.operations.facts import Problems, plain_columns
from okno.people.operations.kinship import check_parent, check_supervised, set_supervised


@dataclass(frozen=True)
class CompanyFacts:
    """What is said of a company; ``None`` leaves a fact as it is.

    ``domains``, ``phones`` and ``supervised`` (ids of companies whose tickets its people may follow) replace all of
    them; ``category`` is a code, and an empty one means no category. ``responsible`` is the id of an employee and
    ``parent`` that of a company, 0 for nobody; the watchers are ids and replace the present ones. ``attributes``
    are values by code; those that are not mentioned stay; where nobody was asked (``None``) none is required.
    """

    name: str | None = None
    email: str | None = None
    phones: Sequence[str] | None = None
    language: str | None = None
    time_zone: str | None = None
    site_url: str | None = None
    address: str | None = None
    note: str | None = None
    is_active: bool | None = None
    domains: Sequence[str] | None = None
    category: str | None = None
    parent: int | None = None
    supervised: Sequence[int] | None = None
    responsible: int | None = None
    watching_agents: Sequence[int] | None = None
    watching_teams: Sequence[int] | None = None
    attributes: Mapping[str, object] | None = None


def create_company(actor: Actor, facts: CompanyFacts) -> Company:
    """Registers a company; letters from its domains will belong to it."""
    access.require(actor, "people.manage")
    with _one_domain(), transaction.atomic():
        said = _checked(actor, facts, None)
        if not said.columns.get("name"):
            raise Invalid({"name": [_("Write the name.")]})
        company = Company.objects.create(**said.columns)
        _set_domains(company, said.domains or [])
        set_supervised(company, said.supervised or [])
        take_files(actor, said.files, company.pk)
        events.record(actor, kinds.COMPANY_CREATED, company, {"name": company.name})
    return company


def change_company(actor: Actor, company: Company, facts: CompanyFacts) -> Company:
    """Changes what is given and leaves the rest."""
    access.require(actor, "people.manage")
    with _one_domain(), transaction.atomic():
        locked = Company.objects.select_for_update().get(pk=company.pk)
        said = _checked(actor, facts, locked)
        changed = assign(locked, said.columns)
        locked.save(update_fields=list(said.columns))
        take_files(actor, said.files, locked.pk)
        if said.domains is not None and _set_domains(locked, said.domains):
            changed.append("domains")
        if said.supervised is not None and set_supervised(locked, said.supervised):
            changed.append("supervised")
        if changed:
            events.record(actor, kinds.COMPANY_CHANGED, locked, {"fields": changed})
    return locked


def assign(row: Model, columns: Mapping[str, Any]) -> list[str]:
    """Gives the row the values; the names of those that were others before."""
    changed = [name for name, value in columns.items() if getattr(row, name) != value]
    for name, value in columns.items():
        setattr(row, name, value)
    return changed


@dataclass(frozen=True)
class _Said:
    """Checked facts: columns of the company, and what stands in other tables."""

    columns: dict[str, Any]
    domains: list[str] | None
    supervised: list[int] | None
    files: list[str]


def _checked(actor: Actor, facts: CompanyFacts, company: Company | None) -> _Said:
    problems = Problems()
    columns = plain_columns(facts, problems)
    if facts.email is not None:
        columns["email"] = next(iter(problems.check_addresses("email", [facts.email])), "")
    if facts.site_url is not None:
        columns["site_url"] = problems.check_site(facts.site_url)
    if facts.address is not None:
        columns["address"] = problems.check_text("address", facts.address)
    if facts.category is not None:
        columns["category"] = _category(facts.category, problems)
    if facts.parent is not None:
        columns["parent"] = check_parent(actor, facts.parent, company, problems)
    columns |= check_care(facts, problems)
    domains = problems.check_domains(facts.domains) if facts.domains is not None else None
    for taken in CompanyDomain.objects.filter(domain__in=domains or []).exclude(company=company):
        problems.add("domains", _("“%(domain)s” belongs to another company.") % {"domain": taken.domain})
    supervised = facts.supervised
    wanted = check_supervised(actor, supervised, company, problems) if supervised is not None else None
    valued = check_attributes(actor, Company, facts.attributes, company, problems)
    if problems:
        raise Invalid(problems)
    if valued:
        columns["attributes"] = valued.values
    return _Said(columns, domains, wanted, valued.tokens if valued else [])


def _category(code: str, problems: Problems) -> ClientCategory | None:
    found = ClientCategory.objects.filter(code=code).first()
    if code and found is None:
        problems.add("category", _("There is no “%(code)s”.") % {"code": code})
    return found


def _set_domains(company: Company, domains: list[str]) -> bool:
    known = set(company.domains.values_list("domain", flat=True))
    company.domains.exclude(domain__in=domains).delete()
    CompanyDomain.objects.bulk_create(
        CompanyDomain(company=company, domain=domain) for domain in domains if domain not in known
    )
    return known != set(domains)


@contextmanager
def _one_domain() -> Iterator[None]:
    """Two who give the same domain to two companies at once: the second hears of it at the field."""
    try:
        yield
    except IntegrityError as error:
        raise Invalid(
            {"domains": [_("Somebody has just given one of these domains to another company.")]}
        ) from error
