"""The form of a web form: its look, its words in each language, and what it asks, in order."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okno.channels.web_form.models import WebForm
from okno.channels.web_form.operations.forms import FormFacts
from okno.channels.web_form.rules import BUILT_IN, MOST_OWN, OWN, Field, fields_of, first_fields
from okno.channels.web_form.words import LABELS, NAMES_OF_TEXTS, TEXTS
from okno.manage.mailboxes.forms import Lines
from okno.manage.rows.names import languages
from okno.people.models import Team
from okno.workflow.models import TicketType


@dataclass(frozen=True)
class AskedRow:
    """A field that the form may ask, for the page: whether it does, and how it is called in each language."""

    pk: str
    name: str
    shown: bool
    required: bool
    labels: list[tuple[str, str, str]]
    is_own: bool


class WebFormForm(forms.Form):
    """Everything about a web form but its fields, which come in the order of the page (see ``asked``)."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=120, help_text=gettext_lazy("Only employees see it.")
    )
    is_active = forms.BooleanField(
        label=gettext_lazy("Takes requests"), required=False, initial=True,
        help_text=gettext_lazy("Off: pages that call it show nothing."),
    )  # fmt: skip
    type = forms.ModelChoiceField(
        TicketType.objects.none(), label=gettext_lazy("Type of the tickets"), required=False,
        empty_label=gettext_lazy("The usual one"),
    )  # fmt: skip
    team = forms.ModelChoiceField(
        Team.objects.none(), label=gettext_lazy("Team"), required=False,
        empty_label=gettext_lazy("As the routing rules say"),
    )  # fmt: skip
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), required=False,
        choices=[("", gettext_lazy("that of the page")), *settings.LANGUAGES],
    )  # fmt: skip
    colour = forms.CharField(
        label=gettext_lazy("Colour"), max_length=7, widget=forms.TextInput(attrs={"type": "color"})
    )
    side = forms.ChoiceField(label=gettext_lazy("Place of the button"), choices=WebForm.Side.choices)
    theme = forms.ChoiceField(label=gettext_lazy("Light or dark"), choices=WebForm.Theme.choices)
    has_launcher = forms.BooleanField(
        label=gettext_lazy("Show the button on the page"), required=False,
        help_text=gettext_lazy("Without it, an element of your own with data-okno-open opens the form."),
    )  # fmt: skip
    asks_consent = forms.BooleanField(
        label=gettext_lazy("Ask for consent to the use of personal data"), required=False
    )
    origins = Lines(
        label=gettext_lazy("Sites that may use it"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("One in a line, such as shop.example. Empty: any site."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, row: WebForm | None = None) -> None:
        shown = row or WebForm()
        names = [name for name in self.base_fields if name not in {"type", "team"}]
        initial = {name: getattr(shown, name) for name in names}
        initial |= {"type": shown.type_id, "team": shown.team_id}
        super().__init__(data, initial=initial)
        self.row = shown
        choices = {"type": TicketType.objects.filter(is_internal=False), "team": Team.objects.all()}
        for name, rows in choices.items():
            chosen: Any = self.fields[name]
            chosen.queryset = rows.filter(is_active=True) | rows.filter(pk=initial[name])

    def asked(self) -> list[Field]:
        """What the page says of the fields: those that are shown, in their order."""
        codes = [code for code in self._order() if f"shown-{code}" in self.data]
        return [Field(code, f"required-{code}" in self.data, self._labels(code)) for code in codes]

    def facts(self) -> FormFacts:
        """What the form says, after it was found valid."""
        return FormFacts(asked=self.asked(), texts=self.texts(), **self.cleaned_data)

    def texts(self) -> dict[str, dict[str, str]]:
        """The words by name and language."""
        return {
            name: {code: self.data.get(f"text-{name}-{code}", "").strip() for code, _label in settings.LANGUAGES}
            for name in TEXTS
        }

    def text_rows(self) -> list[dict[str, Any]]:
        """For the page: each language with its texts, and what is said where one is empty."""
        stored: Mapping[str, Any] = self.texts() if self.is_bound else self.row.texts
        return [
            {
                "code": code,
                "label": label,
                "texts": [
                    (
                        f"text-{name}-{code}",
                        NAMES_OF_TEXTS[name],
                        (stored.get(name) or {}).get(code, ""),
                        TEXTS[name](),
                    )
                    for name in TEXTS
                ],
            }
            for code, label in languages()
        ]

    def asked_rows(self) -> list[AskedRow]:
        """For the page: every field, the shown ones first and in their order, then what could be asked too."""
        if self.is_bound:
            shown = {each.code: each for each in self.asked()}
            order = self._order()
        else:
            shown = {each.code: each for each in (fields_of(self.row.fields) if self.row.pk else first_fields())}
            order = list(shown)
        spare = next((code for code in map("own_{}".format, range(1, MOST_OWN + 1)) if code not in order), None)
        rest = [code for code in (*BUILT_IN, *([spare] if spare else [])) if code not in order]
        return [self._row(code, shown.get(code)) for code in (*order, *rest)]

    def _row(self, code: str, known: Field | None) -> AskedRow:
        labels = self._labels(code) if self.is_bound else dict(known.labels if known else {})
        is_own = code not in BUILT_IN
        name = next((labels[each] for each, _l in languages() if labels.get(each)), _("Another field of your own"))
        return AskedRow(
            pk=code,
            name=name if is_own else LABELS[code](),
            shown=known is not None,
            required=bool(known and known.required),
            labels=[(f"label-{code}-{each}", label, labels.get(each, "")) for each, label in languages()],
            is_own=is_own,
        )

    def _order(self) -> list[str]:
        given = self.data.getlist("asked") if hasattr(self.data, "getlist") else []
        known = [code for code in given if code in BUILT_IN or OWN.fullmatch(code)]
        return list(dict.fromkeys(known))[: len(BUILT_IN) + MOST_OWN]

    def _labels(self, code: str) -> dict[str, str]:
        found = {each: self.data.get(f"label-{code}-{each}", "") for each, _label in settings.LANGUAGES}
        return {each: re.sub(r"\s+", " ", text).strip()[:120] for each, text in found.items() if text.strip()}
