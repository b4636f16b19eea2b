"""The part of a form that every small catalogue has: a name in each language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from okno.core.named import Named

LIMIT = 80


class NamesForm(forms.Form):
    """A name in each language; that of the reader comes first, and one of them is enough."""

    def __init__(
        self, data: Any = None, *, row: Named | None = None, initial: Mapping[str, Any] | None = None
    ) -> None:
        known = {f"name_{language}": name for language, name in (row.names if row else {}).items()}
        super().__init__(data, initial=known | dict(initial or {}))
        for language, label in languages():
            self.fields[f"name_{language}"] = forms.CharField(
                label=_("Name (%(language)s)") % {"language": label}, required=False, max_length=LIMIT
            )
        self.order_fields([f"name_{language}" for language, _label in languages()])

    def names(self) -> dict[str, str]:
        """The names by language, after the form was found valid."""
        return {language: self.cleaned_data.get(f"name_{language}", "") for language, _label in languages()}

    def name_fields(self) -> list[forms.BoundField]:
        """The fields of the names, for the page."""
        return [self[f"name_{language}"] for language, _label in languages()]


def languages() -> list[tuple[str, str]]:
    """The languages of the product, that of the reader first."""
    own = (get_language() or "en").split("-", maxsplit=1)[0]
    return sorted(settings.LANGUAGES, key=lambda pair: pair[0] != own)


def first_name_field() -> str:
    """The field at which a mistake of the names is told."""
    return f"name_{languages()[0][0]}"
