"""What the editor of a request form shows: its palette, what conditions can ask, and the form beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okno.core.actor import Actor
from okno.fields.catalogue import attributes_of
from okno.fields.inputs import inputs_of
from okno.fields.models import Target
from okno.fields.rules import Kind
from okno.fields.rules.definition import CHOSEN
from okno.fields.rules.limits import OWN
from okno.fields.showing import name_of
from okno.manage.attributes.forms import AttributeForm
from okno.manage.request_forms.draft import Row, preview_items
from okno.manage.rows.names import languages
from okno.tickets.questions import Part
from okno.workflow.items import Item
from okno.workflow.operations.form_items import checks_of
from okno.workflow.rules import Check, ItemKind, hidden_items

Text = str | Promise

PALETTE: Sequence[tuple[str, Text, str]] = (
    ("line", gettext_lazy("Text in one line"), "icon-[tabler--cursor-text]"),
    ("text", gettext_lazy("Text in several lines"), "icon-[tabler--align-left]"),
    ("number", gettext_lazy("Number"), "icon-[tabler--123]"),
    ("date", gettext_lazy("Date"), "icon-[tabler--calendar]"),
    ("list", gettext_lazy("Value from a list"), "icon-[tabler--list]"),
    ("multiple", gettext_lazy("Several values from a list"), "icon-[tabler--list-check]"),
    ("checkbox", gettext_lazy("Checkbox"), "icon-[tabler--checkbox]"),
    ("attribute", gettext_lazy("Attribute of the ticket"), "icon-[tabler--forms]"),
    ("credentials", gettext_lazy("Access data"), "icon-[tabler--key]"),
    ("heading", gettext_lazy("Heading with an explanation"), "icon-[tabler--heading]"),
)
"""What can be put into a form: its name in the form's post, its label and its picture."""

CHECKS: dict[tuple[Check, bool], Text] = {
    (Check.FILLED, False): gettext_lazy("is filled in"),
    (Check.FILLED, True): gettext_lazy("is not filled in"),
    (Check.TICKED, False): gettext_lazy("is ticked"),
    (Check.TICKED, True): gettext_lazy("is not ticked"),
    (Check.ONE_OF, False): gettext_lazy("is one of"),
    (Check.ONE_OF, True): gettext_lazy("is none of"),
    (Check.IS, False): gettext_lazy("is"),
    (Check.IS, True): gettext_lazy("is not"),
}


@dataclass(frozen=True)
class Choices:
    """What the condition of one row can be: items above it, what is asked of the chosen one, its values."""

    items: list[tuple[str, str]]
    checks: list[tuple[str, Text, bool]]
    values: list[tuple[str, str, bool]]
    typed: str | None


def kind_of(row: Row) -> tuple[str, Text, str]:
    """The entry of the palette that the row came from."""
    item = row.item
    name = item.holds.value if item.kind is ItemKind.QUESTION else item.kind.value
    return next(each for each in PALETTE if each[0] == name)


def kind_posted(row: Row) -> str:
    """How the row says what it is when it is posted."""
    item = row.item
    return f"{item.kind.value}:{item.holds.value}" if item.kind is ItemKind.QUESTION else item.kind.value


def choices_of(rows: Sequence[Row], row: Row) -> Choices:
    """What the condition of the row can be."""
    earlier = [each.item for each in rows[: list(rows).index(row)] if each.item.value_kind is not None]
    when = row.item.when
    other = next((each for each in earlier if when and each.code == when.item), None)
    items = [(each.code, each.label or _("(without a name)")) for each in earlier]
    if when is None or other is None or other.value_kind is None:
        return Choices(items, [], [], None)
    known = checks_of(other.value_kind)
    checks = [
        (f"{check.value}!not" if is_not else check.value, words, (when.check, when.is_not) == (check, is_not))
        for (check, is_not), words in CHECKS.items()
        if check in known and (other.value_kind not in CHOSEN or check is not Check.IS)
    ]
    asks_value = when.check in {Check.IS, Check.ONE_OF}
    if not asks_value or when.check not in known:
        return Choices(items, checks, [], None)
    if other.value_kind in CHOSEN:
        options = other.field().definition.options
        return Choices(
            items, checks, [(each.code, name_of(each), each.code in when.values) for each in options], None
        )
    return Choices(items, checks, [], next(iter(when.values), ""))


def summary_of(rows: Sequence[Row], row: Row) -> str:
    """The condition in words, for the closed row."""
    when = row.item.when
    other = next((each.item for each in rows if when and each.item.code == when.item), None)
    if when is None or other is None:
        return ""
    options = {each.code: name_of(each) for each in other.field().definition.options}
    words = ", ".join(options.get(value, value) for value in when.values)
    facts = {"item": other.label, "check": CHECKS[when.check, when.is_not], "values": words}
    return (_("if “%(item)s” %(check)s %(values)s") % facts).strip()


def preview_parts(actor: Actor, rows: Sequence[Row]) -> list[Part]:
    """The form as it would be met, nothing filled in yet."""
    items = [item for item in preview_items(rows) if item.kind is not ItemKind.ATTRIBUTE or item.of_installation]
    hidden = hidden_items([item.as_asked() for item in items], {})
    return [Part(item, _sample(actor, item), item.code in hidden) for item in items]


def _sample(actor: Actor, item: Item) -> Any:
    if item.kind is ItemKind.HEADING:
        return None
    [drawn] = inputs_of(actor, [item.field()], {}, stem="sample-")
    return replace(drawn, must=item.is_required)


def limit_fields(row: Row) -> list[tuple[str, str, str, list[str]]]:
    """The limits of the row's kind: name in the post, label, what was typed, what is wrong."""
    if row.item.kind is not ItemKind.QUESTION:
        return []
    labels = {name: str(AttributeForm.base_fields[name].label) for name in OWN.get(row.item.holds, ())}
    return [
        (f"limit-{row.pk}-{name}", label, row.limits.get(name, ""), row.errors.get(name, []))
        for name, label in labels.items()
    ]


def page_facts(actor: Actor, rows: Sequence[Row]) -> dict[str, Any]:
    """Everything that the template of the editor needs beside the fields of its head."""
    return {
        "items": rows,
        "offered": PALETTE,
        "languages": languages(),
        "kind_of": kind_of,
        "kind_posted": kind_posted,
        "choices_of": lambda row: choices_of(rows, row),
        "summary_of": lambda row: summary_of(rows, row),
        "limit_fields": limit_fields,
        "attributes": attributes_of(Target.TICKET),
        "parts": preview_parts(actor, rows),
        "chosen_kinds": {Kind.LIST, Kind.MULTIPLE},
    }
