"""Mailboxes, received letters, outgoing letters, and the blacklist."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from okno.core.models import Delivery, StoredFile
from okno.people.models import Team
from okno.tickets.models import Message, Ticket


class Mailbox(models.Model):
    """An address at which requests arrive and from which answers leave.

    Passwords are stored encrypted (``core.secrets``). A mailbox without an IMAP host only receives by
    SMTP, LMTP or pipe; one without an SMTP host sends through the default one (F238).
    """

    class Security(models.TextChoices):
        SSL = "ssl", _("SSL/TLS")
        STARTTLS = "starttls", _("STARTTLS")
        NONE = "none", _("no encryption")

    name = models.CharField(_("Name"), max_length=120)
    address = models.CharField(_("Address"), max_length=320, unique=True)
    is_active = models.BooleanField(_("Active"), default=True)
    is_default = models.BooleanField(_("Send from here when nothing else is known"), default=False)
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.SET_NULL, verbose_name=_("Team"))

    imap_host = models.CharField(_("IMAP server"), max_length=253, blank=True, default="")
    imap_port = models.PositiveIntegerField(_("Port"), default=993)
    imap_security = models.CharField(_("Security"), max_length=10, choices=Security.choices, default=Security.SSL)
    imap_user = models.CharField(_("User name"), max_length=320, blank=True, default="")
    imap_password = models.TextField(_("Password"), blank=True, default="")
    folders = ArrayField(models.CharField(max_length=200), default=list, blank=True, verbose_name=_("Folders"))
    after_import = models.CharField(
        _("After a letter is taken"),
        max_length=10,
        choices=[
            ("seen", _("mark it as read")),
            ("delete", _("delete it on the server")),
            ("leave", _("leave it")),
        ],
        default="seen",
    )
    since = models.DateTimeField(_("Take letters that arrived after"), null=True, blank=True)

    smtp_host = models.CharField(_("SMTP server"), max_length=253, blank=True, default="")
    smtp_port = models.PositiveIntegerField(_("Port"), default=587)
    smtp_security = models.CharField(
        _("Security"), max_length=10, choices=Security.choices, default=Security.STARTTLS
    )
    smtp_user = models.CharField(_("User name"), max_length=320, blank=True, default="")
    smtp_password = models.TextField(_("Password"), blank=True, default="")

    trusted_certificate = models.TextField(
        _("Certificate to trust"), blank=True, default="", db_default="", help_text="PEM; beside the authorities"
    )
    trusted_relay = models.CharField(
        _("Server whose Authentication-Results are believed"), max_length=253, blank=True, default=""
    )
    last_success_at = models.DateTimeField(null=True)
    last_error = models.TextField(default="", blank=True)
    last_error_at = models.DateTimeField(null=True)
    smtp_success_at = models.DateTimeField(null=True)
    smtp_error = models.TextField(default="", blank=True, help_text="why no letter leaves; empty = all is well")
    smtp_error_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.address


class FolderPosition(models.Model):
    """How far a folder of a mailbox has been read: every UID up to ``last_uid`` has been seen (W1).

    Up to ``finished_uid`` letters were also marked or deleted on the server as the mailbox says. The last
    comparison of folder and desk found ``on_server`` letters there, ``missing`` of which are not here.
    """

    mailbox = models.ForeignKey(Mailbox, on_delete=models.CASCADE, related_name="positions")
    folder = models.CharField(max_length=200)
    uidvalidity = models.BigIntegerField()
    last_uid = models.BigIntegerField(default=0)
    finished_uid = models.BigIntegerField(default=0)
    on_server = models.IntegerField(default=0)
    missing = models.IntegerField(default=0)
    checked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mailbox", "folder"], name="position_once")]

    def __str__(self) -> str:
        return f"{self.folder} of {self.mailbox_id} at {self.last_uid}"


class Letter(models.Model):
    """A received letter: its raw bytes first, and then what became of it. Nothing is ever dropped.

    States: ``stored`` waits to be processed; ``done`` became a message; ``ignored`` with the reason
    (blacklist, own letter, loop, duplicate); ``failed`` could not be processed and waits in the list
    of letters that need attention. ``source_key`` makes a letter from the same place unique:
    ``imap:<mailbox>:<folder>:<uidvalidity>:<uid>``, else ``<source>:<random>``.
    """

    class State(models.TextChoices):
        STORED = "stored", _("waiting")
        DONE = "done", _("taken")
        IGNORED = "ignored", _("ignored")
        FAILED = "failed", _("needs attention")

    id = models.BigAutoField(primary_key=True)
    source = models.CharField(max_length=10, help_text="imap, smtp, lmtp, pipe, demo")
    source_key = models.CharField(max_length=320, unique=True)
    mailbox = models.ForeignKey(Mailbox, null=True, on_delete=models.SET_NULL, related_name="letters")
    envelope_from = models.CharField(max_length=320, null=True, help_text="null = unknown, empty = a bounce's")
    envelope_to = ArrayField(models.CharField(max_length=320), default=list)
    peer = models.CharField(max_length=64, default="", help_text="IP address of the sending host, where known")
    raw = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    size = models.BigIntegerField()
    received_at = models.DateTimeField(db_default=Now())

    state = models.CharField(max_length=10, default=State.STORED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True)
    last_error = models.TextField(default="", blank=True)
    processed_at = models.DateTimeField(null=True)

    header_id = models.TextField(default="", help_text="its Message-ID with angle brackets")
    content_hash = models.CharField(max_length=64, default="", help_text="of date, sender, subject and body (W2)")
    sender = models.CharField(max_length=320, default="")
    subject = models.TextField(default="")
    kind = models.CharField(max_length=12, default="")
    outcome = models.JSONField(default=dict, help_text="why it was matched, ignored or refused; problems found")
    authentication = models.JSONField(default=dict, help_text="SPF, DKIM, DMARC as far as known")
    ticket = models.ForeignKey(Ticket, null=True, on_delete=models.SET_NULL, related_name="letters")
    message = models.ForeignKey(Message, null=True, on_delete=models.SET_NULL, related_name="letters")

    class Meta:
        indexes = [
            models.Index(fields=["id"], name="letter_waiting", condition=models.Q(state="stored")),
            models.Index(fields=["state", "-id"], name="letter_state"),
            models.Index(fields=["header_id"], name="letter_header_id"),
            models.Index(fields=["content_hash"], name="letter_nameless", condition=models.Q(header_id="")),
            models.Index(fields=["sender", "-id"], name="letter_sender"),
        ]

    def __str__(self) -> str:
        return f"letter {self.pk} from {self.sender or self.envelope_from}"


class OutgoingLetter(models.Model):
    """A letter that left or is to leave, in its final bytes, so that sending again sends the same letter (T8).

    Kinds: ``answer`` carries a message; ``receipt`` tells the client that the ticket was registered; ``solution``
    that an employee proposes a solution without further words; ``reminder`` asks once more for a rating;
    ``account`` is about an account (a link to choose a password) and is shown to nobody but its recipient.
    """

    class Kind(models.TextChoices):
        ANSWER = "answer", _("answer")
        RECEIPT = "receipt", _("confirmation of receipt")
        SOLUTION = "solution", _("letter about a solution")
        REMINDER = "reminder", _("reminder of a rating")
        ACCOUNT = "account", _("letter about an account")

    delivery = models.OneToOneField(Delivery, on_delete=models.CASCADE, related_name="letter")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    mailbox = models.ForeignKey(Mailbox, null=True, on_delete=models.SET_NULL, related_name="+")
    ticket = models.ForeignKey(Ticket, null=True, on_delete=models.SET_NULL, related_name="outgoing_letters")
    message = models.ForeignKey(Message, null=True, on_delete=models.SET_NULL, related_name="outgoing_letters")
    header_id = models.CharField(max_length=200, unique=True, help_text="its Message-ID with angle brackets")
    sender = models.CharField(max_length=320)
    recipient = models.CharField(max_length=320, help_text="one letter for each recipient, so that each is signed")
    subject = models.TextField()
    raw = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["message", "recipient", "kind"],
                name="outgoing_once",
                condition=models.Q(message__isnull=False),
            )
        ]
        indexes = [models.Index(fields=["kind", "-created_at"], include=["recipient"], name="outgoing_recent")]

    def __str__(self) -> str:
        return f"{self.kind} to {self.recipient}"


class BlacklistRule(models.Model):
    """Letters that are not processed: by sender or by a piece of text (F239).

    ``*@spam.example`` is a whole domain.
    """

    class Kind(models.TextChoices):
        ADDRESS = "address", _("sender's address")
        TEXT = "text", _("text in the subject or the body")

    kind = models.CharField(_("Filter by"), max_length=10, choices=Kind.choices)
    pattern = models.CharField(_("Pattern"), max_length=320)
    is_active = models.BooleanField(_("Active"), default=True)
    note = models.CharField(_("Note"), max_length=200, blank=True, default="")
    hits = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["kind", "pattern"]
        constraints = [models.UniqueConstraint(fields=["kind", "pattern"], name="blacklist_once")]

    def __str__(self) -> str:
        return self.pattern
