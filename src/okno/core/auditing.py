"""Which events are the audit log: all that happen to the configuration and to those who may change it (F226).

Everything but the daily work on tickets and clients belongs to it, so that a new kind of event is in the log unless
somebody says otherwise.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Model, Q, QuerySet

from okno.core import events
from okno.core.actor import Actor
from okno.core.models import Event

DAILY = ("ticket", "delivery", "company", "contact")
"""What the log leaves out, by the kind of object: each of these tells its history on a page of its own."""

AUDITED = ~Q(object_kind__in=DAILY)
"""Word for word the condition of the index."""

HIDDEN = "•••"
SECRETS = ("password", "secret", "hash", "key_text", "private")


def audit_log() -> QuerySet[Event]:
    """The events of the log, the latest first."""
    return Event.objects.filter(AUDITED).order_by("-id")


EXPORTED = events.kind("audit.exported", "Somebody took the audit log away as a file. data: filters")


def note_export(actor: Actor, subject: Model, filters: dict[str, str]) -> None:
    """Writes down who took the log away, and which part of it."""
    events.record(actor, EXPORTED, subject, {"filters": filters})


def masked(value: Any, name: str = "") -> Any:
    """The same without what is kept secret, however deep it stands."""
    if isinstance(value, dict):
        return {key: masked(each, str(key)) for key, each in value.items()}
    if value and any(secret in name.lower() for secret in SECRETS):
        return HIDDEN
    return [masked(each, name) for each in value] if isinstance(value, list) else value
