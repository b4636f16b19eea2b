"""The fields of a request form beside its items: names, guidance, and what it is for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okno.manage.catalogue.services import flat, tree
from okno.manage.request_forms.draft import Row
from okno.manage.rows.names import NamesForm, languages
from okno.workflow.catalogue import TYPES
from okno.workflow.models import RequestForm
from okno.workflow.operations.forms import GUIDANCE_LIMIT, FormFacts


class HeadForm(NamesForm):
    """Everything of a request form but its items."""

    types = forms.MultipleChoiceField(
        label=gettext_lazy("Types of tickets"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Without a choice it is for every type."),
    )  # fmt: skip
    services = forms.MultipleChoiceField(
        label=gettext_lazy("Services"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("A service means those under it too. Without a choice it is for all of them."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, row: RequestForm | None = None, initial: Any = None) -> None:
        known = {"types": row.types, "services": row.services} if row else {}
        known |= {f"guidance_{language}": text for language, text in (row.guidances if row else {}).items()}
        super().__init__(data, row=row, initial=known | dict(initial or {}))
        for language, label in languages():
            self.fields[f"guidance_{language}"] = forms.CharField(
                label=_("Advice (%(language)s)") % {"language": label}, required=False,
                max_length=GUIDANCE_LIMIT, widget=forms.Textarea(attrs={"rows": 3}),
            )  # fmt: skip
        choices = {"types": [(each.code, each.name) for each in TYPES.all()], "services": _services()}
        for name, pairs in choices.items():
            field: Any = self.fields[name]
            field.choices = pairs

    def guidance_fields(self) -> list[forms.BoundField]:
        """The fields of the advice, for the page."""
        return [self[f"guidance_{language}"] for language, _label in languages()]

    def facts(self, rows: Sequence[Row], row: RequestForm | None) -> FormFacts:
        """What the form says with its items, as the operation takes it."""
        values = self.cleaned_data
        return FormFacts(
            names=self.names(),
            items=[each.item for each in rows],
            guidances={language: values.get(f"guidance_{language}", "") for language, _label in languages()},
            types=values["types"],
            services=values["services"],
            is_active=row.is_active if row else True,
        )


def _services() -> list[tuple[str, str]]:
    found = dict(flat(tree()))
    codes = {node.row.pk: node.row.code for node in _nodes(tree())}
    return [(codes[pk], name) for pk, name in found.items()]


def _nodes(nodes: Any) -> list[Any]:
    return [each for node in nodes for each in (node, *_nodes(node.below))]
