"""The lists of companies and contacts: what is asked for, and a page of it by key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Lower

from okno.core.actor import Actor
from okno.people.access import companies_visible_to, contacts_visible_to
from okno.people.models import Client, Company, Contact
from okno.people.search import companies_fitting, contacts_fitting, plain_words

PAGE = 50
CAP = 10_000
"""Rows are counted up to this many."""


@dataclass(frozen=True)
class ClientFilter:
    """What narrows a list of clients. ``without_company`` concerns contacts only (F127: individuals).

    ``after`` and ``before`` are the ids of the last and the first row of the page before and after.
    """

    q: str = ""
    category: str = ""
    responsible: int | None = None
    company: int | None = None
    archived: bool = False
    without_company: bool = False
    after: int | None = None
    before: int | None = None


def parse(given: Mapping[str, str]) -> ClientFilter:
    """What an address asks for; what it cannot mean is passed over."""
    return ClientFilter(
        q=plain_words(given.get("q", "")),
        category=given.get("category", "")[:40],
        responsible=_number(given.get("responsible", "")),
        company=_number(given.get("company", "")),
        archived=given.get("archived") == "1",
        without_company=given.get("without_company") == "1",
        after=_number(given.get("after", "")),
        before=_number(given.get("before", "")),
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


@dataclass
class Page[Row]:
    """Rows in the order of their names, whether there are others around them, and how many in all up to ``CAP``."""

    rows: list[Row]
    has_before: bool
    has_after: bool
    total: int


def companies(actor: Actor, asked: ClientFilter) -> Page[Company]:
    """A page of the companies that the actor sees."""
    found = companies_fitting_filter(actor, asked)
    return page_of(found.select_related("category", "responsible", "parent"), asked)


def companies_fitting_filter(actor: Actor, asked: ClientFilter) -> QuerySet[Company]:
    """All companies that the actor sees and that are asked for."""
    found = companies_visible_to(actor).filter(is_active=not asked.archived)
    if asked.category:
        found = found.filter(category__code=asked.category)
    found = _of_responsible(found, asked)
    return companies_fitting(found, asked.q) if asked.q else found


def contacts(actor: Actor, asked: ClientFilter) -> Page[Contact]:
    """A page of the contacts that the actor sees."""
    return page_of(contacts_fitting_filter(actor, asked).select_related("responsible"), asked)


def contacts_fitting_filter(actor: Actor, asked: ClientFilter) -> QuerySet[Contact]:
    """All contacts that the actor sees and that are asked for."""
    found = contacts_visible_to(actor).filter(is_active=not asked.archived)
    if asked.category:
        found = found.filter(Q(affiliations__company__category__code=asked.category)).distinct()
    if asked.company is not None:
        found = found.filter(affiliations__company=asked.company)
    if asked.without_company:
        found = found.filter(affiliations=None)
    found = _of_responsible(found, asked)
    return contacts_fitting(found, asked.q) if asked.q else found


def _of_responsible[Row: Client](found: QuerySet[Row], asked: ClientFilter) -> QuerySet[Row]:
    if asked.responsible is None:
        return found
    return found.filter(responsible=asked.responsible or None)


def page_of[Row: Client](found: QuerySet[Row], asked: ClientFilter, limit: int = PAGE) -> Page[Row]:
    """The rows behind (or before) one of them, in the order of their names."""
    total = found.order_by()[:CAP].count()
    named = found.alias(sorted_name=Lower("name"))
    backwards = asked.before is not None
    edge = _edge(found, asked.before if backwards else asked.after)
    if edge is not None:
        name, pk = edge
        beside = Q(sorted_name__lt=name) if backwards else Q(sorted_name__gt=name)
        same = Q(sorted_name=name, pk__lt=pk) if backwards else Q(sorted_name=name, pk__gt=pk)
        named = named.filter(beside | same)
    order = (F("sorted_name").desc(), "-pk") if backwards else (F("sorted_name").asc(), "pk")
    rows = list(named.order_by(*order)[: limit + 1])
    more, rows = len(rows) > limit, rows[:limit]
    if backwards:
        return Page(rows[::-1], more, edge is not None, total)
    return Page(rows, edge is not None, more, total)


def _edge[Row: Client](found: QuerySet[Row], pk: int | None) -> tuple[str, int] | None:
    if pk is None:
        return None
    row = found.model._default_manager.filter(pk=pk).values_list(Lower("name"), "pk").first()
    return None if row is None else (row[0], row[1])
