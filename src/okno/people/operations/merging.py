"""Merging of duplicates: everything of one card moves to another, and can be taken back (W7)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from okno.core import clock, events
from okno.core.actor import Actor
from okno.core.faults import Conflict, Invalid
from okno.people import access
from okno.people import events as kinds
from okno.people.models import Company, Contact, Merge, User
from okno.people.operations.accounts import end_sessions
from okno.people.references import references_to

Card = Company | Contact
FACTS: dict[type[Card], tuple[str, ...]] = {
    Company: ("name", "category", "email", "site_url", "address", "language", "time_zone", "responsible"),
    Contact: ("name", "job_title", "copy_address", "language", "time_zone", "responsible"),
}
"""Facts of which one survives; lists of both are united, and of two notes both stay."""

UNITED = ("phones", "watching_agents", "watching_teams")
PLACED = {"people.Affiliation.contact", "people.ContactAddress.contact"}
"""Rows with a place in an order: those that come stand behind those that are there."""

RIGHT = "people.manage"


@dataclass
class Preview:
    """What would happen: how many rows of each kind move."""

    moving: dict[str, int] = field(default_factory=dict)


def preview(actor: Actor, survivor: Card, duplicate: Card) -> Preview:
    """What moves to the survivor, without moving it."""
    _require(actor, survivor, duplicate)
    counted = {each.label: each.movable(duplicate, survivor).count() for each in references_to(type(survivor))}
    return Preview({label: count for label, count in counted.items() if count})


def merge(actor: Actor, survivor: Card, duplicate: Card, taken: Collection[str] = ()) -> Merge:
    """Makes the duplicate a part of the survivor. ``taken`` names the facts that are taken over from the duplicate.

    An empty fact of the survivor is filled by itself. Who asks must see and may change both (T22).
    """
    _require(actor, survivor, duplicate)
    with transaction.atomic():
        survivor, duplicate = _locked(survivor, duplicate)
        record = Merge(
            kind=survivor._meta.model_name or "",
            survivor=survivor.pk,
            duplicate=duplicate.pk,
            was_active=duplicate.is_active,
            merged_by=actor.name,
            merged_at=clock.now(),
        )
        _take_facts(record, survivor, duplicate, taken)
        _move(record, survivor, duplicate)
        if isinstance(survivor, Contact) and isinstance(duplicate, Contact):
            _move_account(record, survivor, duplicate)
        duplicate.merged_into_id = survivor.pk
        duplicate.is_active = False
        duplicate.save(update_fields=["merged_into", "is_active"])
        record.save()
        kind = kinds.COMPANY_MERGED if isinstance(survivor, Company) else kinds.CONTACT_MERGED
        events.record(actor, kind, survivor, {"merge": record.pk, "duplicate": duplicate.pk})
    return record


def _require(actor: Actor, *cards: Card) -> None:
    access.require(actor, RIGHT)
    for card in cards:
        get: Any = access.get_company if isinstance(card, Company) else access.get_contact
        get(actor, card.pk)


def _locked(survivor: Card, duplicate: Card) -> tuple[Card, Card]:
    """Both rows as they are now, locked in one order for all."""
    if type(survivor) is not type(duplicate) or survivor.pk == duplicate.pk:
        raise Invalid({"other": [_("Choose another card than this one.")]})
    model: type[Any] = type(survivor)
    found = model._default_manager.select_for_update(of=("self",)).order_by("pk")
    rows = {row.pk: row for row in found.filter(pk__in=[survivor.pk, duplicate.pk])}
    for row in rows.values():
        if row.merged_into_id or getattr(row, "erased_at", None):
            raise Conflict(_("Somebody has merged or erased one of the cards meanwhile."), code="not_there")
    return rows[survivor.pk], rows[duplicate.pk]


def _take_facts(record: Merge, survivor: Any, duplicate: Any, taken: Collection[str]) -> None:
    after: dict[str, Any] = {}
    for name in FACTS[type(survivor)]:
        column = survivor._meta.get_field(name).attname
        mine, theirs = getattr(survivor, column), getattr(duplicate, column)
        if theirs and mine != theirs and (name in taken or not mine):
            after[column] = theirs
    for name in UNITED:
        mine, theirs = getattr(survivor, name), getattr(duplicate, name)
        if united := [*mine, *(each for each in theirs if each not in mine)]:
            after |= {name: united} if united != mine else {}
    notes = dict.fromkeys(note for note in (survivor.note, duplicate.note) if note)
    if (note := "\n\n".join(notes)) != survivor.note:
        after["note"] = note
    if (attributes := {**duplicate.attributes, **survivor.attributes}) != survivor.attributes:
        after["attributes"] = attributes
    if isinstance(survivor, Company):
        after |= _new_parent(survivor, duplicate)
    record.facts = {column: [getattr(survivor, column), value] for column, value in after.items()}
    for column, value in after.items():
        setattr(survivor, column, value)
    survivor.save(update_fields=list(after))


def _new_parent(survivor: Company, duplicate: Company) -> dict[str, Any]:
    """Above the survivor stands what stood above the duplicate, where it has none or stood below the duplicate."""
    if duplicate.pk in _line_above(survivor):
        return {"parent_id": duplicate.parent_id}
    if survivor.parent_id is None and duplicate.parent_id and survivor.pk not in _line_above(duplicate):
        return {"parent_id": duplicate.parent_id}
    return {}


def _line_above(company: Company) -> list[int]:
    line: list[int] = []
    parent = company.parent_id
    while parent is not None and parent not in line:
        line.append(parent)
        parent = Company.objects.filter(pk=parent).values_list("parent_id", flat=True).first()
    return line


def _move(record: Merge, survivor: Card, duplicate: Card) -> None:
    for each in references_to(type(survivor)):
        rows = each.movable(duplicate, survivor)
        ids = list(rows.order_by("pk").values_list("pk", flat=True))
        if not ids:
            continue
        columns: dict[str, Any] = {each.field: survivor}
        if each.label in PLACED:
            places = each.model._base_manager.filter(pk__in=ids).values_list("pk", "position")
            record.positions[each.label] = {str(pk): place for pk, place in places}
            last = each.rows(survivor).aggregate(last=Max("position"))["last"]
            columns["position"] = F("position") + (0 if last is None else last + 1)
        each.model._base_manager.filter(pk__in=ids).update(**columns)
        record.moved[each.label] = ids


def _move_account(record: Merge, survivor: Contact, duplicate: Contact) -> None:
    """The duplicate's account signs in as the survivor, where that has none; else it is closed."""
    user = duplicate.user
    if user is None:
        return
    if survivor.user_id is None:
        record.account = {"moved": user.pk}
        duplicate.user = None
        duplicate.save(update_fields=["user"])
        survivor.user = user
        survivor.save(update_fields=["user"])
    elif user.is_active:
        record.account = {"closed": user.pk}
        User.objects.filter(pk=user.pk).update(is_active=False)
        end_sessions(user)
