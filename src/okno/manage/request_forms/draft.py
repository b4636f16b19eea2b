"""A request form as it stands on the page of its editor: read from what was posted, as it was typed."""

from __future__ import annotations

import json
import math
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.conf import settings

from okno.fields.inputs import Sent, last_of
from okno.fields.operations.checking import free_code
from okno.fields.rules import Kind, Limits, Option
from okno.fields.rules.definition import CHOSEN
from okno.fields.rules.limits import OWN
from okno.workflow.items import KINDS, Item, items_of, options_of, stored_item, stored_option
from okno.workflow.operations.form_items import MOST_ITEMS
from okno.workflow.rules import Check, ItemKind, When

LANGUAGES = tuple(code for code, _label in settings.LANGUAGES)
NUMBERS = frozenset({"shortest", "longest", "decimals"})
LONGEST_POST = 20_000


@dataclass
class Row:
    """An item that is being written. ``lines`` are the texts of the options by language; ``limits`` as typed."""

    item: Item
    lines: dict[str, str] = field(default_factory=dict)
    limits: dict[str, str] = field(default_factory=dict)
    errors: dict[str, list[str]] = field(default_factory=dict)
    is_open: bool = False

    @property
    def pk(self) -> str:
        """By what lists in order know it."""
        return self.item.code

    @property
    def name(self) -> str:
        """What it is called while it has no label yet."""
        return self.item.label or self.item.code

    @property
    def known(self) -> str:
        """The options with their codes, which the next reading of the page goes on with."""
        return json.dumps([stored_option(each) for each in self.item.options])


def rows_of(items: Sequence[Item]) -> list[Row]:
    """The rows of a stored form."""
    return [Row(item, _lines(item.options), _limits_as_typed(item)) for item in items]


def typed(posted: Sent) -> list[Row]:
    """The rows in the order in which they stand on the page."""
    codes = dict.fromkeys(str(code)[:40] for code in posted.getlist("item"))
    opened = {str(code) for code in posted.getlist("open")}
    rows = [_typed(posted, code) for code in list(codes)[: MOST_ITEMS + 1]]
    for row in rows:
        row.is_open = row.item.code in opened
    return rows


def add(rows: list[Row], what: str) -> Row | None:
    """Puts a new item behind the others: ``heading``, ``attribute``, ``credentials`` or a kind of question."""
    kind = ItemKind(what) if what in set(ItemKind) else ItemKind.QUESTION
    if len(rows) >= MOST_ITEMS or (kind is ItemKind.QUESTION and what not in set(KINDS)):
        return None
    # never a code of before: what was answered to an item that is gone must not be taken for an answer to this one
    code = f"q{secrets.token_hex(6)}"
    holds = Kind(what) if kind is ItemKind.QUESTION else Kind.LINE
    row = Row(Item(code, kind, holds=holds), is_open=True)
    rows.append(row)
    return row


def remove(rows: list[Row], code: str) -> None:
    """Takes an item out, and the conditions that hung on it."""
    rows[:] = [row for row in rows if row.item.code != code]
    for row in rows:
        if row.item.when and row.item.when.item == code:
            row.item = replace(row.item, when=None)


def portable(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """The items as a stored form would hold them."""
    return [stored_item(row.item) for row in rows]


def preview_items(rows: Sequence[Row]) -> tuple[Item, ...]:
    """The items as whoever fills in the form would meet them, as far as they are written."""
    return items_of(portable(rows))


def _typed(posted: Sent, code: str) -> Row:
    kind, _colon, holds = last_of(posted, f"kind-{code}").partition(":")
    lines = {each: _text(posted, f"options-{code}-{each}") for each in LANGUAGES}
    limits = {name: _text(posted, f"limit-{code}-{name}")[:60] for name in OWN.get(_kind(holds), ())}
    item = Item(
        code=code,
        kind=ItemKind(kind) if kind in set(ItemKind) else ItemKind.QUESTION,
        labels={each: text for each in LANGUAGES if (text := _text(posted, f"label-{code}-{each}"))},
        helps={each: text for each in LANGUAGES if (text := _text(posted, f"help-{code}-{each}"))},
        is_required=bool(last_of(posted, f"required-{code}")),
        holds=_kind(holds),
        attribute=_text(posted, f"attribute-{code}"),
        when=_when(posted, code),
    )
    options = _options(lines, _known(_text(posted, f"known-{code}"))) if item.holds in CHOSEN else ()
    item = replace(item, options=options, limits=_limits(limits))
    return Row(item, lines, limits)


def _text(posted: Sent, name: str) -> str:
    return last_of(posted, name)[:LONGEST_POST]


def _kind(name: str) -> Kind:
    return Kind(name) if name in set(KINDS) else Kind.LINE


def _when(posted: Sent, code: str) -> When | None:
    other = _text(posted, f"when-{code}")
    check, _sign, is_not = _text(posted, f"check-{code}").partition("!")
    if not other:
        return None
    values = [str(each).strip()[:500] for each in posted.getlist(f"value-{code}")]
    return When(
        other, Check(check) if check in set(Check) else Check.FILLED, tuple(filter(None, values)), is_not == "not"
    )


def _known(text: str) -> list[Option]:
    try:
        found = json.loads(text or "[]")
        return options_of(
            each for each in found if isinstance(each["code"], str) and isinstance(each["names"], dict)
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        return []


def _options(lines: Mapping[str, str], known: Sequence[Option]) -> tuple[Option, ...]:
    """The options of the typed lines: one keeps its code by its name, else by its place."""
    columns = {language: [line.strip() for line in text.splitlines()] for language, text in lines.items()}
    longest = max((len(column) for column in columns.values()), default=0)
    named = [
        {language: column[place] for language, column in columns.items() if place < len(column) and column[place]}
        for place in range(longest)
    ]
    codes = [_code_by_name(names, known) for names in named]
    taken = {code for code in codes if code}
    found = []
    for place, (names, code) in enumerate(zip(named, codes, strict=True)):
        if not names:
            continue
        at_place = known[place].code if place < len(known) and known[place].code not in taken else ""
        own = code or at_place or free_code(names, taken | {each.code for each in known}, "value")
        taken.add(own)
        found.append(Option(own, names))
    return tuple(found)


def _code_by_name(names: Mapping[str, str], known: Sequence[Option]) -> str:
    shared = (
        each.code for each in known if any(each.names.get(language) == name for language, name in names.items())
    )
    return next(shared, "")


def _lines(options: Sequence[Option]) -> dict[str, str]:
    return {
        language: "\n".join(each.names.get(language, "") for each in options).rstrip() for language in LANGUAGES
    }


def _limits_as_typed(item: Item) -> dict[str, str]:
    found = {name: getattr(item.limits, name) for name in OWN.get(item.holds, ())}
    return {name: "" if value in (None, 0, "") else f"{value:g}" if isinstance(value, float) else str(value)
            for name, value in found.items()}  # fmt: skip


def _limits(texts: Mapping[str, str]) -> Limits:
    """What was typed as limits; what is no number is one that cannot be, so that its mistake is told."""
    found: dict[str, Any] = {}
    for name, text in texts.items():
        if not text.strip():
            continue
        if name in {"mask", "earliest", "latest"}:
            found[name] = text.strip()
        else:
            found[name] = _number(text, whole=name in NUMBERS)
    return Limits(**found)


def _number(text: str, *, whole: bool) -> float | int:
    try:
        number = float(text.strip().replace(",", "."))
    except ValueError:
        return -1 if whole else math.inf
    if not math.isfinite(number) or abs(number) > 1e15:
        return -1 if whole else math.inf
    return int(number) if whole and number == int(number) else -1 if whole else number
