"""What a change of status asks for, as a form: a moment, a comment, facts that are still empty."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okno.core.jinja import datetime_local
from okno.desk.tickets.resting import OWN, Rest, rests
from okno.people.models import Agent, Team
from okno.tickets.models import Ticket
from okno.tickets.operations.classifying import OnTheWay
from okno.tickets.operations.messages import NewMessage
from okno.tickets.transitions import Choice
from okno.workflow.choosing import ServiceField
from okno.workflow.models import Impact, Status, Urgency
from okno.workflow.rules import State

WRITTEN = "%Y-%m-%dT%H:%M"


@dataclass(frozen=True)
class Asked:
    """What is asked for on the way to a status, and what the window that asks is called."""

    status: Status
    title: str
    needs_until: bool = False
    needs_comment: bool = False
    is_public: bool = False
    missing: tuple[str, ...] = ()
    has_comment: bool = True

    @classmethod
    def by(cls, choice: Choice) -> Asked:
        """What one way of one ticket asks for."""
        return cls(
            choice.status,
            choice.name,
            choice.needs_until,
            choice.needs_comment,
            choice.way.comment_is_public,
            choice.missing,
        )

    @classmethod
    def longer(cls, ticket: Ticket) -> Asked:
        """What it takes to give a postponed ticket another time of return."""
        return cls(ticket.status, _("Another time of return"), needs_until=True, has_comment=False)


class MoveForm(forms.Form):
    """The fields that a change of status asks for, and no others."""

    when = forms.ChoiceField(label=gettext_lazy("Until"), widget=forms.RadioSelect)
    until = forms.DateTimeField(
        label=gettext_lazy("Date and time"),
        error_messages={"required": gettext_lazy("Say until when the ticket is postponed.")},
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=WRITTEN),
    )
    assignee = forms.ModelChoiceField(
        Agent.objects.filter(is_active=True), label=gettext_lazy("Assignee"), empty_label=gettext_lazy("Choose")
    )
    team = forms.ModelChoiceField(
        Team.objects.filter(is_active=True), label=gettext_lazy("Team"), empty_label=gettext_lazy("Choose")
    )
    service = ServiceField(required=True)
    impact = forms.ModelChoiceField(
        Impact.objects.filter(is_active=True), label=gettext_lazy("Impact"), empty_label=gettext_lazy("Choose")
    )
    urgency = forms.ModelChoiceField(
        Urgency.objects.filter(is_active=True), label=gettext_lazy("Urgency"), empty_label=gettext_lazy("Choose")
    )
    comment = forms.CharField(label=gettext_lazy("Comment"), widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, asked: Asked, data: Any = None, *, present: datetime | None = None) -> None:
        self.offered = rests() if asked.needs_until else []
        first = OWN if present else _first(self.offered)
        initial = {"when": first, "until": timezone.localtime(present) if present else None}
        super().__init__(data, initial=initial)
        self.asked = asked
        for name in ("assignee", "team", "service", "impact", "urgency"):
            if name not in asked.missing:
                del self.fields[name]
        self._prepare_until()
        self._prepare_comment()

    def _prepare_until(self) -> None:
        if not self.asked.needs_until:
            del self.fields["when"], self.fields["until"]
            return
        self.fields["until"].required = not self.is_bound or self.data.get("when") == OWN
        named = [(rest.code, f"{rest.name} ({datetime_local(rest.until)})") for rest in self.offered]
        cast("forms.ChoiceField", self.fields["when"]).choices = [*named, (OWN, _("At another time"))]

    def _prepare_comment(self) -> None:
        if not self.asked.has_comment:
            del self.fields["comment"]
            return
        comment = self.fields["comment"]
        comment.required = self.asked.needs_comment
        comment.help_text = _("The client gets it.") if self.asked.is_public else _("Only colleagues see it.")

    @property
    def moment(self) -> datetime | None:
        """The chosen moment of return."""
        chosen = self.cleaned_data.get("when", OWN)
        if chosen == OWN:
            return self.cleaned_data.get("until")
        return next((rest.until for rest in self.offered if rest.code == chosen), None)

    @property
    def message(self) -> NewMessage | None:
        """What was said with it, if anything."""
        words = (self.cleaned_data.get("comment") or "").strip()
        return NewMessage(text=words) if words else None

    @property
    def told_public(self) -> bool | None:
        """Whether the writer read that the client gets the comment; unknown where the page did not say."""
        return {"1": True, "0": False}.get(self.data.get("comment_is_public", ""))

    @property
    def facts(self) -> OnTheWay | None:
        """The facts that were filled in."""
        if not self.asked.missing:
            return None
        return OnTheWay(**{name: self.cleaned_data[name] for name in self.asked.missing if name in self.fields})


def _first(offered: list[Rest]) -> str:
    return offered[0].code if offered else ""


def is_postponed(ticket: Ticket) -> bool:
    """Whether the ticket rests until a moment."""
    return ticket.state == State.POSTPONED
