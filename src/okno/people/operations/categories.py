"""Categories of clients: made, changed, put in order, switched off and deleted (F126)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from okno.core import events
from okno.core.actor import Actor
from okno.core.faults import Conflict, Invalid
from okno.core.ordered import last_position, reorder
from okno.core.uses import replace_everywhere, replacement_for, uses_of
from okno.people import access
from okno.people import events as kinds
from okno.people.models import ClientCategory

RIGHT = "settings.manage"
NAME_LIMIT = 80
CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


def create_category(actor: Actor, names: Mapping[str, str], code: str = "") -> ClientCategory:
    """Makes a category, the last in the order; its code is made of its name if none is given, and never changes."""
    access.require(actor, RIGHT)
    with transaction.atomic():
        clean = _checked(names, None)
        category = ClientCategory.objects.create(
            code=_given_code(code) if code else _free_code(clean),
            names=clean,
            position=last_position(ClientCategory.objects.all()),
        )
        data = {"code": category.code, "name": category.name}
        events.record(actor, kinds.CATEGORY_CREATED, category, data)
    return category


def change_category(actor: Actor, category: ClientCategory, names: Mapping[str, str]) -> ClientCategory:
    """Calls a category differently."""
    access.require(actor, RIGHT)
    with transaction.atomic():
        present = _locked(category)
        clean = _checked(names, present)
        if clean != present.names:
            _write(actor, present, {"names": clean})
    return present


def switch_category(actor: Actor, category: ClientCategory, *, is_active: bool) -> ClientCategory:
    """Offers the category again, or no longer; clients that have it keep it."""
    access.require(actor, RIGHT)
    with transaction.atomic():
        present = _locked(category)
        if present.is_active != is_active:
            _write(actor, present, {"is_active": is_active})
    return present


def reorder_categories(actor: Actor, wanted: Sequence[int], seen: Sequence[int]) -> None:
    """Puts the categories in order."""
    access.require(actor, RIGHT)
    with transaction.atomic():
        first = ClientCategory.objects.first()
        if reorder(ClientCategory.objects.all(), wanted, seen) and first is not None:
            codes = list(ClientCategory.objects.values_list("code", flat=True))
            events.record(actor, kinds.CATEGORIES_REORDERED, first, {"order": codes})


def delete_category(actor: Actor, category: ClientCategory, replacement: ClientCategory | None = None) -> None:
    """Deletes a category; its clients get the replacement. One that rules name is not deleted."""
    access.require(actor, RIGHT)
    with transaction.atomic():
        present = _locked(category)
        uses = uses_of(present)
        if uses:
            other = replacement_for(uses, replacement)
            if other.pk == present.pk or not other.is_active:
                raise Invalid({"replacement": [_("Choose another one, which is switched on.")]})
            replace_everywhere(actor, present, other)
        data = {"code": present.code, "name": present.name}
        data["replaced_by"] = replacement.code if uses and replacement else ""
        events.record(actor, kinds.CATEGORY_DELETED, present, data)
        present.delete()


def _write(actor: Actor, category: ClientCategory, values: Mapping[str, object]) -> None:
    fields = {name: {"before": getattr(category, name), "after": value} for name, value in values.items()}
    for name, value in values.items():
        setattr(category, name, value)
    category.save(update_fields=list(values))
    data = {"code": category.code, "name": category.name, "fields": fields}
    events.record(actor, kinds.CATEGORY_CHANGED, category, data)


def _locked(category: ClientCategory) -> ClientCategory:
    found = ClientCategory.objects.select_for_update().filter(pk=category.pk).first()
    if found is None:
        raise Conflict(_("Somebody has deleted this meanwhile."))
    return found


def _checked(names: Mapping[str, str], row: ClientCategory | None) -> dict[str, str]:
    """The names in the languages of the product, in one line each; at least one, and none twice."""
    clean = {language: " ".join(names.get(language, "").split()) for language, _label in settings.LANGUAGES}
    clean = {language: name for language, name in clean.items() if name}
    if not clean:
        raise Invalid({"names": [_("Write the name in one language at least.")]})
    if any(len(name) > NAME_LIMIT for name in clean.values()):
        raise Invalid({"names": [_("No more than %(limit)d characters.") % {"limit": NAME_LIMIT}]})
    for other in ClientCategory.objects.exclude(pk=row.pk if row else 0):
        for language, name in clean.items():
            if other.names.get(language, "").lower() == name.lower():
                raise Invalid({"names": [_("There is already “%(name)s”.") % {"name": name}]})
    return clean


def _given_code(code: str) -> str:
    if not CODE.fullmatch(code):
        raise Invalid({"code": [_("Small letters of the Latin alphabet, digits and hyphens, 40 at most.")]})
    if ClientCategory.objects.filter(code=code).exists():
        raise Invalid({"code": [_("There is already “%(name)s”.") % {"name": code}]})
    return code


def _free_code(names: Mapping[str, str]) -> str:
    stem = slugify(names.get("en") or next(iter(names.values())))[:36] or "category"
    taken = set(ClientCategory.objects.values_list("code", flat=True))
    numbered = (stem if number == 1 else f"{stem}-{number}" for number in itertools.count(1))
    return next(code for code in numbered if code not in taken)
