"""What an agent has typed and not sent yet: kept on the server, one per ticket and kind (W9)."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from okno.core import clock, files, html, idempotency
from okno.core.actor import Actor
from okno.core.faults import Conflict, Forbidden, Invalid, NotVisible
from okno.core.media import clean_name, real_type
from okno.tickets import access
from okno.tickets.models import Attachment, Draft, Ticket

LARGEST_FILE = 25 * 1024 * 1024
"""Bytes of one attached file: what most mail servers still take."""

MOST_FILES = 50


def draft_of(actor: Actor, ticket: Ticket | None, kind: str) -> Draft | None:
    """The actor's draft of this kind, if there is one."""
    return Draft.objects.filter(agent_id=_own(actor), ticket=ticket, kind=kind).first()


def open_draft(actor: Actor, ticket: Ticket | None, kind: str) -> Draft:
    """The actor's draft of this kind, made when there is none yet."""
    if not actor.is_agent:
        raise Forbidden(_("Drafts are of employees."))
    if ticket is not None:
        access.require(actor, "view", ticket)
    draft, _made = Draft.objects.get_or_create(agent_id=actor.id or 0, ticket=ticket, kind=kind)
    return draft


def save_draft(
    actor: Actor,
    ticket: Ticket | None,
    kind: str,
    *,
    body: str,
    fields: dict[str, Any] | None = None,
    seen_message: int | None = None,
    form_key: str = "",
) -> Draft:
    """Keeps what was typed; nothing that others do to the ticket ever touches it.

    ``form_key`` is that of the form in which it was typed: once the form was sent, what it still saves is refused
    with ``Conflict``, or words that stand in the conversation would be a draft again.
    """
    with transaction.atomic():
        _refuse_spent(actor, form_key)
        draft = open_draft(actor, ticket, kind)
        draft.html = html.strict(body)
        draft.updated_at = clock.now()
        if fields is not None:
            draft.fields = fields
        if seen_message is not None:
            draft.seen_message = seen_message
        draft.save()
        if form_key:
            idempotency.give_back(idempotency.owner_of(actor), form_key)
    return draft


def _refuse_spent(actor: Actor, form_key: str) -> None:
    """Holds the key until the draft is written, so that the form is sent before that or after it."""
    if form_key and idempotency.take(idempotency.owner_of(actor), form_key) is not None:
        raise Conflict(_("This text was sent already."), code="form_spent")


def discard_draft(actor: Actor, ticket: Ticket | None, kind: str) -> None:
    """Throws the draft away, with the files that were attached to it and not sent."""
    Draft.objects.filter(agent_id=_own(actor), ticket=ticket, kind=kind).delete()


def attach_to_draft(actor: Actor, draft: Draft, *, name: str, content: bytes) -> Attachment:
    """Adds a file to a draft; one that is too large or one too many is refused with the limit named."""
    if draft.agent_id != _own(actor):
        raise NotVisible(_("This is not your draft."))
    if len(content) > LARGEST_FILE:
        limit = filesizeformat(LARGEST_FILE)
        raise Invalid({"file": [_("“%(name)s” is larger than %(limit)s.") % {"name": name, "limit": limit}]})
    if draft.attachments.count() >= MOST_FILES:
        raise Invalid({"file": [_("No more than %(count)d files go with one message.") % {"count": MOST_FILES}]})
    kind = real_type(content, name)
    with transaction.atomic():
        return Attachment.objects.create(
            token=secrets.token_urlsafe(20),
            draft=draft,
            file=files.store(content),
            name=clean_name(name),
            type=kind,
            size=len(content),
        )


def detach_from_draft(actor: Actor, token: str) -> None:
    """Takes a file out of one's own draft."""
    gone, _kinds = Attachment.objects.filter(token=token, draft__agent_id=_own(actor)).delete()
    if not gone:
        raise NotVisible(_("There is no such file in your draft."))


def _own(actor: Actor) -> int:
    """The id under which the actor has drafts; a client may bear the number of an employee."""
    return (actor.id or 0) if actor.is_agent else 0
