"""“Why this deadline”: the window that explains it, and the deadline set by hand (F51, W13)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from django.conf import settings
from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from okno.core import clock
from okno.core.faults import Invalid
from okno.core.http.policy import AgentRequest, agents, agents_with
from okno.core.http.respond import respond
from okno.core.jinja import current_locale
from okno.core.remembered import Memory
from okno.desk.loading import load, posted_version
from okno.desk.tickets.changing import changing
from okno.people.access import companies_visible_to, contacts_visible_to
from okno.sla.explaining import Explained, explain
from okno.sla.loading import remembered_rules
from okno.sla.operations.deadline import set_deadline
from okno.sla.reckoning import Course, promise_of, stay
from okno.sla.rules import Part, Phase
from okno.sla.wording import clock_words, norm_words, span_words
from okno.tickets import access
from okno.tickets.conditions import imagined
from okno.tickets.models import Ticket
from okno.tickets.operations.classifying import computed_priority
from okno.workflow.catalogue import IMPACTS, PRIORITIES, SERVICES, STATUSES, TYPES, URGENCIES


@require_safe
@agents
def why(request: AgentRequest, number: int) -> HttpResponseBase:
    """The account of both promises, and the form that sets a deadline by hand."""
    ticket = load(request, number)
    now = clock.now()
    context = {
        "ticket": ticket,
        "accounts": [_account(each, ticket) for each in explain(ticket, now)],
        "may_set": bool(access.may(request.actor, "edit", ticket)),
        "typed": _typed(ticket.resolve_by) if ticket.resolve_by_is_manual else "",
    }
    return respond(request, "desk/tickets/deadline.jinja", context)


def _set(request: AgentRequest, ticket: Ticket) -> str:
    moment = None if "clear" in request.POST else read_moment(request.POST.get("resolve_by", ""))
    set_deadline(request.actor, ticket, moment, expected_version=posted_version(request))
    return _("The rules decide the deadline again") if moment is None else _("Deadline set")


set_by_hand = changing(_set, field="resolve_by")


@require_safe
@agents_with("tickets.create")
def of_new(request: AgentRequest) -> HttpResponseBase:
    """What the rules promise for the ticket that is being typed; fetched again as its facts change."""
    given = request.GET
    company = companies_visible_to(request.actor).filter(pk=_id(given.get("company"))).first()
    contact = contacts_visible_to(request.actor).filter(pk=_id(given.get("contact"))).first()
    if company is None and contact is not None:
        company = contact.companies.order_by("affiliations__position").first()
    impact, urgency = _id_of(IMPACTS, given.get("impact")), _id_of(URGENCIES, given.get("urgency"))
    made, chosen = computed_priority(impact, urgency), PRIORITIES.by_code(given.get("priority", ""))
    facts = imagined(
        type=TYPES.by_code(given.get("type", "")),
        priority=chosen or made,
        service_id=_id_of(SERVICES, given.get("service")),
        impact_id=impact,
        urgency_id=urgency,
        team_id=_id(given.get("team")) or None,
        assignee_id=_id(given.get("assignee")) or None,
        subject=given.get("subject", "")[:1000].replace("\x00", ""),
        company=company,
        contact=contact,
    )
    ticket = facts.ticket
    promise_of(ticket, remembered_rules(), Course([stay(ticket.status.pk, facts.now, None)]), facts.now)
    return respond(request, "desk/tickets/new_deadline.jinja", {"ticket": ticket, "made": made, "chosen": chosen})


def read_moment(text: str) -> datetime:
    """A moment as a form says it, in the time zone of the reader; refused at its field when it is none."""
    try:
        moment = parse_datetime(text.strip())
    except ValueError:
        moment = None
    if moment is None:
        raise Invalid({"resolve_by": [_("Write a date and a time.")]})
    return moment if moment.tzinfo else timezone.make_aware(moment)


def _id_of(rows: Memory[Any], value: str | None) -> int | None:
    """The id, if there is such a row."""
    row = rows.by_id(_id(value))
    return row.pk if row is not None else None


def _id(value: str | None) -> int:
    text = value or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _typed(moment: datetime | None) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M") if moment else ""


def _account(explained: Explained, ticket: Ticket) -> dict[str, Any]:
    promise = explained.promise
    zone = promise.schedule.zone if promise else ""
    return {
        "of": explained.of,
        "deadline": explained.deadline,
        "is_manual": explained.is_manual,
        "rule": explained.rule.label if explained.rule else "",
        "norm": norm_words(round(promise.norm.total_seconds()) // 60) if promise else "",
        "clock": clock_words(explained.rule) if explained.rule else "",
        "zone": zone if explained.rule and explained.rule.schedule else "",
        "used": span_words(explained.used) if promise else "",
        "left": span_words(explained.left) if promise and explained.left.total_seconds() > 0 else "",
        "fulfilled_at": explained.fulfilled_at,
        "is_broken": explained.is_broken,
        "created_at": ticket.created_at,
        "parts": [_part(each, zone) for each in explained.parts],
    }


def _part(part: Part, zone: str) -> dict[str, Any]:
    there = ZoneInfo(zone or settings.DISPLAY_TIME_ZONE)
    words = {
        Phase.RUNS: "",
        Phase.PAUSED: _("the clock stands"),
        Phase.DONE: _("the ticket is done, nothing counts"),
    }
    return {
        "status": STATUSES.name_of(part.stay.status),
        "start": part.stay.entered_at,
        "end": part.stay.left_at,
        "runs": part.stay.phase is Phase.RUNS,
        "words": words[part.stay.phase],
        "worked": span_words(part.worked) if part.worked else "",
        "is_cut": part.is_cut,
        "days": [
            {
                "date": _day(day.day),
                "hours": ", ".join(
                    f"{_clock(each.start, there)}–{_clock(each.end, there)}" for each in day.intervals
                ),
                "worked": span_words(day.worked) if day.intervals else "",
                "name": day.name,
            }
            for day in part.days
        ],
    }


def _day(day: date) -> str:
    return format_date(day, "EEE d MMM", locale=current_locale())


def _clock(moment: datetime, zone: ZoneInfo) -> str:
    return format_time(moment.astimezone(zone), "short", locale=current_locale())
