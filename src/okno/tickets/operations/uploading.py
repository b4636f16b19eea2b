"""Files that are sent ahead of the message to which they will belong."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import timedelta

from django.utils.translation import gettext as _

from okno.core import clock, files
from okno.core.actor import Actor
from okno.core.faults import Forbidden, Invalid
from okno.core.media import clean_name, real_type
from okno.tickets.models import Attachment
from okno.tickets.operations.drafts import LARGEST_FILE, MOST_FILES

KEPT = timedelta(hours=24)
"""For how long an upload waits for its message."""


def upload(actor: Actor, *, name: str, content: bytes, declared: str = "") -> Attachment:
    """Stores a file that only its sender sees until a message takes it."""
    if not actor.is_agent or not (
        actor.has("tickets.create") or actor.has("tickets.answer") or actor.has("tickets.note")
    ):
        raise Forbidden(_("Your role or token does not allow this."))
    if len(content) > LARGEST_FILE:
        limit = LARGEST_FILE // 1024**2
        raise Invalid({"file": [_("A file has at most %(limit)d MB.") % {"limit": limit}]})
    return Attachment.objects.create(
        token=secrets.token_urlsafe(20),
        uploaded_by_id=actor.id,
        file=files.store(content),
        name=clean_name(name),
        type=real_type(content, name, declared),
        size=len(content),
        created_at=clock.now(),
    )


def uploads_of(actor: Actor, tokens: Sequence[str]) -> list[Attachment]:
    """The actor's waiting uploads of these tokens, locked, in this order; call it in the message's transaction."""
    if not tokens:
        return []
    owner = actor.id if actor.is_agent else 0
    if len(set(tokens)) != len(tokens) or len(tokens) > MOST_FILES:
        raise Invalid({"attachments": [_("Each file once, and at most %(most)d.") % {"most": MOST_FILES}]})
    waiting = Attachment.objects.select_for_update().filter(
        token__in=tokens, uploaded_by=owner or 0, message__isnull=True, draft__isnull=True
    )
    found = {row.token: row for row in waiting}
    if len(found) != len(tokens):
        raise Invalid({"attachments": [_("A file is not there, or belongs to a message already.")]})
    return [found[token] for token in tokens]


def forget_waiting() -> int:
    """Removes uploads that no message took within a day; returns how many."""
    waiting = Attachment.objects.filter(uploaded_by__isnull=False, message__isnull=True, draft__isnull=True)
    removed, _kinds = waiting.filter(created_at__lt=clock.now() - KEPT).delete()
    return removed
