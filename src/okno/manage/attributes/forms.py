"""The form of an attribute: what every kind has, and beside it what only some kinds have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from okno.core.actor import Actor
from okno.core.faults import Invalid
from okno.fields.models import Attribute, Target
from okno.fields.operations.checking import AttributeFacts
from okno.fields.operations.definitions import Turn, change_attribute, create_attribute, turn_of
from okno.fields.rules import Kind, Limits, Option, read_limits
from okno.fields.rules.limits import OWN
from okno.manage.rows.names import NamesForm, languages
from okno.people.models import Role
from okno.workflow.models import TicketType

LIMITS = ("shortest", "longest", "mask", "least", "most", "decimals", "earliest", "latest")


class AttributeForm(NamesForm):
    """What an attribute says. ``agree``: that its values become those of another kind."""

    target = forms.ChoiceField(label=_("Belongs to"), choices=Target.choices)
    kind = forms.ChoiceField(label=_("Kind"), choices=Attribute.Kind.choices)
    types = forms.MultipleChoiceField(
        label=_("Types of tickets"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Without a choice tickets of every type have it."),
    )  # fmt: skip
    values = forms.CharField(
        label=_("Values"), required=False, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One in each line. Names in other languages are added afterwards."),
    )  # fmt: skip
    default = forms.CharField(label=_("Default value"), required=False)
    is_required = forms.BooleanField(
        label=_("Required on creation"), required=False,
        help_text=_("Forms do not let anything be registered without it. Letters are registered all the same."),
    )  # fmt: skip
    seen_by = forms.MultipleChoiceField(
        label=_("Roles that see it"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Without a choice every role. The administrator sees and changes everything."),
    )  # fmt: skip
    changed_by = forms.MultipleChoiceField(
        label=_("Roles that change it"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Without a choice every role that sees it."),
    )  # fmt: skip
    for_clients = forms.ChoiceField(
        label=_("For clients"), choices=Attribute.ForClients.choices, widget=forms.RadioSelect,
        initial=Attribute.ForClients.HIDDEN,
        help_text=_("Clients are not asked for a file: they attach files to the request itself."),
    )  # fmt: skip
    shortest = forms.IntegerField(label=_("Characters, at least"), required=False)
    longest = forms.IntegerField(label=_("Characters, at most"), required=False)
    mask = forms.CharField(
        label=_("Pattern"), required=False, max_length=60,
        help_text=_("Such as AA-9999: 9 is a digit, A a letter, * either; anything else stands for itself."),
    )  # fmt: skip
    least = forms.FloatField(label=_("The least"), required=False)
    most = forms.FloatField(label=_("The most"), required=False)
    decimals = forms.IntegerField(label=_("Digits after the point"), required=False, initial=0)
    earliest = forms.DateField(label=_("Not before"), required=False, widget=forms.DateInput({"type": "date"}))
    latest = forms.DateField(label=_("Not after"), required=False, widget=forms.DateInput({"type": "date"}))
    agree = forms.BooleanField(label=_("Let the values become these"), required=False)

    def __init__(
        self, data: Any = None, *, row: Attribute | None = None, initial: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data, row=row, initial=_initial(row) | dict(initial or {}))
        self.row = row
        self.turn: Turn | None = None
        for language, label in languages():
            area = forms.TextInput()
            help_label = _("Help (%(language)s)") % {"language": label}
            self.fields[f"help_{language}"] = forms.CharField(label=help_label, required=False, widget=area)
        known = list(Role.objects.exclude(code="administrator"))
        kinds = list(TicketType.objects.filter(is_active=True))
        choices: dict[str, Any] = {
            "types": [(each.code, each.name) for each in kinds],
            "seen_by": [(each.code, each.label) for each in known],
            "changed_by": [(each.code, each.label) for each in known],
        }
        for name, pairs in choices.items():
            field: Any = self.fields[name]
            field.choices = pairs
        if row is not None:
            self.fields["target"].disabled = True

    def help_fields(self) -> list[forms.BoundField]:
        """The fields of the help, for the page."""
        return [self[f"help_{language}"] for language, _label in languages()]

    def kind_now(self) -> str:
        """The kind that is chosen at the moment; the part of the page that depends on it follows."""
        value = str(self["kind"].value() or "")
        return value if value in Attribute.Kind.values else Attribute.Kind.LINE

    def target_now(self) -> str:
        """What it belongs to, as chosen at the moment."""
        value = str(self["target"].value() or "")
        return value if value in Target.values else Target.TICKET

    def limit_fields(self) -> list[forms.BoundField]:
        """The limits that the chosen kind has."""
        return [self[name] for name in OWN.get(Kind(self.kind_now()), ())]

    def facts(self) -> AttributeFacts:
        """What the form says, as the operation takes it."""
        values = self.cleaned_data
        helps = {language: values.get(f"help_{language}", "") for language, _label in languages()}
        plain = ("target", "kind", "types", "is_required", "seen_by", "changed_by", "for_clients")
        given = {name: values[name] for name in plain}
        return AttributeFacts(
            names=self.names(),
            helps=helps,
            options=self._options(),
            default=_default(values["kind"], values.get("default") or ""),
            limits=_limits(values),
            **given,
        )

    def _options(self) -> list[Option]:
        if self.row is not None and self.row.options:
            return list(self.row.definition.options)
        return [Option("", names) for names in lines_of(self.cleaned_data.get("values", ""))]

    def clean(self) -> dict[str, Any]:
        """Another kind turns the values that are there: that is shown first, and agreed to."""
        values = super().clean() or self.cleaned_data
        row = self.row
        if row is not None and not self.errors and values["kind"] != row.kind:
            try:
                self.turn = turn_of(row, self.facts())
            except Invalid:
                return values  # the operation says at which field
            if self.turn.values and not self.turn.misfits and not values.get("agree"):
                self.add_error("agree", _("Look at what becomes of the values, and agree."))
        return values


def lines_of(text: str) -> list[dict[str, str]]:
    """Values written one in a line, in the language of the reader."""
    language = (get_language() or "en").split("-", maxsplit=1)[0]
    return [{language: line.strip()} for line in text.splitlines() if line.strip()]


def save(actor: Actor, form: AttributeForm, row: Attribute | None) -> Attribute:
    """What the form says, written."""
    if row is None:
        return create_attribute(actor, form.facts())
    return change_attribute(actor, row, form.facts(), agreed=bool(form.cleaned_data.get("agree")))


def _initial(row: Attribute | None) -> dict[str, Any]:
    if row is None:
        return {}
    names = ("target", "kind", "types", "is_required", "seen_by", "changed_by", "for_clients")
    limits = read_limits(row.limits)
    default = row.default if row.default is not None else ""
    return (
        {name: getattr(row, name) for name in names}
        | {f"help_{language}": text for language, text in row.helps.items()}
        | {name: getattr(limits, name) for name in LIMITS}
        | {"default": ", ".join(default) if isinstance(default, list) else default}
    )


def _limits(values: Mapping[str, Any]) -> Limits:
    days = [values[name].isoformat() if values.get(name) else "" for name in ("earliest", "latest")]
    return Limits(
        shortest=values.get("shortest"),
        longest=values.get("longest"),
        mask=values.get("mask") or "",
        least=values.get("least"),
        most=values.get("most"),
        decimals=values.get("decimals") or 0,
        earliest=days[0],
        latest=days[1],
    )


def _default(kind: str, text: str) -> object:
    """The written default; several values are parted by commas."""
    if kind == Kind.MULTIPLE:
        return [each.strip() for each in text.split(",") if each.strip()]
    return text
