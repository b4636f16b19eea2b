"""Several things in one ticket: a message becomes a ticket of its own, several are registered at once (F192)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils.translation import gettext as _

from okno.core import events
from okno.core.actor import Actor
from okno.core.faults import Conflict, Invalid, NotVisible
from okno.people.models import Agent, Team
from okno.tickets import access
from okno.tickets import events as kinds
from okno.tickets.models import Attachment, Message, Ticket, TicketLink
from okno.tickets.operations.change import changing
from okno.tickets.operations.creating import NewTicket, register_ticket
from okno.tickets.operations.messages import NewFile, NewMessage
from okno.workflow.models import TicketType


@dataclass(frozen=True)
class SplitOff:
    """The ticket that a message becomes. ``part`` are those of its words that go along, all where it is empty."""

    subject: str
    type: TicketType | None = None
    team: Team | None = None
    assignee: Agent | None = None
    part: str = ""
    with_files: bool = True


def split_off(actor: Actor, message: Message, wanted: SplitOff) -> Ticket:
    """Registers a ticket of the same client that begins with a copy of this message: words, files, author and time.

    The message stays where it is. The actor needs the right to change its ticket and to register the new one (T22);
    what was private stays private, and so does its ticket (T20). Both tickets name each other.
    """
    if not access.messages_visible_to(actor).filter(pk=message.pk).exists():
        raise NotVisible(_("There is no such message, or it is not for you to see."))
    _check(message, wanted.type or message.ticket.type)
    with changing(actor, "edit", message.ticket) as source:
        files = list(message.attachments.select_related("file").order_by("id")) if wanted.with_files else []
        made, copy = register_ticket(actor, _new(source, message, wanted, files))
        _be_the_copy_of(copy, message, files)
        reason = {"because": "split", "message": message.pk}
        _link(actor, made, source, reason)
    return made


def _check(message: Message, kind: TicketType) -> None:
    if message.is_public and message.author_kind == "agent":
        raise Conflict(_("An answer of ours is not split off: it would be sent once more."), code="our_answer")
    if not message.is_public and not kind.is_internal:
        raise Invalid(
            {"type": [_("What the client must not see goes only into an internal ticket. Choose such a type.")]}
        )


def register_several(actor: Actor, several: Sequence[NewTicket]) -> list[Ticket]:
    """Registers all of them or none, each routed by itself, and links each to the others."""
    with transaction.atomic():
        made = [register_ticket(actor, new)[0] for new in several]
        for number, ticket in enumerate(made):
            for other in made[:number]:
                _link(actor, ticket, other, {"because": "registered together"})
    return made


def _new(source: Ticket, message: Message, wanted: SplitOff, files: Sequence[Attachment]) -> NewTicket:
    requester = source.participants.filter(is_requester=True).first()
    taken = [NewFile(each.file, each.name, each.type, each.is_inline, each.content_id) for each in files]
    new = NewMessage(
        text=message.text,
        html=message.html,
        quoted_text=message.quoted_text,
        quoted_html=message.quoted_html,
        is_public=message.is_public,
        is_verified=message.is_verified,
        channel=message.channel,
        sent_at=message.sent_at,
        files=taken,
    )
    if wanted.part.strip():
        new = replace(new, text=_part_of(message, wanted.part), html="", quoted_text="", quoted_html="")
    return NewTicket(
        subject=wanted.subject,
        message=new,
        channel=message.channel,
        contact=source.contact,
        company=source.company,
        agent_contact=source.agent_contact,
        type=wanted.type or source.type,
        team=wanted.team,
        assignee=wanted.assignee,
        requester_address=requester.address if requester else "",
        requester_is_proven=requester is not None and requester.is_proven,
    )


def _part_of(message: Message, part: str) -> str:
    """The chosen words, which must be words of the message: nobody says anything in its author's name."""
    if " ".join(part.split()) not in " ".join(message.text.split()):
        raise Invalid({"part": [_("These are not words of the message. Copy them from it, or leave this empty.")]})
    return part.strip()


def _be_the_copy_of(copy: Message, message: Message, files: Sequence[Attachment]) -> None:
    """Author and time are those of the message; pictures in it are those of the copy."""
    for name in ("author_kind", "agent_id", "contact_id", "author_name", "author_address", "created_at"):
        setattr(copy, name, getattr(message, name))
    copy.reason = {**message.reason, "because": "split", "of": message.pk}
    for old, new in zip(files, copy.attachments.order_by("id"), strict=True):
        copy.html = copy.html.replace(old.token, new.token)
    copy.save()


def _link(actor: Actor, ticket: Ticket, other: Ticket, reason: dict[str, object]) -> None:
    """Each of the two says so in its own history; who registers one of them need not see it afterwards."""
    TicketLink.objects.create(ticket=ticket, other=other, reason=reason)
    events.record(actor, kinds.LINKED, ticket, {"other": other.number, "reason": reason})
    events.record(actor, kinds.LINKED, other, {"other": ticket.number, "reason": {**reason, "is_source": True}})
