"""Registering and changing client companies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from okno.core import events
from okno.core.actor import Actor
from okno.core.faults import Invalid
from okno.people import access
from okno.people import events as kinds
from okno.people.models import ClientCategory, Company, CompanyDomain
from okno.people.operations.caring import check_care
from okno.people.operations.facts import Problems


@dataclass(frozen=True)
class CompanyFacts:
    """What is said of a company; ``None`` leaves a fact as it is.

    ``domains`` replaces all of them; ``category`` is a code, and an empty one means no category. ``responsible`` is
    the id of an employee, 0 for nobody; the watchers are ids and replace the present ones.
    """

    name: str | None = None
    email: str | None = None
    phone: str | None = None
    language: str | None = None
    time_zone: str | None = None
    domains: Sequence[str] | None = None
    category: str | None = None
    responsible: int | None = None
    watching_agents: Sequence[int] | None = None
    watching_teams: Sequence[int] | None = None


def create_company(actor: Actor, facts: CompanyFacts) -> Company:
    """Registers a company; letters from its domains will belong to it."""
    access.require(actor, "people.manage")
    columns, domains = _checked(facts, None)
    if not columns.get("name"):
        raise Invalid({"name": [_("Write the name.")]})
    with transaction.atomic():
        company = Company.objects.create(**columns)
        _set_domains(company, domains or [])
        events.record(actor, kinds.COMPANY_CREATED, company, {"name": company.name})
    return company


def change_company(actor: Actor, company: Company, facts: CompanyFacts) -> Company:
    """Changes what is given and leaves the rest."""
    access.require(actor, "people.manage")
    columns, domains = _checked(facts, company)
    with transaction.atomic():
        locked = Company.objects.select_for_update().get(pk=company.pk)
        for name, value in columns.items():
            setattr(locked, name, value)
        locked.save(update_fields=list(columns))
        if domains is not None:
            _set_domains(locked, domains)
        changed = [*columns, *(["domains"] if domains is not None else [])]
        if changed:
            events.record(actor, kinds.COMPANY_CHANGED, locked, {"fields": changed})
    return locked


def _checked(facts: CompanyFacts, company: Company | None) -> tuple[dict[str, Any], list[str] | None]:
    problems = Problems()
    columns: dict[str, Any] = {}
    checks = {
        "name": problems.check_name,
        "phone": problems.check_phone,
        "language": problems.check_language,
        "time_zone": problems.check_time_zone,
    }
    for name, check in checks.items():
        given = getattr(facts, name)
        if given is not None:
            columns[name] = check(given)
    if facts.email is not None:
        columns["email"] = next(iter(problems.check_addresses("email", [facts.email])), "")
    if facts.category is not None:
        columns["category"] = _category(facts.category, problems)
    columns |= check_care(facts, problems)
    domains = problems.check_domains(facts.domains) if facts.domains is not None else None
    taken = CompanyDomain.objects.filter(domain__in=domains or []).exclude(company=company)
    for domain in taken:
        problems.add("domains", _("“%(domain)s” belongs to another company.") % {"domain": domain.domain})
    if problems:
        raise Invalid(problems)
    return columns, domains


def _category(code: str, problems: Problems) -> ClientCategory | None:
    found = ClientCategory.objects.filter(code=code).first()
    if code and found is None:
        problems.add("category", _("There is no “%(code)s”.") % {"code": code})
    return found


def _set_domains(company: Company, domains: list[str]) -> None:
    company.domains.exclude(domain__in=domains).delete()
    known = set(company.domains.values_list("domain", flat=True))
    CompanyDomain.objects.bulk_create(
        CompanyDomain(company=company, domain=domain) for domain in domains if domain not in known
    )
