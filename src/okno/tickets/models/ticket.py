"""Tickets, the times in their statuses, and which belong together."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now

from okno.fields.models import Attributed
from okno.people.models import Agent, Company, Contact, Team
from okno.tickets.models.channels import Channel
from okno.tickets.models.promises import PROMISE_INDEXES, Promised
from okno.tickets.models.rated import Rated
from okno.workflow.models import Impact, Priority, Service, Status, TicketType, Urgency
from okno.workflow.rules import State


class Ticket(Promised, Rated, Attributed):
    """One request with its own number, subject, conversation and somebody who answers for it.

    ``state`` repeats the state of ``status`` so that lists need no join. ``version`` grows with every
    change, so that two agents never overwrite each other. ``is_news`` is the bold of the list (F52): the
    ticket is new, or the last message is the client's. ``until_at`` is when a postponed ticket returns;
    ``closes_at`` when a waiting one closes by itself, unless it has left the interval ``timer_interval`` (T31).
    ``priority_is_manual``: somebody chose it against what impact and urgency make (F211).
    """

    id = models.BigAutoField(primary_key=True)
    number = models.BigIntegerField(unique=True)
    subject = models.TextField()
    type = models.ForeignKey(TicketType, on_delete=models.PROTECT, related_name="+", db_index=False)
    status = models.ForeignKey(Status, on_delete=models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=10, default=State.NEW)
    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, related_name="+", db_index=False)
    priority_is_manual = models.BooleanField(default=False, db_default=False)
    impact = models.ForeignKey(Impact, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    urgency = models.ForeignKey(Urgency, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    service = models.ForeignKey(Service, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    company = models.ForeignKey(Company, null=True, on_delete=models.PROTECT, related_name="tickets")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.PROTECT, related_name="tickets")
    agent_contact = models.ForeignKey(
        Agent,
        null=True,
        on_delete=models.PROTECT,
        related_name="own_requests",
        help_text="F5: asked by an employee",
    )
    assignee = models.ForeignKey(Agent, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    is_internal = models.BooleanField(default=False)
    is_news = models.BooleanField(default=True)
    reopenings = models.PositiveSmallIntegerField(default=0)
    message_count = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(db_default=Now())
    created_by_agent = models.ForeignKey(Agent, null=True, on_delete=models.PROTECT, related_name="+")
    activity_at = models.DateTimeField(db_default=Now(), help_text="last message or change that people see")
    resolved_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    until_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    answers = models.JSONField(
        default=list, db_default=[], blank=True, help_text="of its request form, as asked: see tickets.answers"
    )
    timer_interval = models.BigIntegerField(null=True, help_text="the interval in which the timer was set")

    class Meta:
        indexes = [
            models.Index(fields=["-activity_at", "-id"], name="ticket_activity"),
            models.Index(fields=["-activity_at", "-id"], name="ticket_active", condition=~models.Q(state="closed")),
            models.Index(fields=["state", "-activity_at", "-id"], name="ticket_state"),
            models.Index(fields=["assignee", "state", "-activity_at", "-id"], name="ticket_assignee"),
            models.Index(fields=["team", "state", "-activity_at", "-id"], name="ticket_team"),
            models.Index(
                fields=["-activity_at", "-id"],
                name="ticket_unassigned",
                condition=models.Q(assignee__isnull=True, team__isnull=True) & ~models.Q(state="closed"),
            ),
            models.Index(
                fields=["assignee", "-activity_at", "-id"],
                name="ticket_mine",
                condition=~models.Q(state="closed"),
            ),
            models.Index(
                fields=["team", "-activity_at", "-id"],
                name="ticket_team_active",
                condition=~models.Q(state="closed"),
            ),
            models.Index(
                fields=["-activity_at", "-id"],
                name="ticket_news",
                condition=models.Q(is_news=True) & ~models.Q(state="closed"),
            ),
            models.Index(fields=["-created_at", "-id"], name="ticket_created"),
            models.Index(fields=["contact", "-activity_at", "-id"], name="ticket_contact_activity"),
            models.Index(fields=["company", "-activity_at", "-id"], name="ticket_company_activity"),
            models.Index(
                fields=["until_at", "id"], name="ticket_until", condition=models.Q(until_at__isnull=False)
            ),
            models.Index(
                fields=["closes_at", "id"], name="ticket_closes", condition=models.Q(closes_at__isnull=False)
            ),
            models.Index(
                fields=["service", "-activity_at", "-id"],
                name="ticket_service",
                condition=models.Q(service__isnull=False),
            ),
            models.Index(fields=["type", "created_at"], name="ticket_new_of_type", condition=models.Q(state="new")),
            GinIndex(fields=["attributes"], name="ticket_attributes", condition=~models.Q(attributes={})),
            models.Index(
                fields=["rating", "-activity_at", "-id"],
                name="ticket_rating",
                condition=models.Q(rating__isnull=False),
            ),
            *PROMISE_INDEXES,
        ]

    def __str__(self) -> str:
        return f"#{self.number} {self.subject}"


class StatusInterval(models.Model):
    """From when to when a ticket was in a status: time in each status is a query over these (F3).

    ``working_seconds`` is how much working time lies between, by the ticket's schedule; known when it has ended.
    """

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="intervals")
    status = models.ForeignKey(Status, on_delete=models.PROTECT, related_name="+", db_index=False)
    entered_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    working_seconds = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ticket"], condition=models.Q(left_at__isnull=True), name="interval_one_present"
            )
        ]

    def __str__(self) -> str:
        return f"{self.status_id} of {self.ticket_id}"


class Processing(models.Model):
    """Somebody has the processing window of a ticket open, or had (F169-F172).

    ``seen_at`` is the last sign of the window's life. ``result`` is the status that was chosen; none means that
    the window was left without one, and the ticket went back.
    """

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="processings")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+", db_index=False)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    result = models.ForeignKey(Status, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ticket"], condition=models.Q(ended_at__isnull=True), name="processing_one_present"
            )
        ]
        indexes = [
            models.Index(fields=["seen_at"], name="processing_seen", condition=models.Q(ended_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.agent_id} on {self.ticket_id}"


class TicketLink(models.Model):
    """Two tickets that belong together; ``reason`` says who or what linked them."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="links")
    other = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="linked_from")
    reason = models.JSONField(default=dict)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "other"], name="link_once")]

    def __str__(self) -> str:
        return f"{self.ticket_id} - {self.other_id}"
