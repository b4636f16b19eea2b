"""Settings that an administrator changes while Okno runs: typed declarations with default, label and help.

The page, the API and the check all come from the declaration; a package declares its own in
``declarations.py``.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from okno.core import events
from okno.core.actor import Actor
from okno.core.faults import Forbidden, Invalid
from okno.core.models import SettingValue
from okno.core.rehearsal import is_rehearsal

CHANGED = events.kind("setting.changed", "A setting of the desk was changed. data: key, before, after")

MAX_AGE = 2.0
"""Seconds for which a process may still use the old value after another process changed it."""


@dataclass(frozen=True)
class Portable:
    """How a value that names rows by ids is written where it leaves the installation, and read again."""

    written: Callable[[Any], Any]
    read: Callable[[Any], Any]


@dataclass(frozen=True)
class Setting[T]:
    """A declared setting. Calling it gives the present value."""

    key: str
    kind: type[T]
    default: T
    label: str | Promise
    help: str | Promise
    group: str
    check: Callable[[T], str | None] | None = None
    choices: Mapping[str, str | Promise] | None = None
    nothing: str | Promise = ""
    """What it means that none of several choices is made."""
    portable: Portable | None = None

    def __call__(self) -> T:
        value: T = _values().get(self.key, self.default)
        return value

    def problem(self, value: object) -> str | None:
        """Why the value cannot be taken, or nothing."""
        if type(value) is not self.kind:
            return _("This value is of the wrong kind.")
        chosen = value if isinstance(value, list) else [value]
        if self.choices is not None and (offered := set(self.choices)) and not offered.issuperset(chosen):
            return _("Choose one of the offered values.")
        checked: Any = value
        return self.check(checked) if self.check else None


SETTINGS: dict[str, Setting[Any]] = {}


class _Memory:
    """What this process last read of the table, and when."""

    read_at = float("-inf")
    values: Mapping[str, Any] = {}


def declare[T](setting: Setting[T]) -> Setting[T]:
    """Registers a setting; its key is unique."""
    if setting.key in SETTINGS:
        raise ValueError(f"setting {setting.key} is declared twice")
    SETTINGS[setting.key] = setting
    return setting


def _values() -> Mapping[str, Any]:
    if is_rehearsal():
        return dict(SettingValue.objects.values_list("key", "value"))
    if time.monotonic() - _Memory.read_at > MAX_AGE:
        _Memory.values = dict(SettingValue.objects.values_list("key", "value"))
        _Memory.read_at = time.monotonic()
    return _Memory.values


def forget() -> None:
    """Drops what this process remembers, so that the next reading is fresh."""
    _Memory.read_at = float("-inf")


def change(actor: Actor, values: Mapping[str, Any]) -> None:
    """Sets several settings at once, all or none; wrong values are named field by field."""
    _require(actor)
    problems = {}
    for key, value in values.items():
        problem = SETTINGS[key].problem(value) if key in SETTINGS else _("There is no such setting.")
        if problem:
            problems[key] = [problem]
    if problems:
        raise Invalid(problems)
    with transaction.atomic():
        stored = _locked(values)
        for key, value in values.items():
            before = stored.get(key, SETTINGS[key].default)
            if value == before:
                continue
            row, _made = SettingValue.objects.update_or_create(key=key, defaults={"value": value})
            events.record(actor, CHANGED, row, {"key": key, "before": before, "after": value})
    forget()


def reset(actor: Actor, key: str) -> None:
    """Gives a setting its declared default again."""
    _require(actor)
    if key not in SETTINGS:
        raise Invalid({key: [_("There is no such setting.")]})
    with transaction.atomic():
        for row in SettingValue.objects.select_for_update().filter(key=key):
            data = {"key": key, "before": row.value, "after": SETTINGS[key].default}
            events.record(actor, CHANGED, row, data)
            row.delete()
    forget()


def is_changed(key: str) -> bool:
    """Whether somebody gave the setting another value than its default."""
    return key in _values()


def _require(actor: Actor) -> None:
    if not actor.has("settings.manage"):
        raise Forbidden(_("Your role does not change settings."))


def _locked(keys: Iterable[str]) -> dict[str, Any]:
    rows = SettingValue.objects.select_for_update().filter(key__in=list(keys)).order_by("key")
    return dict(rows.values_list("key", "value"))
