"""Lifecycles in the configuration file: their statuses, timers and transitions, by codes."""

from __future__ import annotations

from typing import Any, Literal

from django.utils.translation import gettext_lazy as _

from okno.core.actor import Actor
from okno.core.configuration import Row
from okno.workflow.configuration.named import NamedRow, NamedSection
from okno.workflow.lifecycles import read
from okno.workflow.models import Lifecycle, LifecycleStatus, Transition
from okno.workflow.operations import lifecycles
from okno.workflow.operations.drawing import PlaceFacts
from okno.workflow.operations.lifecycles import LifecycleFacts
from okno.workflow.rules import Comment, Place, Way


class PlaceRow(Row):
    """A status in a lifecycle, and when a ticket leaves it by itself."""

    status: str
    is_initial: bool = False
    is_held: bool = False
    hours: int | None = None
    then: str = ""
    warning: dict[str, str] = {}


class WayRow(Row):
    """A transition: who may go it, and what must be said or filled in."""

    before: str
    after: str
    names: dict[str, str] = {}
    by_agents: bool = True
    roles: list[str] = []
    by_client: bool = False
    comment: Literal["none", "optional", "required"] = "none"
    comment_is_public: bool = False
    required: list[str] = []


class LifecycleRow(NamedRow):
    """A lifecycle, whole."""

    reopen_days: int
    places: list[PlaceRow]
    ways: list[WayRow]


class Lifecycles(NamedSection[LifecycleRow, Lifecycle]):
    """Lifecycles. A status in which there are tickets is not taken out by a file: that is for the page."""

    key, label, place = "lifecycles", _("Lifecycles"), 50
    row, model, models = LifecycleRow, Lifecycle, (Lifecycle, LifecycleStatus, Transition)

    def facts(self, row: Lifecycle) -> dict[str, Any]:
        rules = read(row)
        return {
            "reopen_days": rules.reopen_days,
            "places": [_place_row(place) for place in rules.places],
            "ways": [_way_row(way) for way in rules.ways],
        }

    def create(self, actor: Actor, item: LifecycleRow) -> None:
        lifecycles.create_lifecycle(actor, _said(item))

    def change(self, actor: Actor, row: Lifecycle, item: LifecycleRow) -> None:
        lifecycles.change_lifecycle(actor, row, _said(item))


def _place_row(place: Place) -> PlaceRow:
    return PlaceRow(
        status=place.code,
        is_initial=place.is_initial,
        is_held=place.is_held,
        hours=place.hours,
        then=place.then,
        warning=dict(sorted(place.warning.items())),
    )


def _way_row(way: Way) -> WayRow:
    return WayRow(
        before=way.before,
        after=way.after,
        names=dict(sorted(way.names.items())),
        by_agents=way.by_agents,
        roles=sorted(way.roles),
        by_client=way.by_client,
        comment=way.comment.value,
        comment_is_public=way.comment_is_public,
        required=list(way.required),
    )


def _said(item: LifecycleRow) -> LifecycleFacts:
    places = [
        PlaceFacts(each.status, each.is_initial, each.is_held, each.hours, each.then, each.warning)
        for each in item.places
    ]
    return LifecycleFacts(item.names, places, [_way(each) for each in item.ways], item.reopen_days, code=item.code)


def _way(each: WayRow) -> Way:
    return Way(
        before=each.before,
        after=each.after,
        names=each.names,
        by_agents=each.by_agents,
        roles=frozenset(each.roles),
        by_client=each.by_client,
        comment=Comment(each.comment),
        comment_is_public=each.comment_is_public,
        required=tuple(each.required),
    )
