"""Rows of the catalogue: made, changed, put in order, switched off and deleted, all by the same rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from okno.core import events
from okno.core.actor import Actor
from okno.core.faults import Conflict, Invalid
from okno.core.named import Named
from okno.core.ordered import last_position, reorder
from okno.core.uses import Use, replace_everywhere, replacement_for, uses_of
from okno.people import access
from okno.workflow import catalogue
from okno.workflow import events as kinds

RIGHT = "settings.manage"
NAME_LIMIT = 80
CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
COLOURS = ("neutral", "info", "primary", "success", "warning", "error", "accent", "teal")
"""The tones in which statuses and priorities are shown, readable in the light and in the dark."""


class Problems(dict[str, list[str]]):
    """Mistakes by field."""

    def add(self, field: str, message: str) -> None:
        """Notes a mistake at a field."""
        self.setdefault(field, []).append(message)

    def check_colour(self, colour: str) -> None:
        """One of the tones."""
        if colour not in COLOURS:
            self.add("colour", _("Choose one of the offered values."))

    def check(self) -> None:
        """Refuses when there was any."""
        if self:
            raise Invalid(self)


def what(model: type[Named] | Named) -> str:
    """The word for a kind of row in events: type, status, priority, impact, urgency, service, form."""
    name = model._meta.model_name or ""
    return {"tickettype": "type", "requestform": "form"}.get(name, name)


def checked_names(
    model: type[Named],
    names: Mapping[str, str],
    row: Named | None,
    problems: Problems,
    among: Mapping[str, Any] | None = None,
) -> dict[str, str]:
    """The names in the languages of the product, in one line each; at least one, and no two rows called alike.

    ``among`` narrows the rows that must be told apart.
    """
    known = dict(settings.LANGUAGES)
    clean = {language: " ".join(name.split()) for language, name in names.items() if language in known}
    clean = {language: name for language, name in clean.items() if name}
    if not clean:
        problems.add("names", _("Write the name in one language at least."))
    if any(len(name) > NAME_LIMIT for name in clean.values()):
        problems.add("names", _("No more than %(limit)d characters.") % {"limit": NAME_LIMIT})
    for other in model._default_manager.filter(**(among or {})).exclude(pk=row.pk if row else 0):
        same = [name for language, name in clean.items() if other.names.get(language, "").lower() == name.lower()]
        if same:
            problems.add("names", _("There is already “%(name)s”.") % {"name": same[0]})
            break
    return clean


def free_code(model: type[Named], names: Mapping[str, str], code: str, problems: Problems) -> str:
    """The given code, or one made from the name; programs know the row by it, and it never changes."""
    taken = set(model._default_manager.values_list("code", flat=True))
    if code:
        if not CODE.fullmatch(code):
            problems.add("code", _("Small letters of the Latin alphabet, digits and hyphens, 40 at most."))
        elif code in taken:
            problems.add("code", _("There is already “%(name)s”.") % {"name": code})
        return code
    stem = slugify(names.get("en") or next(iter(names.values()), ""))[:36] or what(model)
    return next(each for each in _numbered(stem) if each not in taken)


def _numbered(stem: str) -> Iterator[str]:
    yield stem
    number = 2
    while True:
        yield f"{stem}-{number}"
        number += 1


def create_row[Row: Named](actor: Actor, model: type[Row], values: Mapping[str, Any], code: str) -> Row:
    """Writes a new row, last in the order; its values are checked by whoever knows the kind."""
    with transaction.atomic():
        row = model._default_manager.create(
            code=code, position=last_position(model._default_manager.all()), **values
        )
        data = {"what": what(row), "code": row.code, "name": row.name}
        events.record(actor, kinds.ROW_CREATED, row, data)
    catalogue.forget()
    return row


def change_row[Row: Named](
    actor: Actor, row: Row, values: Mapping[str, Any], *, told: Mapping[str, Callable[[Any], Any]] | None = None
) -> Row:
    """Writes what is different and tells it with what was before; call it with the row locked.

    ``told`` says by column how a value is told that would be long or meaningless as it stands.
    """
    fields = {}
    for name, value in values.items():
        before = getattr(row, name)
        if before != value:
            say = (told or {}).get(name, _told)
            fields[name] = {"before": say(before), "after": say(value)}
            setattr(row, name, value)
    if fields:
        row.save(update_fields=list(fields))
        data = {"what": what(row), "code": row.code, "name": row.name, "fields": fields}
        events.record(actor, kinds.ROW_CHANGED, row, data)
        catalogue.forget()
    return row


def _told(value: Any) -> Any:
    return value.code if isinstance(value, Named) else value


def locked[Row: Named](row: Row) -> Row:
    """The row as it is now, kept from others until the end of the transaction."""
    found = type(row)._default_manager.select_for_update().filter(pk=row.pk).first()
    if found is None:
        raise Conflict(_("Somebody has deleted this meanwhile."))
    return found


def reorder_rows(actor: Actor, model: type[Named], wanted: Sequence[int], seen: Sequence[int]) -> None:
    """Puts the rows in the wanted order of ids; ``seen`` is the order that the actor looked at."""
    access.require(actor, RIGHT)
    with transaction.atomic():
        if reorder(model._default_manager.all(), wanted, seen):
            first = model._default_manager.first()
            codes = list(model._default_manager.values_list("code", flat=True))
            if first is not None:
                events.record(actor, kinds.ROWS_REORDERED, first, {"what": what(first), "order": codes})
    catalogue.forget()


def switch_row[Row: Named](actor: Actor, row: Row, *, is_active: bool) -> Row:
    """Offers the row again, or no longer; what has it keeps it."""
    access.require(actor, RIGHT)
    with transaction.atomic():
        present = locked(row)
        if not is_active and getattr(present, "is_default", False):
            raise Conflict(_("This is the default. Make another one the default first."), code="is_default")
        change_row(actor, present, {"is_active": is_active})
    return present


def make_default_row[Row: Named](actor: Actor, row: Row, among: Mapping[str, Any] | None = None) -> Row:
    """The row is taken from now on where nothing else was chosen; ``among`` narrows those that compete."""
    access.require(actor, RIGHT)
    with transaction.atomic():
        rows = type(row)._default_manager.select_for_update().filter(**(among or {})).order_by("pk")
        present = next((each for each in rows if each.pk == row.pk), None)
        if present is None:
            raise Conflict(_("Somebody has deleted this meanwhile."))
        if not present.is_active:
            raise Conflict(_("This is switched off. Switch it on first."))
        for each in rows:
            change_row(actor, each, {"is_default": each.pk == present.pk})
    return present


def delete_row(actor: Actor, row: Named, replacement: Named | None = None) -> None:
    """Deletes a row that nothing uses; what uses it gets the replacement, if one is chosen (see ``uses_of``)."""
    access.require(actor, RIGHT)
    with transaction.atomic():
        present = locked(row)
        if getattr(present, "is_default", False):
            raise Conflict(_("This is the default. Make another one the default first."), code="is_default")
        uses = uses_of(present)
        if uses:
            _replace(actor, present, replacement, uses)
        data = {"what": what(present), "code": present.code, "name": present.name}
        data["replaced_by"] = replacement.code if uses and replacement else ""
        events.record(actor, kinds.ROW_DELETED, present, data)
        present.delete()
    catalogue.forget()


def _replace(actor: Actor, row: Named, replacement: Named | None, uses: list[Use]) -> None:
    other = replacement_for(uses, replacement)
    if other.pk == row.pk or not other.is_active:
        raise Invalid({"replacement": [_("Choose another one, which is switched on.")]})
    replace_everywhere(actor, row, other)
