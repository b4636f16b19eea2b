"""Promises follow every change of a ticket, in the same write."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from okno.core import clock
from okno.core.notify import wake
from okno.sla.loading import present_rules, remembered_rules
from okno.sla.reckoning import Course, promise_of, stay
from okno.tickets.following import Columns, follower
from okno.tickets.models import Message, Ticket

UNCONCERNED = {
    "_state", "version", "activity_at", "is_news", "message_count", "until_at", "closes_at", "timer_interval",
    "resolved_at", "closed_at",
}  # fmt: skip
"""What changes no promise; a public answer is asked for apart."""

NEAR = timedelta(seconds=20)
"""The worker looks by itself before so much time is over; for what is nearer it is woken."""


@follower
def keep_promise(ticket: Ticket, before: Columns | None) -> None:
    """A new ticket gets its promise; a changed one another, where the change concerns it."""
    now = clock.now()
    if before is None:
        course = Course([stay(ticket.status_id, ticket.created_at, None)])
        promise_of(ticket, remembered_rules(), course, now)
    elif _is_concerned(ticket, before):
        promise_of(ticket, present_rules(), course_of(ticket), now)
    else:
        return
    if ticket.tell_at is not None and ticket.tell_at <= now + NEAR:
        wake("deadlines")


def course_of(ticket: Ticket) -> Course:
    """What a stored ticket went through."""
    rows = ticket.intervals.order_by("entered_at", "id").values_list("status_id", "entered_at", "left_at")
    stays = [stay(*row) for row in rows] or [stay(ticket.status_id, ticket.created_at, None)]
    answered_at = ticket.reacted_at
    if answered_at is None and ticket.message_count > 1:
        answered_at = first_answer(ticket)
    return Course(stays, answered_at)


def first_answer(ticket: Ticket) -> datetime | None:
    """When an employee first answered in public; what a ticket begins with is no answer."""
    earlier = Message.objects.filter(ticket=ticket, id__lt=OuterRef("id"))
    answers = Message.objects.filter(
        Exists(earlier), ticket=ticket, is_public=True, author_kind=Message.Author.AGENT
    )
    found: datetime | None = answers.order_by("id").values_list("created_at", flat=True).first()
    return found


def _is_concerned(ticket: Ticket, before: Columns) -> bool:
    present = ticket.__dict__
    if any(present[name] != value for name, value in before.items() if name not in UNCONCERNED):
        return True
    may_be_answer = ticket.message_count != before["message_count"] and not ticket.is_news
    return ticket.reacted_at is None and may_be_answer
