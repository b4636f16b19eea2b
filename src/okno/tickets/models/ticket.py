"""Tickets, the times in their statuses, and which belong together."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from okno.people.models import Agent, Company, Contact, Team
from okno.tickets.models.channels import Channel
from okno.workflow.models import Priority, Status, TicketType
from okno.workflow.rules import State


class Ticket(models.Model):
    """One request with its own number, subject, conversation and somebody who answers for it.

    ``state`` repeats the state of ``status`` so that lists need no join. ``version`` grows with every
    change, so that two agents never overwrite each other. ``is_news`` is the bold of the list (F52): the
    ticket is new, or the last message is the client's.
    """

    id = models.BigAutoField(primary_key=True)
    number = models.BigIntegerField(unique=True)
    subject = models.TextField()
    type = models.ForeignKey(TicketType, on_delete=models.PROTECT, related_name="+", db_index=False)
    status = models.ForeignKey(Status, on_delete=models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=10, default=State.NEW)
    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, related_name="+", db_index=False)
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
        ]

    def __str__(self) -> str:
        return f"#{self.number} {self.subject}"


class StatusInterval(models.Model):
    """From when to when a ticket was in a status: time in each status is a query over these (F3)."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="intervals")
    status = models.ForeignKey(Status, on_delete=models.PROTECT, related_name="+", db_index=False)
    entered_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ticket"], condition=models.Q(left_at__isnull=True), name="interval_one_present"
            )
        ]

    def __str__(self) -> str:
        return f"{self.status_id} of {self.ticket_id}"


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
