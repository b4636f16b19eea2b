"""What is said in a ticket, and the files that go with it."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from okno.core.models import StoredFile
from okno.people.models import Agent, Contact
from okno.tickets.models.channels import Channel
from okno.tickets.models.ticket import Ticket


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
    uploaded_by_contact = models.ForeignKey(
        Contact,
        null=True,
        on_delete=models.CASCADE,
        related_name="+",
        db_index=False,
        help_text="the same of a client's person",
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
            ),
            models.Index(
                fields=["uploaded_by_contact", "created_at"],
                name="attachment_of_contact_waiting",
                condition=models.Q(uploaded_by_contact__isnull=False, message__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name
