"""A condition as a field of a form: one hidden text that the editor writes and the registry checks."""

from __future__ import annotations

import json
import zoneinfo
from typing import Any, Final

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorList
from django.urls import reverse

from okno.manage.conditions.offer import names_in, offer
from okno.tickets.conditions import (
    ALWAYS,
    BadCondition,
    Condition,
    Group,
    describe,
    normalised,
    parse,
    to_stored,
    warning_of,
)
from okno.tickets.conditions.checking import in_words

LONGEST: Final = 60_000
"""Characters of the hidden text; the largest condition that can be built needs fewer."""


class ConditionField(forms.Field):
    """Cleans to a ``Condition``; nothing chosen fits every ticket.

    Each mistake keeps its place as the code of its ``ValidationError`` ("0.1"), so that the editor shows it at the
    row. A condition that no ticket can meet is refused unless ``may_be_impossible``.
    """

    widget = forms.HiddenInput

    def __init__(self, *, may_be_impossible: bool = False, **options: Any) -> None:
        super().__init__(**{"required": False, **options})
        self.may_be_impossible = may_be_impossible

    def prepare_value(self, value: Any) -> Any:
        return json.dumps(to_stored(value), ensure_ascii=False) if isinstance(value, Group) else value

    def to_python(self, value: Any) -> Condition:
        if value in self.empty_values:
            return ALWAYS
        try:
            condition = parse(read_json(value))
        except BadCondition as bad:
            raise ValidationError(
                [ValidationError(words, code=".".join(map(str, place))) for place, words in bad.problems]
            ) from bad
        warning = "" if self.may_be_impossible else warning_of(condition)
        if warning:
            raise ValidationError(warning, code="")
        return condition

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return normalised(self.to_python(data)) != normalised(initial or ALWAYS)
        except ValidationError:
            return True

    def editor(self, value: Any, errors: ErrorList | None = None) -> dict[str, Any]:
        """What ``components/conditions`` draws the editor from; ``value`` as the bound field has it."""
        data, words = _shown(value)
        problems: dict[str, list[str]] = {}
        for error in errors.as_data() if errors else []:
            problems.setdefault(error.code or "", []).extend(error.messages)
        return {
            "offer": offer(),
            "data": data,
            "words": words,
            "problems": problems,
            "names": names_in(data),
            "url": reverse("manage:condition-values"),
            "zone": settings.DISPLAY_TIME_ZONE,
            "zones": sorted(name for name in zoneinfo.available_timezones() if "/" in name),
        }


def read_json(text: object) -> object:
    """The data of a hidden text; one that is none is refused as a condition is."""
    try:
        if isinstance(text, str) and len(text) <= LONGEST:
            return json.loads(text)
    except (ValueError, RecursionError):
        pass
    raise BadCondition([((), in_words("form"))])


def _shown(value: Any) -> tuple[object, str]:
    """The data as they were typed, and in words where they are whole."""
    if isinstance(value, Group):
        return to_stored(value), describe(value)
    try:
        data = read_json(value) if value else to_stored(ALWAYS)
    except BadCondition:
        return to_stored(ALWAYS), ""
    try:
        return data, describe(parse(data))
    except BadCondition:
        return data, ""
