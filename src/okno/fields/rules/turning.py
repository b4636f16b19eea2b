"""Turning the values of an attribute into another kind, where nothing of them is lost."""

from __future__ import annotations

from okno.fields.rules.definition import CHOSEN, Definition, Kind, Problem, Value
from okno.fields.rules.reading import Read, read

TURNS: dict[Kind, tuple[Kind, ...]] = {
    Kind.LINE: (Kind.TEXT, Kind.NUMBER, Kind.DATE),
    Kind.TEXT: (Kind.LINE,),
    Kind.NUMBER: (Kind.LINE, Kind.TEXT),
    Kind.DATE: (Kind.LINE, Kind.TEXT),
    Kind.LIST: (Kind.MULTIPLE,),
    Kind.MULTIPLE: (Kind.LIST,),
}
"""Into what each kind can be turned; persons, files and checkboxes stay what they are."""


def turned(value: Value, before: Definition, after: Definition) -> Read:
    """The value as one of the other kind, or why it cannot be: nothing is cut off or guessed."""
    if after.kind not in TURNS.get(before.kind, ()):
        return Read(problem=Problem("turn"))
    if before.kind in CHOSEN:
        codes = value if isinstance(value, list) else [str(value)]
        if after.kind is Kind.LIST:
            return Read(codes[0]) if len(codes) == 1 else Read(problem=Problem("several"))
        return Read(list(codes))
    text = str(value)
    if after.kind is Kind.LINE and "\n" in text:
        return Read(problem=Problem("several_lines"))
    return read(after, text)
