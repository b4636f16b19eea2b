"""Attributes as every page needs them: read once and remembered for a moment."""

from __future__ import annotations

from okno.core.remembered import Memory
from okno.fields.models import Attribute

ATTRIBUTES = Memory(Attribute)


def attributes_of(target: str, type_code: str | None = None, *, active_only: bool = True) -> list[Attribute]:
    """The attributes of tickets (of this type, or of any), companies or contacts, in their order."""
    return [
        each
        for each in ATTRIBUTES.all()
        if each.target == target and each.is_of_type(type_code) and (each.is_active or not active_only)
    ]


def attribute_of(target: str, code: str) -> Attribute | None:
    """The attribute of this code, also one that is switched off."""
    found = ATTRIBUTES.by_code(code)
    return found if found is not None and found.target == target else None
