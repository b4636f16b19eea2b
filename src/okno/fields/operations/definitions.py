"""Attributes: made, changed, put in order, switched off, turned into another kind and deleted (F77, F78)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from okno.core import events
from okno.core.actor import Actor
from okno.core.faults import Conflict, Invalid
from okno.core.ordered import last_position, reorder
from okno.fields import access, targets
from okno.fields import events as kinds
from okno.fields.catalogue import ATTRIBUTES
from okno.fields.models import Attribute
from okno.fields.operations.checking import AttributeFacts, checked, code_for
from okno.fields.rules import TURNS, Definition, Kind, Option, turned
from okno.fields.rules.definition import CHOSEN
from okno.fields.showing import name_of, text_of
from okno.fields.words import in_words

SAMPLES = 5


@dataclass(frozen=True)
class Turn:
    """What another kind makes of the present values: how many there are, samples of those that it cannot take."""

    values: int
    misfits: int
    samples: list[tuple[str, str]]
    examples: list[tuple[str, str]]


def create_attribute(actor: Actor, facts: AttributeFacts) -> Attribute:
    """Makes an attribute, the last of its target; its code never changes."""
    access.require_manage(actor)
    with transaction.atomic():
        values = checked(facts, None)
        code = code_for(facts, values["names"])
        others = Attribute.objects.filter(target=facts.target)
        made = Attribute.objects.create(code=code, position=last_position(others), **values)
        data = {"code": code, "name": made.name, "target": made.target, "kind": made.kind}
        events.record(actor, kinds.CREATED, made, data)
    ATTRIBUTES.forget()
    return made


def change_attribute(
    actor: Actor, attribute: Attribute, facts: AttributeFacts, *, agreed: bool = False
) -> Attribute:
    """Replaces what the attribute says; what it belongs to stays.

    Another kind turns the values that are there: ``turn_of`` shows them beforehand, and ``agreed`` says that this
    was looked at. Where one value does not fit, nothing is changed. An option that is a value somewhere stays.
    """
    access.require_manage(actor)
    with transaction.atomic():
        present = locked(attribute)
        if facts.target != present.target:
            raise Invalid({"target": [_("What an attribute belongs to cannot be changed.")]})
        values = checked(facts, present)
        _refuse_lost_options(present, values)
        count = 0
        if facts.kind != present.kind:
            count = _turn(present, values, agreed=agreed)
        write(actor, present, values, turned=count)
    ATTRIBUTES.forget()
    return present


def switch_attribute(actor: Actor, attribute: Attribute, *, is_active: bool) -> Attribute:
    """Asks for the attribute again, or no longer; values that are there are kept."""
    access.require_manage(actor)
    with transaction.atomic():
        present = locked(attribute)
        if present.is_active != is_active:
            write(actor, present, {"is_active": is_active})
    ATTRIBUTES.forget()
    return present


def reorder_attributes(actor: Actor, target: str, wanted: Sequence[int], seen: Sequence[int]) -> None:
    """Puts the attributes of tickets, companies or contacts in order."""
    access.require_manage(actor)
    with transaction.atomic():
        rows = Attribute.objects.filter(target=target)
        first = rows.first()
        if reorder(rows, wanted, seen) and first is not None:
            data = {"target": target, "order": list(rows.values_list("code", flat=True))}
            events.record(actor, kinds.REORDERED, first, data)
    ATTRIBUTES.forget()


def delete_attribute(actor: Actor, attribute: Attribute, *, with_values: bool = False) -> int:
    """Deletes an attribute, with its values only when this is said; how many these were.

    One that rules or lists name is not deleted.
    """
    access.require_manage(actor)
    with transaction.atomic():
        present = locked(attribute)
        uses = targets.uses_of(present)
        stuck = [use for use in uses if not use.is_value]
        if stuck or (uses and not with_values):
            told = "; ".join(f"{use.label}: {', '.join(use.names)}" for use in stuck or uses)
            raise Conflict(_("This is in use. %(uses)s.") % {"uses": told}, code="in_use")
        targets.lock_rows(present)
        erased = targets.rows_with(present).count()
        data = {"code": present.code, "name": present.name, "target": present.target, "values": erased}
        events.record(
            actor, kinds.DELETED, present, data
        )  # before: who listens may want to know which rows had one
        targets.erase(present)
        present.delete()
    ATTRIBUTES.forget()
    return erased


def turn_of(attribute: Attribute, facts: AttributeFacts) -> Turn:
    """What becomes of the values with another kind, without changing anything."""
    return _turn_of(attribute, _definition(attribute.code, checked(facts, attribute)))[0]


def _turn(present: Attribute, values: Mapping[str, Any], *, agreed: bool) -> int:
    after = _definition(present.code, values)
    if after.kind not in TURNS.get(present.definition.kind, ()):
        if targets.rows_with(present).exists():
            raise Invalid({"kind": [_("There are values already, and this kind cannot become that one.")]})
        return 0
    targets.lock_rows(present)
    found, fitting = _turn_of(present, after)
    if found.misfits:
        told = "; ".join(f"{text}: {why}" for text, why in found.samples)
        raise Invalid({"kind": [_("These values do not fit: %(values)s") % {"values": told}]})
    if found.values and not agreed:
        raise Invalid({"agree": [_("Look at what becomes of the values, and agree.")]})
    rows = list(fitting.items())
    for start in range(0, len(rows), targets.BATCH):
        targets.write_values(present, dict(rows[start : start + targets.BATCH]))
    return found.values


def _turn_of(attribute: Attribute, after: Definition) -> tuple[Turn, dict[int, Any]]:
    """What becomes of the values, and the new ones by row."""
    before, fitting = attribute.definition, {}
    samples: list[tuple[str, str]] = []
    examples: list[tuple[str, str]] = []
    misfits = 0
    if after.kind == before.kind:
        return Turn(0, 0, [], []), {}
    for pk, value in targets.values_of(attribute):
        found = turned(value, before, after)
        if found.problem:
            misfits += 1
            if len(samples) < SAMPLES:
                samples.append((text_of(attribute, value, {}), in_words(found.problem)))
            continue
        fitting[pk] = found.value
        if len(examples) < SAMPLES:
            examples.append((text_of(attribute, value, {}), str(found.value)))
    return Turn(len(fitting) + misfits, misfits, samples, examples), fitting


def _definition(code: str, values: Mapping[str, Any]) -> Definition:
    columns = {name: values[name] for name in ("kind", "limits", "options")}
    return Attribute(code=code, **columns).definition


def _refuse_lost_options(present: Attribute, values: Mapping[str, Any]) -> None:
    if present.definition.kind in CHOSEN and Kind(values["kind"]) in CHOSEN:
        kept = {option["code"] for option in values["options"]}
        for option in present.definition.options:
            if option.code not in kept:
                refuse_used(present, option)


def refuse_used(attribute: Attribute, option: Option) -> None:
    """An option that is a value somewhere, or that a rule names, is switched off and not taken away."""
    uses = targets.uses_of(attribute, option.code)
    if uses:
        told = "; ".join(f"{use.label}: {use.count}" for use in uses)
        words = _("“%(name)s” is in use. %(uses)s. Switch it off instead.")
        raise Invalid({"options": [words % {"name": name_of(option), "uses": told}]})


def write(actor: Actor, present: Attribute, values: Mapping[str, Any], *, turned: int = 0) -> None:
    """Writes what is different on a locked row, and tells it with what was before."""
    changes = {name: value for name, value in values.items() if getattr(present, name) != value}
    if not changes:
        return
    fields = {name: {"before": getattr(present, name), "after": value} for name, value in changes.items()}
    for name, value in changes.items():
        setattr(present, name, value)
    present.__dict__.pop("definition", None)
    present.save(update_fields=list(changes))
    data = {"code": present.code, "name": present.name, "fields": fields} | ({"turned": turned} if turned else {})
    events.record(actor, kinds.CHANGED, present, data)


def locked(attribute: Attribute) -> Attribute:
    """The row as it is, until the transaction ends; ``Conflict`` where somebody has deleted it."""
    found = Attribute.objects.select_for_update().filter(pk=attribute.pk).first()
    if found is None:
        raise Conflict(_("Somebody has deleted this meanwhile."))
    return found
