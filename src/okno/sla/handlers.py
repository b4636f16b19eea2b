"""What follows for promises from changes elsewhere."""

from __future__ import annotations

from okno.calendars import events as of_calendars
from okno.calendars.models import WorkSchedule
from okno.core import settings_store
from okno.core.actor import SYSTEM
from okno.core.events import on
from okno.core.models import Event
from okno.people import events as of_people
from okno.sla import following, keeping
from okno.sla.models import SlaRule
from okno.sla.operations.recomputing import recompute
from okno.workflow import events as of_workflow

__all__ = [
    "client_changed",
    "clients_merged",
    "configuration_changed",
    "following",
    "keeping",
    "priorities_ranked",
    "row_replaced",
    "schedule_changed",
    "setting_changed",
]
MATTERS = {"state", "pauses_clock", "is_internal", "rank"}
"""What is said of statuses, types and priorities that changes promises."""


@on(of_calendars.SCHEDULE_CHANGED, of_calendars.EXCEPTIONS_CHANGED, immediate=True)
def schedule_changed(event: Event) -> None:
    """Deadlines by this schedule are reckoned anew."""
    if SlaRule.objects.filter(schedule=event.object_id).exists():
        schedule = WorkSchedule.objects.get(pk=event.object_id)
        recompute(SYSTEM, "schedule", schedule.name)


@on(settings_store.CHANGED, immediate=True)
def setting_changed(event: Event) -> None:
    """What counts as a reaction is another thing now."""
    if event.data["key"] == "sla.reaction":
        recompute(SYSTEM, "reaction")


@on(of_people.COMPANY_CHANGED, immediate=True)
def client_changed(event: Event) -> None:
    """Other clocks or another category of a client change the promises to it (F60)."""
    if {"time_zone", "category", "attributes"} & set(event.data.get("fields", [])):
        recompute(SYSTEM, "company", company=event.object_id)


@on(of_people.COMPANY_MERGED, of_people.COMPANY_UNMERGED, immediate=True)
def clients_merged(event: Event) -> None:
    """Tickets that came to another company have the promises of that one."""
    for company in (event.object_id, event.data["duplicate"]):
        recompute(SYSTEM, "company", company=company)


@on(of_workflow.ROW_CHANGED, immediate=True)
def configuration_changed(event: Event) -> None:
    """A status that now pauses the clock, or an internal type, changes the promises of its tickets."""
    if MATTERS & set(event.data.get("fields", {})):
        recompute(SYSTEM, "workflow", event.data.get("name", ""))


@on(of_workflow.ROWS_REORDERED, immediate=True)
def priorities_ranked(event: Event) -> None:
    """Conditions that ask for a priority of at least some rank fit other tickets now."""
    if event.data["what"] == "priority":
        recompute(SYSTEM, "workflow")


@on(of_workflow.ROW_DELETED, of_people.CATEGORY_DELETED, of_people.TEAM_DELETED, immediate=True)
def row_replaced(event: Event) -> None:
    """Tickets and clients that got another row in the place of a deleted one get another promise."""
    if event.data.get("replaced_by"):
        recompute(SYSTEM, "workflow", event.data.get("name", ""))
