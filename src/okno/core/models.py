"""Rows of the core: events, deliveries, stored files, remembered answers and settings."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Event(models.Model):
    """One happening, written in the transaction of the change: timeline, audit and outbox in one row.

    ``kind`` is a registered word (``ticket.created``); ``object_kind``/``object_id`` say to what it
    happened; ``public`` whether a contact may see it in the timeline. ``handled_at`` is empty until the
    worker has shown it to every handler. ``cause`` and ``depth`` end loops of rules.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=30)
    object_id = models.BigIntegerField()
    data = models.JSONField(default=dict)
    actor_kind = models.CharField(max_length=10)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200)
    at = models.DateTimeField(db_default=Now())
    cause = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    depth = models.SmallIntegerField(default=0)
    handled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["object_kind", "object_id", "id"], name="event_timeline"),
            models.Index(fields=["id"], name="event_unhandled", condition=models.Q(handled_at__isnull=True)),
            models.Index(fields=["actor_kind", "actor_id", "-id"], name="event_actor"),
            models.Index(
                fields=["-id"],
                name="event_audit",
                condition=~models.Q(object_kind__in=("ticket", "delivery", "company", "contact")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.id}"


class EventFailure(models.Model):
    """A handler that raised on an event: tried again with growing pauses, visible to the operator."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="failures")
    handler = models.CharField(max_length=200)
    attempts = models.PositiveSmallIntegerField(default=1)
    next_attempt_at = models.DateTimeField(null=True, help_text="empty = given up")
    last_error = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "handler"], name="event_failure_once")]
        indexes = [models.Index(fields=["next_attempt_at"], name="event_failure_due")]

    def __str__(self) -> str:
        return f"{self.handler} on {self.event_id}"


class Delivery(models.Model):
    """One thing that leaves the system (a letter, later an SMS, a webhook): what became of it, and why.

    States: ``queued`` waits for ``next_attempt_at``; ``sending`` is held by a worker since
    ``locked_at``; ``sent``; ``failed`` was given up after the last attempt or refused for good;
    ``cancelled`` by a person or because it became pointless. ``route`` names the way by which it leaves
    (``mailbox:3``): while that way ``is_blocked`` (server down), attempts are not counted against it.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("cancelled")

    id = models.BigAutoField(primary_key=True)
    channel = models.CharField(max_length=20)
    recipients = ArrayField(models.CharField(max_length=320))
    title = models.CharField(max_length=300)
    route = models.CharField(max_length=60, default="", blank=True)
    is_blocked = models.BooleanField(default=False)
    object_kind = models.CharField(max_length=30, default="")
    object_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(db_default=Now())
    give_up_at = models.DateTimeField(null=True, help_text="no attempt after this; empty = never given up")
    locked_at = models.DateTimeField(null=True)
    last_error = models.TextField(default="", blank=True)
    created_at = models.DateTimeField(db_default=Now())
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                name="delivery_due",
                condition=models.Q(state__in=["queued", "sending"]),
            ),
            models.Index(fields=["object_kind", "object_id"], name="delivery_object"),
            models.Index(fields=["state", "-id"], name="delivery_state"),
            models.Index(fields=["route"], name="delivery_blocked", condition=models.Q(is_blocked=True)),
        ]

    def __str__(self) -> str:
        return f"{self.channel} #{self.id} {self.state}"


class StoredFile(models.Model):
    """The bytes of an attachment or a raw letter, once for equal content, under a random name.

    ``key`` is the name in the file storage; the file is on disk before the row is committed, and
    is never changed afterwards. ``unowned_since`` is when it was first seen that nothing refers to it; a day
    later it is swept.
    """

    id = models.BigAutoField(primary_key=True)
    sha256 = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    key = models.CharField(max_length=200)
    created_at = models.DateTimeField(db_default=Now())
    unowned_since = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["key"], name="stored_file_key")]

    def __str__(self) -> str:
        return self.sha256


class IdempotentAnswer(models.Model):
    """What an act with this key led to: the same act with the same key is not done again and gets it once more.

    ``owner`` is whose key it is: ``token:3`` of the API, ``agent:7`` of a form in the desk.
    """

    owner = models.CharField(max_length=40)
    key = models.CharField(max_length=200)
    request_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True, help_text="empty while the first act is under way")
    text = models.TextField(default="", db_default="", help_text="the answer itself, letter by letter")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="idempotent_answer_once")]
        indexes = [models.Index(fields=["created_at"], name="idempotent_answer_age")]

    def __str__(self) -> str:
        return f"{self.owner} {self.key}"


class BrandPicture(models.Model):
    """A picture of the brand in its place: logo, logo on dark pages, icon. ``token`` is its name in addresses."""

    role = models.CharField(max_length=20, unique=True)
    token = models.CharField(max_length=40, unique=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.role


class SettingValue(models.Model):
    """What an administrator set; a setting without a row has its declared default."""

    key = models.CharField(max_length=100, primary_key=True)
    value = models.JSONField()
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.key
