"""Values in words of the reader's language: for pages, lists, letters and search."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal
from django.utils.translation import gettext as _

from okno.core.jinja import current_locale
from okno.core.named import said_in
from okno.fields.models import Attribute, ValueFile
from okno.fields.persons import persons
from okno.fields.rules.definition import Kind, Option

LONGEST = 200


@dataclass(frozen=True)
class Shown:
    """A value beside its attribute. ``text`` is empty where there is none; ``file`` is set for a file."""

    attribute: Attribute
    value: Any
    text: str
    file: ValueFile | None = None

    @property
    def says_something(self) -> bool:
        """Whether there is a value to be read; a box that nobody touched says nothing."""
        return self.value is not None if self.attribute.kind == Kind.CHECKBOX else bool(self.text)


def shown(pairs: Iterable[tuple[Attribute, Mapping[str, Any]]]) -> list[Shown]:
    """Attributes with their values of a row; employees and files are looked up once for all of them."""
    rows = [(attribute, values.get(attribute.code)) for attribute, values in pairs]
    people = {int(value) for attribute, value in rows if attribute.kind == Kind.PERSON and value}
    tokens = [str(value) for attribute, value in rows if attribute.kind == Kind.FILE and value]
    names = persons().names(people) if people else {}
    files = {each.token: each for each in ValueFile.objects.filter(token__in=tokens)} if tokens else {}
    return [
        Shown(attribute, value, text_of(attribute, value, names, files), files.get(str(value)))
        for attribute, value in rows
    ]


def value_in_words(attribute: Attribute, value: Any) -> str:
    """One value in words where it stands by itself, as in a history; a long one is cut."""
    [one] = shown([(attribute, {attribute.code: value})])
    return one.text if len(one.text) <= LONGEST else f"{one.text[: LONGEST - 1]}…"


def text_of(
    attribute: Attribute, value: Any, names: Mapping[int, str], files: Mapping[str, ValueFile] | None = None
) -> str:
    """One value in words; ``names`` are those of employees by id."""
    if attribute.kind == Kind.CHECKBOX:
        return _("yes") if value is True else _("no")
    if value is None or value == []:
        return ""
    if attribute.kind == Kind.PERSON:
        return names.get(value) or _("somebody deleted")
    if attribute.kind == Kind.FILE:
        return files[value].name if files and value in files else ""
    return _plain(attribute, value)


def _plain(attribute: Attribute, value: Any) -> str:
    """A value that needs nothing else to be told."""
    match attribute.kind:
        case Kind.NUMBER:
            return format_decimal(value, locale=current_locale(), decimal_quantization=False)
        case Kind.DATE:
            return format_date(date.fromisoformat(value), "medium", locale=current_locale())
        case Kind.LIST | Kind.MULTIPLE:
            codes = value if isinstance(value, list) else [value]
            return ", ".join(option_name(attribute, code) for code in codes)
    return str(value)


def option_name(attribute: Attribute, code: str) -> str:
    """What an option is called in the reader's language; its code where there is none such any more."""
    option = next((each for each in attribute.definition.options if each.code == code), None)
    return name_of(option) if option else code


def name_of(option: Option) -> str:
    """The name in the language of the reader, else in English, else in any, else the code."""
    return said_in(option.names, fallback=option.code)
