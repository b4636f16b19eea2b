"""Taking a merged duplicate out of the other card again, as far as nothing else has happened to what moved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from okno.core import clock, events
from okno.core.actor import Actor
from okno.core.faults import Conflict, NotVisible
from okno.people import access
from okno.people import events as kinds
from okno.people.models import Company, Contact, Merge, User
from okno.people.operations.merging import RIGHT
from okno.people.references import Reference, references_to

Card = Company | Contact


@dataclass
class Undone:
    """What is as before, and what stays since it was changed meanwhile: rows by kind, and names of facts."""

    card: Card
    kept_rows: dict[str, int] = field(default_factory=dict)
    kept_facts: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether everything is as it was before the merge."""
        return not self.kept_rows and not self.kept_facts


def undo_merge(actor: Actor, merge: Merge) -> Undone:
    """The duplicate is a card of its own again, with all that came from it and still stands at the survivor.

    What was changed since the merge stays as it is now, and is told.
    """
    access.require(actor, RIGHT)
    with transaction.atomic():
        record = Merge.objects.select_for_update().get(pk=merge.pk)
        survivor, duplicate = _cards(actor, record)
        undone = Undone(duplicate)
        _take_back_account(record, survivor, duplicate, undone)
        _move_back(record, survivor, duplicate, undone)
        _restore_facts(record, survivor, undone)
        duplicate.merged_into = None
        duplicate.is_active = record.was_active
        duplicate.save(update_fields=["merged_into", "is_active"])
        record.undone_at = clock.now()
        record.save(update_fields=["undone_at"])
        kind = kinds.COMPANY_UNMERGED if isinstance(survivor, Company) else kinds.CONTACT_UNMERGED
        events.record(actor, kind, survivor, {"merge": record.pk, "duplicate": duplicate.pk})
    return undone


def _cards(actor: Actor, record: Merge) -> tuple[Any, Any]:
    """Both cards, locked; the survivor must still be there, and the merge be young enough."""
    model: Any = Company if record.kind == Merge.Kind.COMPANY else Contact
    ids = [record.survivor, record.duplicate]
    rows = {row.pk: row for row in model.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")}
    survivor, duplicate = rows[record.survivor], rows[record.duplicate]
    if survivor.merged_into_id is not None:
        raise Conflict(_("%(name)s was merged itself meanwhile. Undo that first.") % {"name": survivor.name})
    get = access.get_company if model is Company else access.get_contact
    get(actor, survivor.pk)
    if not record.can_be_undone or duplicate.merged_into_id != survivor.pk:
        raise Conflict(_("This merge cannot be undone any more."), code="too_late")
    if getattr(survivor, "erased_at", None):
        raise NotVisible(_("The data of this person was erased."))
    return survivor, duplicate


def _move_back(record: Merge, survivor: Card, duplicate: Card, undone: Undone) -> None:
    known = {each.label: each for each in references_to(type(survivor))}
    for label, ids in record.moved.items():
        if label in known:
            _move_rows_back(known[label], record, ids, (survivor, duplicate), undone)


def _move_rows_back(
    each: Reference, record: Merge, ids: Iterable[int], cards: tuple[Card, Card], undone: Undone
) -> None:
    survivor, duplicate = cards
    manager = each.model._base_manager
    there = list(manager.filter(pk__in=ids).values_list("pk", flat=True))
    movable = each.movable(survivor, duplicate).filter(pk__in=there)
    still = list(movable.values_list("pk", flat=True))
    columns: dict[str, Any] = {each.field: duplicate}
    manager.filter(pk__in=still).update(**columns)
    for pk in still:
        place = record.positions.get(each.label, {}).get(str(pk))
        if place is not None:
            manager.filter(pk=pk).update(position=place)
    if len(there) > len(still):
        undone.kept_rows[each.label] = len(there) - len(still)


def _restore_facts(record: Merge, survivor: Any, undone: Undone) -> None:
    restored = []
    for column, (before, after) in record.facts.items():
        if getattr(survivor, column) == after:
            setattr(survivor, column, before)
            restored.append(column)
        else:
            undone.kept_facts.append(column.removesuffix("_id"))
    survivor.save(update_fields=restored)


def _take_back_account(record: Merge, survivor: Any, duplicate: Any, undone: Undone) -> None:
    if closed := record.account.get("closed"):
        User.objects.filter(pk=closed).update(is_active=True)
    moved = record.account.get("moved")
    if moved is None:
        return
    if survivor.user_id != moved:
        undone.kept_facts.append("user")
        return
    survivor.user = None
    survivor.save(update_fields=["user"])
    duplicate.user_id = moved
    duplicate.save(update_fields=["user"])
