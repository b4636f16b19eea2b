"""The file itself: written so that lines can be compared, and read with every mistake named at its place."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

from okno.core.actor import Actor
from okno.core.configuration.sections import SECTIONS, Row, Section, in_order
from okno.core.display import size
from okno.core.faults import Invalid
from okno.core.jinja import current_locale

MARK, VERSION = "configuration", 1
LARGEST = 4 * 1024 * 1024
"""Bytes: some forty times the configuration of a large desk."""

MOST_TOLD = 12
DEPTH = 40


@dataclass(frozen=True)
class Document:
    """A file that was read: for each section that it has, its rows in their order."""

    rows: dict[str, list[Row]]

    def of(self, section: Section[Any]) -> list[Any]:
        """The rows of a section."""
        return self.rows.get(section.key, [])


def export(actor: Actor) -> bytes:
    """Everything that the actor may change, as the file. The same configuration gives the same bytes."""
    sections = {
        section.key: [item.model_dump(mode="json") for _pk, item in section.held()]
        for section in in_order()
        if actor.has(section.right)
    }
    document = {"okno": MARK, "version": VERSION, "sections": sections}
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def read(content: bytes) -> Document:
    """What the file says; ``Invalid`` at ``file`` names everything that is wrong with its form."""
    data = _parsed(content)
    if not isinstance(data, dict) or data.get("okno") != MARK or not isinstance(data.get("sections"), dict):
        raise _wrong([_("This is no configuration of Okno.")])
    if data.get("version") != VERSION or data["version"] is True:
        text = _("The file is of version %(found)s, and this Okno reads version %(known)d.")
        raise _wrong([text % {"found": str(data.get("version"))[:20], "known": VERSION}])
    unknown = sorted(set(data["sections"]) - set(SECTIONS)) + sorted(set(data) - {"okno", "version", "sections"})
    mistakes = [_("%(place)s: there is no such part in this Okno.") % {"place": name[:60]} for name in unknown]
    rows: dict[str, list[Row]] = {}
    for section in in_order():
        if section.key in data["sections"]:
            rows[section.key] = list(_rows(section, data["sections"][section.key], mistakes))
    if mistakes:
        raise _wrong(mistakes)
    return Document(rows)


def _rows(section: Section[Any], given: Any, mistakes: list[str]) -> Iterator[Row]:
    if not isinstance(given, list):
        mistakes.append(_("%(place)s: a list must stand here.") % {"place": section.key})
        return
    found: list[Row] = []
    for number, each in enumerate(given, start=1):
        try:
            found.append(section.row.model_validate(each))
        except ValidationError as error:
            place = f"{section.key}[{_called(section, each) or number}]"
            mistakes.extend(_in_words(place, dict(detail)) for detail in error.errors())
    if not section.repeats:
        mistakes.extend(
            _("%(place)s: “%(name)s” is there twice.") % {"place": section.key, "name": name}
            for name in _twice(section, found)
        )
    yield from found


def _twice(section: Section[Any], rows: Collection[Row]) -> Iterable[str]:
    names = [section.name_of(row) for row, key in zip(rows, section.keys(rows), strict=True) if key[-1] == "2"]
    return dict.fromkeys(names)


def _called(section: Section[Any], given: Any) -> str:
    if not isinstance(given, dict):
        return ""
    return " · ".join(str(given[name])[:60] for name in section.identity if given.get(name))


def _in_words(place: str, detail: dict[str, Any]) -> str:
    place = ".".join([place, *(str(part) for part in detail["loc"])])
    kind = str(detail["type"])
    if kind == "missing":
        return _("%(place)s: this is missing.") % {"place": place}
    if kind == "extra_forbidden":
        return _("%(place)s: there is no such part in this Okno.") % {"place": place}
    if kind in {"greater_than_equal", "less_than_equal", "string_too_long", "too_long"}:
        return _("%(place)s: the value is too large or too small.") % {"place": place}
    return _("%(place)s: this value is of the wrong kind.") % {"place": place}


def _parsed(content: bytes) -> Any:
    if len(content) > LARGEST:
        limit = size(LARGEST, current_locale())
        raise _wrong([_("The file is larger than %(size)s.") % {"size": limit}])
    try:
        data = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_refuse)
        _check_texts(data, 0)
    except (ValueError, RecursionError) as error:
        raise _wrong(
            [_("This is not a JSON file that can be read: %(error)s") % {"error": str(error)[:200]}]
        ) from error
    return data


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _value in pairs]
        raise ValueError(f"“{next(name for name in names if names.count(name) > 1)[:60]}” ×2")
    return found


def _refuse(word: str) -> Any:
    raise ValueError(word)


def _check_texts(value: Any, depth: int) -> None:
    """No text that a database cannot keep, and nothing so deep that nobody could have meant it."""
    if depth > DEPTH:
        raise ValueError("…" * DEPTH)
    if isinstance(value, str) and "\x00" in value:
        raise ValueError("\\u0000")
    if isinstance(value, str):
        value.encode()
    elif isinstance(value, dict):
        for name, each in value.items():
            _check_texts(name, depth + 1)
            _check_texts(each, depth + 1)
    elif isinstance(value, list):
        for each in value:
            _check_texts(each, depth + 1)


def _wrong(mistakes: list[str]) -> Invalid:
    more = len(mistakes) - MOST_TOLD
    told = mistakes[:MOST_TOLD] + ([_("And %(count)d more.") % {"count": more}] if more > 0 else [])
    return Invalid({"file": told})
