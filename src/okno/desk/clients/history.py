"""What happened to a client, as sentences: who registered, changed, merged or archived the card."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from okno.core.models import Event
from okno.people import events as kinds
from okno.people.models import Company, Contact

MOST = 30
FIELDS = {
    "name": gettext_lazy("Name"),
    "email": gettext_lazy("General e-mail"),
    "phones": gettext_lazy("Phones"),
    "language": gettext_lazy("Language of letters"),
    "time_zone": gettext_lazy("Time zone"),
    "site_url": gettext_lazy("Web site"),
    "address": gettext_lazy("Address"),
    "note": gettext_lazy("Note"),
    "domains": gettext_lazy("Mail domains"),
    "category": gettext_lazy("Category"),
    "parent": gettext_lazy("Part of"),
    "supervised": gettext_lazy("Supervises"),
    "responsible": gettext_lazy("Responsible manager"),
    "watching_agents": gettext_lazy("Employees who follow its tickets"),
    "watching_teams": gettext_lazy("Teams that follow its tickets"),
    "addresses": gettext_lazy("Mail addresses"),
    "companies": gettext_lazy("Companies"),
    "job_title": gettext_lazy("Job title"),
    "copy_address": gettext_lazy("Copy of every answer to"),
}


@dataclass(frozen=True)
class Line:
    """A happening in words."""

    at: datetime
    text: str
    icon: str


def history_of(row: Company | Contact) -> list[Line]:
    """The last happenings to the client and to the duplicates that were merged into it, the latest first."""
    ids = [row.pk, *row.duplicates.values_list("pk", flat=True)]
    events = Event.objects.filter(object_kind=row._meta.model_name, object_id__in=ids).order_by("-id")[:MOST]
    return [_line(event) for event in events]


def _line(event: Event) -> Line:
    who, data = event.actor_name, event.data
    if event.kind in (kinds.COMPANY_CREATED, kinds.CONTACT_CREATED):
        return Line(event.at, _("%(who)s registered the card") % {"who": who}, "icon-[tabler--plus]")
    if event.kind in _MERGES:
        return Line(event.at, _(_MERGES[event.kind]) % {"who": who}, "icon-[tabler--arrow-merge]")
    fields = data.get("fields", [])
    if fields == ["is_active"]:
        return Line(
            event.at, _("%(who)s archived the card or took it back") % {"who": who}, "icon-[tabler--archive]"
        )
    return Line(event.at, _changed(who, fields), "icon-[tabler--pencil]")


_MERGES = {
    kinds.COMPANY_MERGED: gettext_noop("%(who)s merged another card into this one"),
    kinds.CONTACT_MERGED: gettext_noop("%(who)s merged another card into this one"),
    kinds.COMPANY_UNMERGED: gettext_noop("%(who)s undid a merge"),
    kinds.CONTACT_UNMERGED: gettext_noop("%(who)s undid a merge"),
}


def _changed(who: str, fields: list[str]) -> str:
    names = [str(FIELDS[name]) for name in fields if name in FIELDS]
    values: dict[str, Any] = {"who": who, "fields": ", ".join(names)}
    return _("%(who)s changed: %(fields)s") % values if names else _("%(who)s changed the card") % values
