"""The page of the audit log: the latest first, by person, area and days; and the same as a file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from okno.core.auditing import audit_log, note_export
from okno.core.http.policy import AgentRequest, agents_with
from okno.core.models import Event
from okno.core.sheets import csv_lines
from okno.manage.audit.words import AREAS, tell
from okno.people.models import Agent

PAGE = 50
MOST_EXPORTED = 50_000


class AuditForm(forms.Form):
    """Which part of the log."""

    who = forms.ModelChoiceField(
        Agent.objects.all(), label=gettext_lazy("Who"), required=False, empty_label=gettext_lazy("everybody")
    )
    what = forms.ChoiceField(label=gettext_lazy("What"), required=False)
    since = forms.DateField(
        label=gettext_lazy("From"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=gettext_lazy("To"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        field: Any = self.fields["what"]
        field.choices = [("", _("everything")), *AREAS.items()]

    def events(self) -> QuerySet[Event]:
        """The events that were asked for; by a person's name those that he did and those that befell him."""
        found, values = audit_log(), self.cleaned_data
        if agent := values.get("who"):
            did = Q(actor_kind="agent", actor_id=agent.pk)
            befell = Q(object_kind="agent", object_id=agent.pk) | Q(object_kind="user", object_id=agent.user_id)
            found = found.filter(did | befell)
        if area := values.get("what"):
            found = found.filter(kind__startswith=f"{area}.")
        if since := values.get("since"):
            found = found.filter(at__gte=_midnight(since))
        if until := values.get("until"):
            found = found.filter(at__lt=_midnight(until + timedelta(days=1)))
        return found

    def asked(self) -> dict[str, str]:
        """What was asked, for addresses."""
        return {name: str(self.data.get(name)) for name in self.fields if self.data.get(name)}


@require_safe
@agents_with("agents.manage")
def audit(request: AgentRequest) -> HttpResponseBase:
    """The log, a page by key."""
    form = AuditForm(request.GET)
    rows: list[Event] = []
    if form.is_valid():
        found = form.events()
        before = request.GET.get("before", "")
        if before.isascii() and before.isdigit() and len(before) < 19:
            found = found.filter(pk__lt=int(before))
        rows = list(found[: PAGE + 1])
    shown, older = rows[:PAGE], len(rows) > PAGE
    context = {
        "form": form,
        "rows": [tell(event) for event in shown],
        "asked": form.asked(),
        "first_url": _address(form.asked()) if request.GET.get("before") else "",
        "older_url": _address(form.asked() | {"before": str(shown[-1].pk)}) if older else "",
    }
    return render(request, "manage/audit/log.jinja", context, status=422 if form.errors else 200)


@require_POST
@agents_with("agents.manage")
def export(request: AgentRequest) -> HttpResponseBase:
    """The same as a file; that it was taken is itself written into the log."""
    form = AuditForm(request.POST)
    if not form.is_valid():
        return render(request, "manage/audit/log.jinja", {"form": form, "rows": [], "asked": {}}, status=422)
    note_export(request.actor, Agent.objects.get(pk=request.actor.id or 0), form.asked())
    head = [_("Time (UTC)"), _("Who"), _("What"), _("Deed"), _("Of what"), _("Before and after")]
    answer = StreamingHttpResponse(csv_lines(head, _cells(form.events()[:MOST_EXPORTED])), content_type="text/csv")
    answer["Content-Disposition"] = 'attachment; filename="audit.csv"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _cells(events: QuerySet[Event]) -> Iterator[list[str]]:
    for event in events.iterator(chunk_size=500):
        told = tell(event)
        changes = "; ".join(f"{line.name}: {line.before} → {line.after}" for line in told.lines)
        yield [f"{event.at:%Y-%m-%d %H:%M:%S}", event.actor_name, told.area, told.deed, told.about, changes]


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _address(asked: dict[str, str]) -> str:
    return f"{reverse('manage:audit')}?{urlencode(asked)}"
