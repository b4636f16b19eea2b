"""Lifecycles, saved whole: their statuses and transitions in one go, or not at all (F2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from okno.core import events
from okno.core.actor import Actor
from okno.core.faults import Conflict, Invalid
from okno.core.ordered import last_position
from okno.people import access
from okno.workflow import catalogue
from okno.workflow import events as kinds
from okno.workflow.lifecycles import read
from okno.workflow.models import Lifecycle, Status
from okno.workflow.operations import rows
from okno.workflow.operations.drawing import Drawn, PlaceFacts, checked, draw
from okno.workflow.operations.rows import RIGHT, Problems, checked_names, free_code
from okno.workflow.residents import residents
from okno.workflow.rules import Rules, Way

MOST_DAYS = 3650


@dataclass(frozen=True)
class LifecycleFacts:
    """All that a lifecycle says. ``moves``: where the tickets of a status that is taken out go on, by codes."""

    names: Mapping[str, str]
    places: Sequence[PlaceFacts]
    ways: Sequence[Way]
    reopen_days: int = 7
    moves: Mapping[str, str] = field(default_factory=dict)
    code: str = ""


def create_lifecycle(actor: Actor, facts: LifecycleFacts) -> Lifecycle:
    """Makes a lifecycle; types choose it."""
    access.require(actor, RIGHT)
    names, code, drawn = _checked(facts, None)
    with transaction.atomic():
        lifecycle = Lifecycle.objects.create(
            code=code,
            names=names,
            reopen_days=facts.reopen_days,
            position=last_position(Lifecycle.objects.all()),
        )
        draw(lifecycle, drawn)
        events.record(actor, kinds.LIFECYCLE_CREATED, lifecycle, {"code": code, "name": lifecycle.name})
    catalogue.forget()
    return lifecycle


def change_lifecycle(
    actor: Actor, lifecycle: Lifecycle, facts: LifecycleFacts, *, expected_version: str = ""
) -> Lifecycle:
    """Replaces all that the lifecycle says, with its statuses and transitions.

    Tickets in a status that is taken out go on where ``moves`` says; without a word for them nothing is changed,
    and ``Conflict`` counts them. Times that were changed hold for present tickets too, but leave each a day.
    ``expected_version`` is the one that the actor looked at.
    """
    access.require(actor, RIGHT)
    with transaction.atomic():
        present = rows.locked(lifecycle)
        if expected_version and str(present.version) != expected_version:
            raise Conflict(_("Somebody changed this while you were looking at it. Look again and repeat."))
        names, _code, drawn = _checked(facts, present)
        before = read(present)
        told = _difference(before, drawn.rules)
        told["fields"] = [
            name
            for name, old, new in (
                ("names", present.names, names),
                ("reopen_days", present.reopen_days, facts.reopen_days),
            )
            if old != new
        ]
        present.names, present.reopen_days, present.version = names, facts.reopen_days, uuid4()
        present.save(update_fields=["names", "reopen_days", "version"])
        types = list(present.types.values_list("pk", flat=True))
        leaving = _leaving(types, drawn, facts.moves)
        draw(present, drawn)
        told["moved"] = sum(residents().move(actor, types, old, new) for old, new in leaving)
        _renew_timers(types, before, drawn)
        events.record(actor, kinds.LIFECYCLE_CHANGED, present, {"code": present.code, "name": present.name, **told})
    catalogue.forget()
    return present


def switch_lifecycle(actor: Actor, lifecycle: Lifecycle, *, is_active: bool) -> Lifecycle:
    """Offers the lifecycle to types again, or no longer."""
    return rows.switch_row(actor, lifecycle, is_active=is_active)


def copy_lifecycle(actor: Actor, lifecycle: Lifecycle, names: Mapping[str, str]) -> Lifecycle:
    """Makes another one that says the same under another name."""
    rules = read(lifecycle)
    places = [
        PlaceFacts(place.code, place.is_initial, place.is_held, place.hours, place.then, place.warning)
        for place in rules.places
    ]
    return create_lifecycle(actor, LifecycleFacts(names, places, rules.ways, rules.reopen_days))


def delete_lifecycle(actor: Actor, lifecycle: Lifecycle) -> None:
    """Deletes a lifecycle that no type has; the types that have it are given another one first."""
    access.require(actor, RIGHT)
    with transaction.atomic():
        present = rows.locked(lifecycle)
        used = [kind.name for kind in present.types.all()]
        if used:
            text = _("These types have it: %(names)s. Give them another lifecycle first.")
            raise Conflict(text % {"names": ", ".join(used)}, code="in_use", details={"types": used})
        data = {"code": present.code, "name": present.name, "replaced_by": ""}
        events.record(actor, kinds.LIFECYCLE_DELETED, present, data)
        present.delete()
    catalogue.forget()


def reorder_lifecycles(actor: Actor, wanted: Sequence[int], seen: Sequence[int]) -> None:
    """Puts the lifecycles in order."""
    rows.reorder_rows(actor, Lifecycle, wanted, seen)


def _checked(facts: LifecycleFacts, row: Lifecycle | None) -> tuple[dict[str, str], str, Drawn]:
    problems = Problems()
    names = checked_names(Lifecycle, facts.names, row, problems)
    code = row.code if row else free_code(Lifecycle, names, facts.code, problems)
    if not 0 <= facts.reopen_days <= MOST_DAYS:
        problems.add("reopen_days", _("Write a number from 0 to %(limit)d.") % {"limit": MOST_DAYS})
    drawn = checked(code, facts.places, facts.ways, facts.reopen_days, problems)
    problems.check()
    return names, code, drawn


def _leaving(types: list[int], drawn: Drawn, moves: Mapping[str, str]) -> list[tuple[Status, Status]]:
    """The statuses in which tickets are and which are taken out, and where these go on."""
    kept = {status.pk for status in drawn.statuses.values()}
    found, homeless = [], {}
    for pk, count in residents().count(types).items():
        if pk in kept:
            continue
        status = Status.objects.get(pk=pk)
        target = drawn.rules.place(moves.get(status.code, ""))
        if target is None:
            homeless[status] = count
        elif target.is_held or target.state == "postponed":
            raise Invalid({f"move_{status.code}": [_("Tickets cannot go on there by themselves.")]})
        else:
            found.append((status, drawn.statuses[target.code]))
    if homeless:
        raise _homeless(homeless)
    return found


def _homeless(homeless: Mapping[Status, int]) -> Conflict:
    parts = [
        ngettext("%(num)d ticket is “%(status)s”", "%(num)d tickets are “%(status)s”", count)
        % {"num": count, "status": status.name}
        for status, count in homeless.items()
    ]
    text = _("%(counts)s. Choose in which status they go on.") % {"counts": ", ".join(parts)}
    details = {"tickets": {status.code: count for status, count in homeless.items()}}
    return Conflict(text, code="in_use", details=details)


def _renew_timers(types: list[int], before: Rules, drawn: Drawn) -> None:
    """Where the time of a status was changed, its tickets get the new one."""
    changed = []
    for place in drawn.rules.places:
        former = before.place(place.code)
        if former is not None and (former.hours, bool(former.then)) != (place.hours, bool(place.then)):
            changed.append(drawn.statuses[place.code].pk)
    if changed and types:
        residents().set_timers(types, changed)


def _difference(before: Rules, after: Rules) -> dict[str, Any]:
    """What became of statuses and transitions, by their codes."""
    old_places, new_places = ({place.code: place for place in rules.places} for rules in (before, after))
    old_ways, new_ways = ({f"{way.before}>{way.after}": way for way in rules.ways} for rules in (before, after))
    return {
        "statuses": _compared(old_places, new_places),
        "transitions": _compared(old_ways, new_ways),
    }


def _compared(old: Mapping[str, object], new: Mapping[str, object]) -> dict[str, list[str]]:
    return {
        "added": [key for key in new if key not in old],
        "removed": [key for key in old if key not in new],
        "changed": [key for key in new if key in old and old[key] != new[key]],
    }
