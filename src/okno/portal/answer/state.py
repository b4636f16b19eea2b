"""What the page of a link shows: what may be done now, what was said already, what has become of the request."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest

from okno.portal.answer.forms import ReasonForm, WordsForm
from okno.portal.answer.scanners import is_scanner
from okno.portal.rated import Rated
from okno.tickets.models import Ticket
from okno.tickets.notices import ClosingNotice, closing_notice
from okno.tickets.operations.client_links import Opened
from okno.tickets.rating.asking import asked_of
from okno.tickets.transitions import client_way, is_over_for_client
from okno.workflow.lifecycles import remembered_lifecycle_of
from okno.workflow.rules import State

DEEDS = ("rate", "accept", "resume")
DONE_WORDS = ("rated", "told", "accepted", "resumed")
AFTER = 3
"""Seconds after which the page sends what the link in the letter asked for, once a person is seen to look."""


@dataclass
class Page(Rated):
    """The state of one opened link; nothing here changes anything."""

    request: HttpRequest
    opened: Opened
    words_form: WordsForm | None = None
    reason_form: ReasonForm | None = None
    problem: str = ""

    def __post_init__(self) -> None:
        super().__init__(asked_of(self.opened.participant, self.opened.ticket))

    @property
    def ticket(self) -> Ticket:
        return self.opened.ticket

    @cached_property
    def can_accept(self) -> bool:
        return self.ticket.state == State.RESOLVED and self._leads_to(State.CLOSED)

    @cached_property
    def can_resume(self) -> bool:
        return self._leads_to(State.OPEN, State.NEW) and not is_over_for_client(self.ticket)

    @property
    def deed(self) -> str:
        """What the link in the letter or the form asked for, as far as it may still be done."""
        wanted = self.request.POST.get("do") or self.request.GET.get("do") or "rate"
        possible = {"rate": self.asked.may_rate, "accept": self.can_accept, "resume": self.can_resume}
        if possible.get(wanted):
            return wanted
        return next((deed for deed in DEEDS if possible[deed]), "")

    @property
    def done(self) -> str:
        """What was just done, to be confirmed."""
        word = self.request.GET.get("done", "")
        return word if word in DONE_WORDS else ""

    @property
    def chosen(self) -> int:
        """The preselected score: that of the link, else the one that was given."""
        given = self.request.GET.get("score", "")
        if given.isascii() and given.isdigit() and 1 <= int(given[:3]) <= self.asked.scale.size:
            return int(given)
        return self.given

    @property
    def reason(self) -> ReasonForm:
        return self.reason_form or ReasonForm()

    @property
    def notice(self) -> ClosingNotice | None:
        return closing_notice(self.ticket)

    @property
    def send_after(self) -> int:
        """The seconds of the countdown, where the link asked for something that one click can do; else 0."""
        by_link = bool(self.request.GET.get("score") and self.chosen) or self.request.GET.get("do") == "accept"
        is_plain = not self.done and not self.problem and self.request.method in {"GET", "HEAD"}
        is_new = self.deed == "accept" or (self.deed == "rate" and not self._is_said)
        return AFTER if by_link and is_plain and is_new and not is_scanner(self.request.headers) else 0

    @property
    def _is_said(self) -> bool:
        return self.said is not None and self.said.number == self.chosen

    def _leads_to(self, *states: State) -> bool:
        rules = remembered_lifecycle_of(self.ticket.type_id)
        return client_way(rules, self.ticket.status.code, *states) is not None
