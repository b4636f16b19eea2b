"""The pages of types."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from okno.core.actor import Actor
from okno.manage.rows.kind import Group, Kind, Words, one_group
from okno.manage.rows.names import NamesForm
from okno.manage.rows.pages import Pages
from okno.workflow.models import Lifecycle, TicketType
from okno.workflow.operations.types import (
    TypeFacts,
    change_type_row,
    create_type,
    delete_type,
    make_default_type,
    moves_to_lifecycle,
    reorder_types,
    switch_type,
)

ICONS = {
    "ticket": "icon-[tabler--ticket]",
    "alert-triangle": "icon-[tabler--alert-triangle]",
    "tool": "icon-[tabler--tool]",
    "help-circle": "icon-[tabler--help-circle]",
    "lock": "icon-[tabler--lock]",
    "phone-calling": "icon-[tabler--phone-calling]",
    "bug": "icon-[tabler--bug]",
    "bulb": "icon-[tabler--bulb]",
    "calendar": "icon-[tabler--calendar]",
    "device-desktop": "icon-[tabler--device-desktop]",
    "file-text": "icon-[tabler--file-text]",
    "key": "icon-[tabler--key]",
    "message": "icon-[tabler--message]",
    "shopping-cart": "icon-[tabler--shopping-cart]",
    "star": "icon-[tabler--star]",
    "truck": "icon-[tabler--truck]",
}
"""What may stand beside a type, by the names under which they are kept."""


class TypeForm(NamesForm):
    """What a type says. ``agree``: that its tickets go on in other statuses."""

    lifecycle = forms.ModelChoiceField(Lifecycle.objects.none(), label=_("Lifecycle"), empty_label=None)
    is_internal = forms.BooleanField(
        label=_("Internal"), required=False,
        help_text=_("Clients neither see nor hear of its tickets: no portal, no letters."),
    )  # fmt: skip
    icon = forms.ChoiceField(label=_("Icon"), initial="ticket", widget=forms.RadioSelect)
    agree = forms.BooleanField(label=_("Let these tickets go on like this"), required=False)

    def __init__(self, data: Any = None, *, row: TicketType | None = None) -> None:
        names = ("lifecycle", "is_internal", "icon")
        super().__init__(data, row=row, initial={name: getattr(row, name) for name in names} if row else None)
        self.row = row
        self.moves: list[Any] = []
        lifecycle: Any = self.fields["lifecycle"]
        lifecycle.queryset = Lifecycle.objects.filter(Q(is_active=True) | Q(types=row)).distinct()
        icon: Any = self.fields["icon"]
        known = dict(ICONS) | ({row.icon: ""} if row and row.icon not in ICONS else {})
        icon.choices = [(name, name) for name in known]

    def clean(self) -> dict[str, Any]:
        """Another lifecycle may lead tickets into other statuses: that is shown first, and agreed to."""
        values = super().clean() or self.cleaned_data
        wanted = values.get("lifecycle")
        if self.row and wanted and wanted.pk != self.row.lifecycle_id:
            self.moves = moves_to_lifecycle(self.row, wanted)
            if self.moves and not values.get("agree"):
                self.add_error("agree", _("Look at which tickets get another status, and agree."))
        return values


def save(actor: Actor, form: TypeForm, row: TicketType | None) -> TicketType:
    """What the form says, as the operation takes it."""
    values = {name: form.cleaned_data[name] for name in ("lifecycle", "is_internal", "icon")}
    facts = TypeFacts(names=form.names(), **values)
    return change_type_row(actor, row, facts) if row else create_type(actor, facts)


def groups() -> list[Group]:
    """All types."""
    return one_group(TicketType.objects.select_related("lifecycle").order_by("position", "pk"))


def reorder(actor: Actor, key: str, wanted: list[int], seen: list[int]) -> None:
    """All of them have one order."""
    reorder_types(actor, wanted, seen)


def replacements(row: TicketType) -> Sequence[TicketType]:
    """Others with the same lifecycle that clients see as much of."""
    same = TicketType.objects.filter(lifecycle=row.lifecycle_id, is_internal=row.is_internal, is_active=True)
    return list(same.exclude(pk=row.pk))


class TypePages(Pages):
    """The pages of types; their templates draw the icons."""

    def common(self) -> dict[str, Any]:
        """What every template of the catalogue needs."""
        return super().common() | {"icons": ICONS}


PAGES = TypePages(
    Kind(
        name="type",
        plural="types",
        model=TicketType,
        words=Words(
            title=_("Types"),
            lead=_("What kind of work a ticket is. Each type has a lifecycle."),
            add=_("Add a type"),
            back=_("All types"),
            missing=_("There is no such type."),
        ),
        form=TypeForm,
        save=save,
        groups=groups,
        reorder=reorder,
        switch=switch_type,
        delete=delete_type,
        make_default=make_default_type,
        replacements=replacements,
    ),
    "manage/catalogue/types",
)
