"""Files that go with a canned reply: kept with it, and copied into the draft in which it is used."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from okno.core import events, files
from okno.core.actor import Actor
from okno.core.faults import Forbidden, Invalid, NotVisible
from okno.core.media import clean_name, real_type
from okno.tickets import events as kinds
from okno.tickets.models import Attachment, CannedReply, Draft
from okno.tickets.operations.canned import RIGHT
from okno.tickets.operations.drafts import LARGEST_FILE

MOST_FILES = 10


def add_canned_file(actor: Actor, reply: CannedReply, *, name: str, content: bytes) -> Attachment:
    """Adds a file to the reply; empty and too large ones are refused, and one too many."""
    _require(actor)
    if not content:
        raise Invalid({"file": [_("Choose a file that is not empty.")]})
    if len(content) > LARGEST_FILE:
        raise Invalid({"file": [_("This is too large to be sent.")]})
    if reply.attachments.count() >= MOST_FILES:
        raise Invalid({"file": [_("No more than %(count)d files go with one message.") % {"count": MOST_FILES}]})
    with transaction.atomic():
        attachment = Attachment.objects.create(
            token=secrets.token_urlsafe(20),
            canned_reply=reply,
            file=files.store(content),
            name=clean_name(name),
            type=real_type(content, name),
            size=len(content),
        )
        events.record(actor, kinds.CANNED_CHANGED, reply, {"title": reply.title, "fields": ["files"]})
    return attachment


def remove_canned_file(actor: Actor, reply: CannedReply, token: str) -> None:
    """Takes a file from the reply; what was sent with it stays as it was sent."""
    _require(actor)
    with transaction.atomic():
        gone, _kinds = reply.attachments.filter(token=token).delete()
        if not gone:
            raise NotVisible(_("There is no such file, or it is not for you to see."))
        events.record(actor, kinds.CANNED_CHANGED, reply, {"title": reply.title, "fields": ["files"]})


def copy_canned_files(actor: Actor, draft: Draft, reply: CannedReply) -> list[Attachment]:
    """Puts the reply's files into one's own draft, as if they had been uploaded there."""
    if not actor.is_agent or draft.agent_id != actor.id:
        raise NotVisible(_("This is not your draft."))
    return Attachment.objects.bulk_create(
        Attachment(
            token=secrets.token_urlsafe(20),
            draft=draft,
            file_id=each.file_id,
            name=each.name,
            type=each.type,
            size=each.size,
        )
        for each in reply.attachments.order_by("id")
    )


def _require(actor: Actor) -> None:
    if not actor.has(RIGHT):
        raise Forbidden(_("Your role does not change settings."))
