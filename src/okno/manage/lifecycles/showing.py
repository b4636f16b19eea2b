"""What the page of a lifecycle shows: the draft, what may be chosen in it, its picture, tickets without a place."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from okno.manage.lifecycles import words
from okno.manage.lifecycles.draft import MOST_PLACES, Draft, PlaceDraft, WayDraft
from okno.manage.lifecycles.picture import Exit, Picture, Spot, picture
from okno.manage.rows.names import languages
from okno.people.models import Role
from okno.tickets.conditions.standard import states
from okno.workflow.models import Lifecycle, Status
from okno.workflow.residents import residents
from okno.workflow.rules import State
from okno.workflow.selection import status_for


def known_statuses() -> dict[str, Status]:
    """All statuses by their codes."""
    return {row.code: row for row in Status.objects.all()}


def beginning() -> Draft:
    """What a new lifecycle starts from: the shortest way from new to closed, and back."""
    new, work, end = (status_for(state).code for state in (State.NEW, State.OPEN, State.CLOSED))
    return Draft(
        initial=new,
        places=[
            PlaceDraft(new, ways=[WayDraft(work)]),
            PlaceDraft(work, ways=[WayDraft(end)]),
            PlaceDraft(end, ways=[WayDraft(work)]),
        ],
    )


def page_context(row: Lifecycle | None, draft: Draft, statuses: dict[str, Status]) -> dict[str, Any]:
    """Everything that the templates need."""
    inside = {place.status for place in draft.places}
    roles = {role.code: role.label for role in Role.objects.all()}
    return {
        "draft": draft,
        "statuses": statuses,
        "states": dict(states()),
        "picture": drawn_picture(draft, statuses),
        "targets": [(code, statuses[code].name) for code in _codes(draft) if code in statuses],
        "offered": offered(inside, statuses) if len(inside) < MOST_PLACES else [],
        "roles": roles,
        "languages": languages(),
        "all_languages": settings.LANGUAGES,
        "comments": words.comments(),
        "requirables": words.requirables(),
        "units": words.units(),
        "told": words.way_told,
        "leaving": leaving(row, inside) if row else [],
        "landings": landings(draft, statuses),
        "types": list(row.types.all()) if row else [],
    }


def _codes(draft: Draft) -> list[str]:
    return [place.status for place in draft.places]


def offered(inside: set[str], statuses: dict[str, Status]) -> list[tuple[str, str]]:
    """The statuses that may be added."""
    names = dict(states())
    return [
        (code, f"{row.name} ({names[row.state]})")
        for code, row in statuses.items()
        if row.is_active and code not in inside
    ]


def leaving(row: Lifecycle, inside: set[str]) -> list[tuple[Status, int]]:
    """The statuses that the lifecycle would no longer have and in which there are tickets, with their number."""
    counts = residents().count(list(row.types.values_list("pk", flat=True)))
    found = Status.objects.filter(pk__in=counts).exclude(code__in=inside)
    return [(status, counts[status.pk]) for status in found]


def landings(draft: Draft, statuses: dict[str, Status]) -> list[tuple[str, str]]:
    """Where tickets may go on by themselves."""
    return [
        (place.status, statuses[place.status].name)
        for place in draft.places
        if place.status in statuses and not place.is_held and statuses[place.status].state != State.POSTPONED
    ]


def drawn_picture(draft: Draft, statuses: dict[str, Status]) -> Picture:
    """The picture of what the form says."""
    return picture([_spot(place, draft, statuses) for place in draft.places if place.status in statuses])


def _spot(place: PlaceDraft, draft: Draft, statuses: dict[str, Status]) -> Spot:
    status = statuses[place.status]
    exits = [Exit(words.way_words(way, statuses), way.after, by_client=way.by_client) for way in place.ways]
    if place.then:
        exits.append(Exit(words.timer_words(place, status.state), place.then, is_timer=True))
    return Spot(status.code, status.name, status.colour, place.status == draft.initial, exits)
