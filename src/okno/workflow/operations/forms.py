"""Request forms: made, changed, copied, put in order, switched off and deleted by those who change settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from okno.core.actor import Actor
from okno.core.text import many_lines
from okno.people import access
from okno.workflow.catalogue import SERVICES, TYPES
from okno.workflow.items import Item, items_of, stored_item
from okno.workflow.models import RequestForm
from okno.workflow.operations import rows
from okno.workflow.operations.form_items import checked_items
from okno.workflow.operations.rows import RIGHT, Problems, checked_names, free_code

GUIDANCE_LIMIT = 2_000


@dataclass(frozen=True)
class FormFacts:
    """What a form says: names and guidance by language, codes of types and services, the items in their order."""

    names: Mapping[str, str]
    items: Sequence[Item] = ()
    guidances: Mapping[str, str] = field(default_factory=dict)
    types: Sequence[str] = ()
    services: Sequence[str] = ()
    is_active: bool = True
    code: str = ""


def create_form(actor: Actor, facts: FormFacts) -> RequestForm:
    """Makes a form, tried after all others."""
    access.require(actor, RIGHT)
    with transaction.atomic():
        values, code = _checked(facts, None)
        return rows.create_row(actor, RequestForm, values, code)


def change_form(actor: Actor, form: RequestForm, facts: FormFacts) -> RequestForm:
    """Replaces what the form says; answers that were given stay as they were asked."""
    access.require(actor, RIGHT)
    with transaction.atomic():
        present = rows.locked(form)
        values, _code = _checked(facts, present)
        present.__dict__.pop("asked", None)
        return rows.change_row(actor, present, values, told={"items": _labels})


def copy_form(actor: Actor, form: RequestForm) -> RequestForm:
    """The same form once more under another name, switched off until somebody has looked at it."""
    access.require(actor, RIGHT)
    names = {language: _copied(name, language) for language, name in form.names.items()}
    facts = FormFacts(
        names=names,
        items=form.asked,
        guidances=form.guidances,
        types=form.types,
        services=form.services,
        is_active=False,
    )
    return create_form(actor, facts)


def switch_form(actor: Actor, form: RequestForm, *, is_active: bool) -> RequestForm:
    """Asks the form again, or no longer."""
    return rows.switch_row(actor, form, is_active=is_active)


def reorder_forms(actor: Actor, wanted: Sequence[int], seen: Sequence[int]) -> None:
    """Puts the forms in the order in which they are tried."""
    rows.reorder_rows(actor, RequestForm, wanted, seen)


def delete_form(actor: Actor, form: RequestForm, replacement: None = None) -> None:
    """Deletes a form; what was answered stays with the tickets."""
    rows.delete_row(actor, form, replacement)


def _checked(facts: FormFacts, row: RequestForm | None) -> tuple[dict[str, Any], str]:
    problems = Problems()
    names = checked_names(RequestForm, facts.names, row, problems)
    code = row.code if row else free_code(RequestForm, names, facts.code, problems)
    guidances = {language: many_lines(text).strip() for language, text in facts.guidances.items()}
    if any(len(text) > GUIDANCE_LIMIT for text in guidances.values()):
        problems.add("guidances", _("No more than %(limit)d characters.") % {"limit": GUIDANCE_LIMIT})
    types, services = {each.code for each in TYPES.all()}, {each.code for each in SERVICES.all()}
    if set(facts.types) - types:
        problems.add("types", _("Choose one of the offered values."))
    if set(facts.services) - services:
        problems.add("services", _("Choose one of the offered values."))
    items = checked_items(facts.items, problems)
    problems.check()
    values = {
        "names": names,
        "guidances": {language: text for language, text in guidances.items() if text},
        "types": sorted(set(facts.types)),
        "services": sorted(set(facts.services)),
        "items": [stored_item(each) for each in items],
        "is_active": facts.is_active,
    }
    return values, code


def _labels(stored: Any) -> list[str]:
    """What the log says of items: what they are called, in their order."""
    return [item.label or item.attribute for item in items_of(stored)]


def _copied(name: str, language: str) -> str:
    with_language = {"en": "copy", "ru": "копия", "uk": "копія", "pl": "kopia"}
    room = rows.NAME_LIMIT - 20
    taken = set(RequestForm.objects.values_list(f"names__{language}", flat=True))
    numbered = (
        f"{name[:room]} ({with_language.get(language, 'copy')}{f' {number}' if number > 1 else ''})"
        for number in range(1, len(taken) + 2)
    )
    return next(each for each in numbered if each not in taken)
