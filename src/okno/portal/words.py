"""Where a request stands, in words for a client's person (F12, F13, F15, F26, F27)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from okno.core import clock
from okno.tickets.models import Ticket
from okno.tickets.news import Happening
from okno.workflow.catalogue import STATUSES
from okno.workflow.models import Status
from okno.workflow.rules import State

SOON = timedelta(days=2)
LONGEST_SUBJECT = 60


@dataclass(frozen=True)
class Standing:
    """A few words, their tone, their icon; ``left`` says how long until it closes by itself, ``is_asked`` that the
    reader is to do something."""

    words: str
    tone: str
    icon: str
    left: str = ""
    is_soon: bool = False
    is_asked: bool = False


def standing_of(ticket: Ticket, now: datetime | None = None) -> Standing:
    """Where the request stands."""
    words, tone, icon = _of_state(STATUSES.of(ticket.status_id), State(ticket.state))
    asked = ticket.state in {State.WAITING, State.RESOLVED}
    if ticket.closes_at is None or not asked:
        return Standing(words, tone, icon, is_asked=asked)
    left = ticket.closes_at - (now or clock.now())
    return Standing(words, tone, icon, closes_in(left), is_soon=left < SOON, is_asked=True)


def closes_in(left: timedelta) -> str:
    """How long until a request closes by itself, in the largest unit that fits."""
    hours = max(0, int(left.total_seconds() // 3600))
    if hours >= 48:
        days = hours // 24
        return ngettext("Closes in %(days)d day", "Closes in %(days)d days", days) % {"days": days}
    if hours >= 1:
        return ngettext("Closes in %(hours)d hour", "Closes in %(hours)d hours", hours) % {"hours": hours}
    return _("Closes within the hour")


def _of_state(status: Status, state: State) -> tuple[str, str, str]:
    """A status of the house speaks for itself; the usual one of a state is said as a sentence."""
    words, tone, icon = {
        State.NEW: (_("Received, work has not begun yet"), "info", "icon-[tabler--inbox]"),
        State.OPEN: (_("We are working on it"), "primary", "icon-[tabler--tools]"),
        State.WAITING: (_("We are waiting for your answer"), "warning", "icon-[tabler--message-question]"),
        State.POSTPONED: (_("Put aside for now"), "neutral", "icon-[tabler--clock-pause]"),
        State.RESOLVED: (_("A solution is proposed"), "success", "icon-[tabler--bulb]"),
        State.CLOSED: (_("Closed"), "neutral", "icon-[tabler--circle-check]"),
    }[state]
    is_own = not status.is_default and state in {State.OPEN, State.POSTPONED, State.CLOSED}
    return (status.name if is_own else words), tone, icon


STEPS = {
    State.NEW: 1,
    State.OPEN: 2,
    State.WAITING: 2,
    State.POSTPONED: 2,
    State.RESOLVED: 3,
    State.CLOSED: 4,
}


def steps_of(state: str) -> list[tuple[str, bool, bool]]:
    """The way of a request: each step with whether it is done and whether it is the present one."""
    names = [_("Received"), _("In work"), _("Solution"), _("Closed")]
    present = STEPS[State(state)]
    return [(name, number <= present, number == present) for number, name in enumerate(names, 1)]


def status_sentence(after: str, who: str, because: str, *, is_reader: bool) -> tuple[str, str]:
    """A change of status as one line of the talk, and its icon; ``who`` is empty where it was one of ours."""
    status = STATUSES.by_code(after)
    state = State(status.state) if status else State.OPEN
    name = status.name if status else after
    if is_reader and because in _BY_READER:
        return _(_BY_READER[because]), "icon-[tabler--user-check]"
    if who and because in _BY_CLIENT:
        return _(_BY_CLIENT[because]) % {"who": who}, "icon-[tabler--user-check]"
    if because == "timer" and state is State.CLOSED:
        return _("Closed by itself, since its time was over"), "icon-[tabler--clock-check]"
    words, icon = {
        State.NEW: (_("The request is among the new ones again"), "icon-[tabler--inbox]"),
        State.OPEN: (_("Work goes on"), "icon-[tabler--tools]"),
        State.WAITING: (_("We need your answer"), "icon-[tabler--message-question]"),
        State.POSTPONED: (_("We put the request aside for now"), "icon-[tabler--clock-pause]"),
        State.RESOLVED: (_("We proposed a solution"), "icon-[tabler--bulb]"),
        State.CLOSED: (_("We closed the request"), "icon-[tabler--circle-check]"),
    }[state]
    if because == "answered" and state is State.OPEN:
        words = _("We began to work on it")
    if status is not None and not status.is_default:
        words = _("The status is “%(status)s” now") % {"status": name}
    return words, icon


_BY_READER = {
    "solution accepted": gettext_noop("You accepted the solution"),
    "solution rejected": gettext_noop("You rejected the solution"),
    "client renewed": gettext_noop("You took the request up again"),
    "client closed": gettext_noop("You closed the request"),
    "client wrote": gettext_noop("Work goes on, since you wrote"),
}
_BY_CLIENT = {
    "solution accepted": gettext_noop("%(who)s accepted the solution"),
    "solution rejected": gettext_noop("%(who)s rejected the solution"),
    "client renewed": gettext_noop("%(who)s took the request up again"),
    "client closed": gettext_noop("%(who)s closed the request"),
    "client wrote": gettext_noop("Work goes on, since %(who)s wrote"),
}


def news_words(latest: Happening, others: int) -> str:
    """What happened, for a short message: who answered in which request, or where it stands now."""
    facts = {"who": latest.author, "subject": Truncator(latest.subject).chars(LONGEST_SUBJECT)}
    if latest.author:
        text = _("%(who)s wrote: %(subject)s") % facts
    else:
        words, _icon = status_sentence(latest.status, "", "", is_reader=False)
        text = f"{words}: {facts['subject']}"
    if not others:
        return text
    more = ngettext("and news in %(num)d more request", "and news in %(num)d more requests", others)
    return f"{text} ({more % {'num': others}})"
