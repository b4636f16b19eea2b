"""A form made from declared settings: each kind of value has its widget, and nothing is written by hand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from okno.core.settings_store import SETTINGS, Setting, is_changed

LONG = 80
"""A text whose default is longer than this, or has lines, is written in a larger box."""


def declared(group: str) -> list[Setting[Any]]:
    """The settings of a group, in the order of their declaration."""
    return [setting for setting in SETTINGS.values() if setting.group == group]


class SettingsForm(forms.Form):
    """The settings of one group. Fields are called as the keys."""

    def __init__(self, settings: list[Setting[Any]], data: Any = None) -> None:
        initial = {setting.key: setting() for setting in settings}
        super().__init__(data, initial=initial)
        for setting in settings:
            self.fields[setting.key] = field_of(setting)
        self.changed_keys = {setting.key for setting in settings if is_changed(setting.key)}

    def rows(self) -> list[dict[str, Any]]:
        """For the page: each field with its default in words, and whether it was changed."""
        return [
            {
                "bound": self[key],
                "key": key,
                "default": default_in_words(SETTINGS[key]),
                "is_changed": key in self.changed_keys,
                "is_long": isinstance(field.widget, forms.Textarea),
            }
            for key, field in self.fields.items()
        ]


def field_of(setting: Setting[Any]) -> forms.Field:
    """The form field of a declared setting."""
    common: dict[str, Any] = {"label": setting.label, "help_text": setting.help}
    if setting.kind is bool:
        switch = forms.CheckboxInput(attrs={"class": "toggle", "role": "switch"})
        return forms.BooleanField(required=False, widget=switch, **common)
    if setting.choices is not None and setting.kind is list:
        boxes = forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(
            choices=list(setting.choices.items()), required=False, widget=boxes, **common
        )
    if setting.choices is not None:
        required = "" not in setting.choices
        return forms.ChoiceField(required=required, choices=list(setting.choices.items()), **common)
    if setting.kind is int:
        return forms.IntegerField(**common)
    if is_long(setting):
        area = forms.Textarea(attrs={"rows": 12, "spellcheck": "false"})
        return forms.CharField(required=False, strip=False, widget=area, **common)
    return forms.CharField(required=False, **common)


def is_long(setting: Setting[Any]) -> bool:
    """Whether the text needs several lines."""
    default = str(setting.default)
    return "\n" in default or len(default) > LONG


def default_in_words(setting: Setting[Any]) -> str:
    """The default as the page says it; nothing for a text that is too long to be told."""
    if setting.kind is bool:
        return _("on") if setting.default else _("off")
    if setting.choices is not None and isinstance(setting.default, list):
        return ", ".join(str(setting.choices[each]) for each in setting.default) or str(
            setting.nothing or _("nobody")
        )
    if setting.choices is not None:
        return str(setting.choices[setting.default])
    if isinstance(setting.default, str) and is_long(setting):
        return ""
    return str(setting.default) if setting.default != "" else _("empty")
