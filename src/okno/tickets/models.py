"""Tickets, their conversation, the people around them, drafts and canned replies."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from okno.core.models import StoredFile
from okno.people.models import Agent, Company, Contact, Team
from okno.workflow.models import Priority, Status, TicketType
from okno.workflow.rules import State


class Channel(models.TextChoices):
    """By which way a ticket or a message came (F48)."""

    DESK = "desk", _("by an employee")
    EMAIL = "email", _("by mail")
    PORTAL = "portal", _("through the portal")
    WEB_FORM = "web_form", _("through a web form")
    API = "api", _("through the API")


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


class Message(models.Model):
    """An entry of the conversation: public, or private and for agents only (F88, F89).

    The author is an agent, a contact, or somebody outside (``author_address``) whom nobody vouches for;
    ``is_verified`` is false where the sender could not be proven (T1, T4). ``text`` is what was newly
    written; ``quoted_text``/``quoted_html`` what was cut off and stays one click away. ``html`` is
    sanitised. ``reason`` says in data why the message stands in this ticket.
    """

    class Author(models.TextChoices):
        AGENT = "agent", _("employee")
        CONTACT = "contact", _("client")
        OUTSIDER = "outsider", _("unverified sender")
        SYSTEM = "system", _("Okno")

    id = models.BigAutoField(primary_key=True)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="messages", db_index=False)
    is_public = models.BooleanField()
    author_kind = models.CharField(max_length=10, choices=Author.choices)
    agent = models.ForeignKey(Agent, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    contact = models.ForeignKey(Contact, null=True, on_delete=models.PROTECT, related_name="+")
    author_name = models.TextField(default="")
    author_address = models.CharField(max_length=320, default="")
    is_verified = models.BooleanField(default=True)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    text = models.TextField(default="")
    html = models.TextField(default="")
    quoted_text = models.TextField(default="")
    quoted_html = models.TextField(default="")
    reason = models.JSONField(default=dict)
    created_at = models.DateTimeField(db_default=Now())
    sent_at = models.DateTimeField(null=True, help_text="the date that the letter itself names")

    class Meta:
        indexes = [models.Index(fields=["ticket", "id"], name="message_ticket")]

    def __str__(self) -> str:
        return f"message {self.pk} of {self.ticket_id}"

    @property
    def is_from_client(self) -> bool:
        """Whether it stands on the client's side of the conversation."""
        return self.author_kind in {self.Author.CONTACT, self.Author.OUTSIDER}


class Attachment(models.Model):
    """A file of a message, or of a draft or an upload until the message is sent."""

    id = models.BigAutoField(primary_key=True)
    token = models.CharField(max_length=40, unique=True, help_text="the name in its URL, not guessable")
    message = models.ForeignKey(Message, null=True, on_delete=models.CASCADE, related_name="attachments")
    draft = models.ForeignKey("Draft", null=True, on_delete=models.CASCADE, related_name="attachments")
    canned_reply = models.ForeignKey("CannedReply", null=True, on_delete=models.CASCADE, related_name="attachments")
    uploaded_by = models.ForeignKey(
        Agent,
        null=True,
        on_delete=models.CASCADE,
        related_name="+",
        db_index=False,
        help_text="who sent it ahead of its message; until then only this agent sees it",
    )
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    type = models.CharField(max_length=127, default="application/octet-stream")
    size = models.BigIntegerField()
    is_inline = models.BooleanField(default=False)
    content_id = models.CharField(max_length=255, default="")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [
            models.Index(
                fields=["created_at"],
                name="attachment_waiting",
                condition=models.Q(uploaded_by__isnull=False, message__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Participant(models.Model):
    """Somebody of the client's side in the conversation: the requester, or in copy.

    A participant without a contact is an address only. ``is_confirmed``: letters are sent to the address;
    those whom a letter put in copy get nothing until an agent confirms them. ``is_proven``: somebody
    vouched that the person is who the address says (aligned authentication of the letter, a sign-in, an
    agent); without it the ticket is never shown in the portal to the claimed sender (T3).
    """

    id = models.BigAutoField(primary_key=True)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="participants")
    address = models.CharField(max_length=320)
    name = models.TextField(default="")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL, related_name="participations")
    is_requester = models.BooleanField(default=False)
    is_confirmed = models.BooleanField(default=False)
    is_proven = models.BooleanField(default=False)

    class Meta:
        ordering = ["-is_requester", "id"]
        constraints = [models.UniqueConstraint(fields=["ticket", "address"], name="participant_once")]

    def __str__(self) -> str:
        return self.address


class Watcher(models.Model):
    """An agent or a team that follows a ticket (F86)."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="watchers")
    agent = models.ForeignKey(Agent, null=True, on_delete=models.CASCADE, related_name="watched")
    team = models.ForeignKey(Team, null=True, on_delete=models.CASCADE, related_name="watched")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ticket", "agent", "team"], name="watcher_once", nulls_distinct=False),
            models.CheckConstraint(
                condition=models.Q(agent__isnull=True) ^ models.Q(team__isnull=True), name="watcher_is_one"
            ),
        ]

    def __str__(self) -> str:
        return f"watcher of {self.ticket_id}"


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


class Draft(models.Model):
    """What an agent has typed and not sent: one per agent, ticket and kind, untouched by anything else (W9).

    A draft without a ticket is that of the new-ticket form; ``fields`` keeps the form's other values.
    """

    class Kind(models.TextChoices):
        ANSWER = "answer", _("public answer")
        NOTE = "note", _("private note")
        NEW = "new", _("new ticket")

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="drafts")
    ticket = models.ForeignKey(Ticket, null=True, on_delete=models.CASCADE, related_name="drafts")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    html = models.TextField(default="")
    fields = models.JSONField(default=dict)
    seen_message = models.BigIntegerField(default=0, help_text="the last message when the typing began")
    updated_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agent", "ticket", "kind"], name="draft_once", nulls_distinct=False)
        ]

    def __str__(self) -> str:
        return f"{self.kind} draft of {self.agent_id}"


class CannedReply(models.Model):
    """A prepared answer, with its attachments, inserted by its shortcut or title (F182)."""

    title = models.CharField(max_length=120)
    group = models.CharField(max_length=80, blank=True, default="")
    shortcut = models.CharField(max_length=40, blank=True, default="")
    html = models.TextField()
    language = models.CharField(max_length=5, blank=True, default="")
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["group", "title"]

    def __str__(self) -> str:
        return self.title


class TicketSearch(models.Model):
    """What agents' search reads: number, subject, client, conversation and file names of a ticket, in words.

    It holds the words of private notes too, so nothing that a contact can reach may read it. ``day`` is that of
    the last activity; its words stand in the vector too (see ``search.days``). The vector lies apart from the
    row, so that very many rows are read from few pages.
    """

    ticket = models.OneToOneField(Ticket, primary_key=True, on_delete=models.CASCADE, related_name="search")
    day = models.IntegerField(default=0)
    vector = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["vector"], name="search_vector", fastupdate=True, gin_pending_list_limit=512)]

    def __str__(self) -> str:
        return f"search row of {self.ticket_id}"


class SearchPending(models.Model):
    """A ticket whose search row the worker is to write anew."""

    ticket = models.OneToOneField(Ticket, primary_key=True, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"search row of {self.ticket_id}, waiting"


class SearchWord(models.Model):
    """A word of some ticket, with which misspelt ones are compared; never shown to anybody."""

    word = models.TextField(primary_key=True, db_collation="C")

    class Meta:
        indexes = [GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="search_word")]

    def __str__(self) -> str:
        return self.word


class Presence(models.Model):
    """Who has a ticket open now, and whether they are typing (P1); rows older than a minute mean nothing."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="presences")
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="+")
    is_typing = models.BooleanField(default=False)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "agent"], name="presence_once")]

    def __str__(self) -> str:
        return f"{self.agent_id} at {self.ticket_id}"
