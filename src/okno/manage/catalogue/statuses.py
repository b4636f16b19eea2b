"""The pages of statuses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okno.core.actor import Actor
from okno.manage.catalogue.tones import tone_field
from okno.manage.rows.kind import Group, Kind, Words
from okno.manage.rows.names import NamesForm
from okno.manage.rows.pages import Pages
from okno.tickets.conditions.standard import states
from okno.workflow.models import Status
from okno.workflow.operations.statuses import (
    StatusFacts,
    change_status_row,
    create_status,
    delete_status,
    make_default_status,
    reorder_statuses,
    switch_status,
)


class StatusForm(NamesForm):
    """What a status says."""

    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        help_text=gettext_lazy(
            "What it means to clocks, lists and counters. That of a status that is in use cannot be changed."
        ),
    )
    colour = tone_field("primary")
    pauses_clock = forms.BooleanField(label=gettext_lazy("Promises stand still in it"), required=False)
    counts_in_workload = forms.BooleanField(
        label=gettext_lazy("Its tickets count as work of their assignee"), required=False, initial=True
    )

    def __init__(self, data: Any = None, *, row: Status | None = None) -> None:
        names = ("state", "colour", "pauses_clock", "counts_in_workload")
        super().__init__(data, row=row, initial={name: getattr(row, name) for name in names} if row else None)
        state: Any = self.fields["state"]
        state.choices = states()


def save(actor: Actor, form: StatusForm, row: Status | None) -> Status:
    """What the form says, as the operation takes it."""
    values = {name: form.cleaned_data[name] for name in ("state", "colour", "pauses_clock", "counts_in_workload")}
    facts = StatusFacts(names=form.names(), **values)
    return change_status_row(actor, row, facts) if row else create_status(actor, facts)


def groups() -> list[Group]:
    """The statuses of each state."""
    rows = list(Status.objects.order_by("position", "pk"))
    found = [(state, name, [row for row in rows if row.state == state]) for state, name in states()]
    return [Group(those, state, _("State: %(name)s") % {"name": name}) for state, name, those in found if those]


def reorder(actor: Actor, key: str, wanted: list[int], seen: list[int]) -> None:
    """The statuses of one state change places; those of the others stay where they are."""
    order = [(row.pk, row.state == key) for row in Status.objects.order_by("position", "pk")]
    reorder_statuses(actor, within(order, wanted), within(order, seen))


def within(order: Sequence[tuple[int, bool]], those: Sequence[int]) -> list[int]:
    """The whole order with the marked rows in this order of theirs; what does not fit is left to be refused."""
    if sorted(those) != sorted(pk for pk, is_meant in order if is_meant):
        return list(those)
    rest = iter(those)
    return [next(rest) if is_meant else pk for pk, is_meant in order]


def replacements(row: Status) -> Sequence[Status]:
    """Others of the same state."""
    return list(Status.objects.filter(state=row.state, is_active=True).exclude(pk=row.pk))


PAGES = Pages(
    Kind(
        name="status",
        plural="statuses",
        model=Status,
        words=Words(
            title=gettext_lazy("Statuses"),
            lead=gettext_lazy("What a ticket can be. Lifecycles choose from them and say what follows what."),
            add=gettext_lazy("Add a status"),
            back=gettext_lazy("All statuses"),
            missing=gettext_lazy("There is no such status."),
        ),
        form=StatusForm,
        save=save,
        groups=groups,
        reorder=reorder,
        switch=switch_status,
        delete=delete_status,
        make_default=make_default_status,
        replacements=replacements,
    ),
    "manage/catalogue/statuses",
)
