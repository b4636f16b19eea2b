"""Files that are sent ahead of the message to which they will belong."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from okno.core import clock, files
from okno.core.actor import Actor
from okno.core.faults import Forbidden, Invalid
from okno.core.media import clean_name, real_type
from okno.tickets.models import Attachment
from okno.tickets.operations.drafts import LARGEST_FILE, MOST_FILES

KEPT = timedelta(hours=24)
"""For how long an upload waits for its message."""

MOST_WAITING = 200 * 1024**2
"""Bytes that the waiting files of one client's person may take."""


def upload(actor: Actor, *, name: str, content: bytes, declared: str = "") -> Attachment:
    """Stores a file that only its sender sees until a message takes it."""
    _require_writing(actor)
    if len(content) > LARGEST_FILE:
        limit = LARGEST_FILE // 1024**2
        raise Invalid({"file": [_("A file has at most %(limit)d MB.") % {"limit": limit}]})
    _require_room(actor, len(content))
    return Attachment.objects.create(
        token=secrets.token_urlsafe(20),
        **owner_of(actor),
        file=files.store(content),
        name=clean_name(name),
        type=real_type(content, name, declared),
        size=len(content),
        created_at=clock.now(),
    )


def _require_writing(actor: Actor) -> None:
    """Whoever may write something may send its files ahead."""
    rights = ("tickets.create", "tickets.answer", "tickets.note")
    if not actor.is_contact and not (actor.is_agent and any(actor.has(right) for right in rights)):
        raise Forbidden(_("Your role or token does not allow this."))


def _require_room(actor: Actor, size: int) -> None:
    """A client's waiting files take so much room and no more; employees are known and few."""
    if not actor.is_contact:
        return
    waiting = uploads_waiting(actor).aggregate(files=Count("id"), bytes=Sum("size", default=0))
    if waiting["files"] >= MOST_FILES or waiting["bytes"] + size > MOST_WAITING:
        raise Invalid({"file": [_("Too many files wait to be sent. Send what is there first.")]})


def owner_of(actor: Actor) -> dict[str, int | None]:
    """The column that names who sent a file ahead, with whom it names."""
    return {"uploaded_by_contact_id" if actor.is_contact else "uploaded_by_id": actor.id}


def uploads_waiting(actor: Actor) -> QuerySet[Attachment]:
    """The files that this person sent ahead and no message has taken."""
    if not actor.id or not (actor.is_agent or actor.is_contact):
        return Attachment.objects.none()
    return Attachment.objects.filter(**owner_of(actor), message__isnull=True, draft__isnull=True)


def remove_upload(actor: Actor, token: str) -> None:
    """Takes back a file that waits; of others there is none of this name (T14)."""
    uploads_waiting(actor).filter(token=token).delete()


def uploads_of(actor: Actor, tokens: Sequence[str]) -> list[Attachment]:
    """The actor's waiting uploads of these tokens, locked, in this order; call it in the message's transaction."""
    if not tokens:
        return []
    if len(set(tokens)) != len(tokens) or len(tokens) > MOST_FILES:
        raise Invalid({"attachments": [_("Each file once, and at most %(most)d.") % {"most": MOST_FILES}]})
    waiting = uploads_waiting(actor).select_for_update().filter(token__in=tokens)
    found = {row.token: row for row in waiting}
    if len(found) != len(tokens):
        raise Invalid({"attachments": [_("A file is not there, or belongs to a message already.")]})
    return [found[token] for token in tokens]


def forget_waiting() -> int:
    """Removes uploads that no message took within a day; returns how many."""
    sent_ahead = Q(uploaded_by__isnull=False) | Q(uploaded_by_contact__isnull=False)
    waiting = Attachment.objects.filter(sent_ahead, message__isnull=True, draft__isnull=True)
    removed, _kinds = waiting.filter(created_at__lt=clock.now() - KEPT).delete()
    return removed
