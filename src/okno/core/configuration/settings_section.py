"""The declared settings in the configuration file: each with its value, also where that is the default."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okno.core import settings_store
from okno.core.auditing import SECRETS
from okno.core.configuration.sections import Importing, Row, Section
from okno.core.faults import Invalid
from okno.core.models import SettingValue
from okno.core.settings_store import SETTINGS, Setting


class SettingRow(Row):
    """A setting by its key."""

    key: str
    value: bool | int | str | list[str] | dict[str, Any]


class Settings(Section[SettingRow]):
    """The settings of the whole desk, but those that are kept secret."""

    key, label, place, identity = "settings", gettext_lazy("Settings"), 900, ("key",)
    row, models = SettingRow, (SettingValue,)

    def held(self) -> Iterator[tuple[int, SettingRow]]:
        stored = dict(SettingValue.objects.values_list("key", "value"))
        for key, setting in sorted(SETTINGS.items()):
            if not is_secret(setting):
                value = stored.get(key, setting.default)
                yield 0, SettingRow(key=key, value=setting.portable.written(value) if setting.portable else value)

    def write(self, importing: Importing, item: SettingRow, pk: int | None) -> None:
        setting = SETTINGS.get(item.key)
        if setting is None or is_secret(setting):
            raise Invalid({"key": [_("There is no such setting.")]})
        value = setting.portable.read(item.value) if setting.portable else item.value
        if value == setting.default and type(value) is setting.kind:
            settings_store.reset(importing.actor, item.key)
        else:
            settings_store.change(importing.actor, {item.key: value})


def is_secret(setting: Setting[Any]) -> bool:
    """Whether the value stays here when the configuration leaves."""
    return any(secret in setting.key.lower() for secret in SECRETS)
