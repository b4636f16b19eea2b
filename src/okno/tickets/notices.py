"""What a ticket says beforehand of what it will do by itself (F26, F27): in the desk and in letters."""

from __future__ import annotations

import zoneinfo
from dataclasses import dataclass
from datetime import datetime

from babel import Locale
from babel.dates import format_date, format_time
from django.conf import settings
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from okno.core.jinja import REGIONS
from okno.tickets.models import Ticket
from okno.workflow import catalogue
from okno.workflow.lifecycles import remembered_lifecycle_of
from okno.workflow.models import Status
from okno.workflow.rules import Place, State


@dataclass(frozen=True)
class ClosingNotice:
    """When the ticket leaves its status by itself, for which one, and how to say so to the client and to ours."""

    at: datetime
    status: Status
    closes: bool
    for_client: str
    for_agents: str


def closing_notice(ticket: Ticket, language: str = "") -> ClosingNotice | None:
    """The warning of a ticket whose timer runs, in the reader's or in the given language; nothing for others."""
    if ticket.closes_at is None:
        return None
    place = remembered_lifecycle_of(ticket.type_id).place(ticket.status.code)
    target = catalogue.STATUSES.by_code(place.then) if place is not None else None
    if place is None or target is None:
        return None
    with translation.override(language or get_language() or settings.LANGUAGE_CODE):
        names = {"moment": _moment(ticket, ticket.closes_at), "status": target.name}
        return ClosingNotice(
            at=ticket.closes_at,
            status=target,
            closes=target.state == State.CLOSED,
            for_client=_own_words(place, names) or _for_client(ticket, target, names),
            for_agents=_("If nothing happens, the ticket becomes “%(status)s” by itself on %(moment)s.") % names,
        )


def _own_words(place: Place, names: dict[str, str]) -> str:
    """The words that the administrator wrote for this status; ``{moment}`` stands for the time in them."""
    code = (get_language() or "en").split("-", maxsplit=1)[0]
    return (place.warning.get(code) or place.warning.get("en") or "").replace("{moment}", names["moment"])


def _for_client(ticket: Ticket, target: Status, names: dict[str, str]) -> str:
    if target.state != State.CLOSED:
        return ""
    if ticket.state == State.WAITING:
        return (
            _("We are waiting for your answer. Without one, this request closes by itself on %(moment)s.") % names
        )
    if ticket.state == State.RESOLVED:
        return _("If the solution does not help, tell us by %(moment)s: after that this request closes.") % names
    return _("This request closes by itself on %(moment)s.") % names


def _moment(ticket: Ticket, moment: datetime) -> str:
    """Date and time by the clocks of the client's company."""
    zone = (ticket.company.time_zone if ticket.company else "") or settings.DISPLAY_TIME_ZONE
    local = moment.astimezone(zoneinfo.ZoneInfo(zone))
    language = (get_language() or "en").split("-", maxsplit=1)[0]
    locale = Locale.parse(REGIONS.get(language, language), sep="-")
    return f"{format_date(local, 'medium', locale=locale)}, {format_time(local, 'short', locale=locale)}"
