"""What the list of requests can be narrowed to: choices that make a difference for this person, and no others."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext as _

from okno.core.actor import Actor
from okno.people.models import Company
from okno.tickets.filters.requests import RequestFilter, sees_requests_of_others
from okno.workflow.catalogue import TYPES
from okno.workflow.rules import State


class Choices(NamedTuple):
    """Pairs of value and label; an empty list is a choice that is not offered."""

    state: list[tuple[str, str]]
    kind: list[tuple[str, str]]
    company: list[tuple[str, str]]
    whose: list[tuple[str, str]]
    sort: list[tuple[str, str]]


def choices_of(actor: Actor, chosen: RequestFilter) -> Choices:
    """The choices for this person."""
    kinds = [(each.code, each.name) for each in TYPES.active() if not each.is_internal]
    companies = companies_of(actor)
    whose = [("", _("Everybody's")), ("mine", _("Mine")), ("others", _("Colleagues'"))]
    return Choices(
        state=[] if chosen.closed else [("", _("All")), *states()],
        kind=[("", _("All types")), *kinds] if len(kinds) > 1 else [],
        company=[("", _("All companies")), *companies] if len(companies) > 1 else [],
        whose=whose if chosen.whose or sees_requests_of_others(actor) else [],
        sort=[
            ("-activity", _("Last activity first")),
            ("-created", _("Newest first")),
            ("created", _("Oldest first")),
        ],
    )


def states() -> list[tuple[str, str]]:
    """The states of open requests as the filter calls them."""
    return [
        (State.WAITING, _("Waiting for you")),
        (State.RESOLVED, _("Solution proposed")),
        (State.OPEN, _("In work")),
        (State.NEW, _("Received")),
        (State.POSTPONED, _("Put aside")),
    ]


def companies_of(actor: Actor) -> list[tuple[str, str]]:
    """The person's companies, the one that new requests belong to first."""
    rows = Company.objects.filter(pk__in=actor.companies)
    order = {pk: place for place, pk in enumerate(actor.companies)}
    return [(str(each.pk), each.name) for each in sorted(rows, key=lambda each: order[each.pk])]
