"""The items of a request form, checked before they are written; each mistake is told at ``items.CODE.FIELD``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.conf import settings
from django.utils.translation import gettext as _

from okno.core.text import many_lines, one_line
from okno.fields.operations.checking import Problems as Found
from okno.fields.operations.checking import checked_options
from okno.fields.rules import Kind, limits_problems
from okno.fields.rules.definition import CHOSEN
from okno.fields.words import in_words
from okno.workflow.items import KINDS, Item
from okno.workflow.operations.rows import Problems
from okno.workflow.rules import Check, ItemKind, When

LABEL_LIMIT, HELP_LIMIT, MOST_ITEMS, MOST_CREDENTIALS = 200, 1_000, 60, 10
CODE = re.compile(r"[a-z][a-z0-9-]{0,39}")


def checked_items(items: Sequence[Item], problems: Problems) -> list[Item]:
    """The items as they are stored, or what is wrong with each."""
    if len(items) > MOST_ITEMS:
        problems.add("items", _("No more than %(limit)d items.") % {"limit": MOST_ITEMS})
        return []
    if sum(item.kind is ItemKind.CREDENTIALS for item in items) > MOST_CREDENTIALS:
        told = _("A form asks for %(limit)d passwords or keys at most.")
        problems.add("items", told % {"limit": MOST_CREDENTIALS})
    clean: list[Item] = []
    for item in items:
        if not CODE.fullmatch(item.code) or any(item.code == each.code for each in clean):
            problems.add("items", _("Each item needs a code of its own."))
            continue
        clean.append(_checked(item, clean, problems))
    return clean


def _checked(item: Item, earlier: Sequence[Item], problems: Problems) -> Item:
    at = f"items.{item.code}"
    labels = _texts(item.labels, LABEL_LIMIT, f"{at}.labels", problems, is_line=True)
    helps = _texts(item.helps, HELP_LIMIT, f"{at}.helps", problems)
    if item.when is not None:
        _check_condition(item.when, earlier, f"{at}.when", problems)
    if item.kind is ItemKind.ATTRIBUTE:
        if item.of_installation is None:
            problems.add(f"{at}.attribute", _("Choose one of the offered values."))
        elif any(each.attribute == item.attribute for each in earlier if each.kind is ItemKind.ATTRIBUTE):
            problems.add(f"{at}.attribute", _("The form asks for it already."))
        return replace(item, labels={}, helps={}, options=(), holds=Kind.LINE)
    if not labels:
        problems.add(f"{at}.labels", _("Write it in one language at least."))
    if item.kind is not ItemKind.QUESTION:
        is_required = item.is_required and item.kind is ItemKind.CREDENTIALS
        return Item(item.code, item.kind, labels, helps, is_required, when=item.when)
    return _checked_question(replace(item, labels=labels, helps=helps), at, problems)


def _checked_question(item: Item, at: str, problems: Problems) -> Item:
    if item.holds not in KINDS:
        problems.add(f"{at}.holds", _("Choose one of the offered values."))
    own = Found()
    options = checked_options(item.options, own) if item.holds in CHOSEN else []
    for messages in own.values():
        for message in messages:
            problems.add(f"{at}.options", message)
    for name, problem in limits_problems(item.holds, item.limits).items():
        problems.add(f"{at}.{name}", in_words(problem))
    return replace(item, options=tuple(options), attribute="")


def _check_condition(when: When, earlier: Sequence[Item], at: str, problems: Problems) -> None:
    """It names an earlier item that has a value, and asks of it what such a value can answer."""
    other = next((each for each in earlier if each.code == when.item), None)
    kind = other.value_kind if other else None
    if other is None or kind is None:
        problems.add(at, _("Choose an item above this one."))
        return
    if when.check not in checks_of(kind):
        problems.add(at, _("Choose one of the offered values."))
    if when.check in {Check.IS, Check.ONE_OF}:
        known = {option.code for option in other.field().definition.options}
        if not when.values:
            problems.add(at, _("Choose a value."))
        elif kind in CHOSEN and set(when.values) - known:
            problems.add(at, _("Choose one of the offered values."))


def checks_of(kind: Kind) -> tuple[Check, ...]:
    """What can be asked of a value of this kind."""
    match kind:
        case Kind.CHECKBOX:
            return (Check.TICKED,)
        case Kind.LIST | Kind.MULTIPLE:
            return (Check.ONE_OF, Check.IS, Check.FILLED)
        case Kind.LINE | Kind.NUMBER | Kind.DATE:
            return (Check.FILLED, Check.IS)
    return (Check.FILLED,)


def _texts(
    texts: Mapping[str, str], limit: int, at: str, problems: Problems, *, is_line: bool = False
) -> dict[str, str]:
    clean = {}
    for language, _label in settings.LANGUAGES:
        text = texts.get(language, "")
        clean[language] = one_line(text) if is_line else many_lines(text).strip()
    if any(len(text) > limit for text in clean.values()):
        problems.add(at, _("No more than %(limit)d characters.") % {"limit": limit})
    return {language: text for language, text in clean.items() if text}
