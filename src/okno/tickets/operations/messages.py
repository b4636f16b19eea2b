"""Adding to the conversation: the first message, public answers, private notes, the client's words."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from okno.core import clock, events, html
from okno.core.actor import Actor
from okno.core.faults import Conflict, Forbidden, Invalid
from okno.core.inserting import insert
from okno.core.models import StoredFile
from okno.core.text import one_line
from okno.people.models import Contact
from okno.tickets import access
from okno.tickets import events as kinds
from okno.tickets.models import Attachment, Channel, Draft, Message, Ticket
from okno.tickets.operations.assigning import own_by_answer
from okno.tickets.operations.change import changing
from okno.tickets.operations.moving import Way, move_by_rule, move_to, restart_timer, stop_timer
from okno.workflow.lifecycles import lifecycle_of
from okno.workflow.rules import DONE, State, after_answer, after_client_message, is_reopening


@dataclass(frozen=True)
class NewFile:
    """A stored file to be attached."""

    file: StoredFile
    name: str
    type: str
    is_inline: bool = False
    content_id: str = ""


@dataclass
class NewMessage:
    """The content of a message and, where the author is not the actor, who wrote it.

    ``contact`` or ``author_address`` name an author of the client's side on whose behalf a channel (or an
    agent who took a call) acts. ``html`` is sanitised here, whatever its source.
    """

    text: str = ""
    html: str = ""
    is_public: bool = True
    channel: str = Channel.DESK
    contact: Contact | None = None
    author_name: str = ""
    author_address: str = ""
    is_verified: bool = True
    quoted_text: str = ""
    quoted_html: str = ""
    reason: dict[str, Any] = field(default_factory=dict)
    sent_at: datetime | None = None
    files: Sequence[NewFile] = ()
    attachments: Sequence[Attachment] = ()


def add_first(actor: Actor, ticket: Ticket, new: NewMessage) -> Message:
    """Writes the message with which a ticket begins; called by ``create_ticket`` in its transaction."""
    return _write(actor, ticket, new, Draft.Kind.NEW)


def add_answer(
    actor: Actor,
    ticket: Ticket,
    new: NewMessage,
    *,
    last_seen: int | None = None,
    then_status: str = "",
    until: datetime | None = None,
    because: Mapping[str, Any] | None = None,
) -> Message:
    """An agent's public answer: it goes to the client, accepts a new ticket into work, and ends the bold.

    ``last_seen`` is the id of the last message that the agent saw; when others came since, nothing is
    sent and ``Conflict`` counts them, unless the agent says to send anyway by leaving it out (W10, T30).
    ``then_status`` is the code of the status to set with the answer (F183), ``until`` the end of a postponed one,
    ``because`` what the history keeps as the reason of the change.
    Where the status stays, the days in which the client may answer begin anew.
    """
    if actor.is_contact:
        raise Forbidden(_("This is done by employees."))
    _refuse_empty(new)
    with changing(actor, "answer", ticket) as locked:
        if then_status:
            access.require(actor, "status", locked)
        _refuse_stale(locked, last_seen)
        message = _write(actor, locked, new, Draft.Kind.ANSWER)
        locked.message_count += 1
        locked.is_news = False
        before = State(locked.state)
        if then_status:
            move_to(actor, locked, then_status, Way(reason=because, until=until, is_said=True, with_answer=True))
        elif locked.state == State.NEW:
            rules = lifecycle_of(locked.type_id)
            move_by_rule(actor, locked, rules, after_answer(rules, locked.status.code), {"because": "answered"})
        else:
            restart_timer(locked)
        data = {"message": message.pk} | solving(before, State(locked.state))
        events.record(actor, kinds.MESSAGE_ADDED, locked, data)
        own_by_answer(actor, locked)
    return message


def add_note(actor: Actor, ticket: Ticket, new: NewMessage) -> Message:
    """A private note: for agents only, changes neither status nor clocks."""
    new.is_public = False
    _refuse_empty(new)
    with changing(actor, "note", ticket) as locked:
        message = _write(actor, locked, new, Draft.Kind.NOTE)
        locked.message_count += 1
        events.record(actor, kinds.NOTE_ADDED, locked, {"message": message.pk})
    return message


def add_client_message(actor: Actor, ticket: Ticket, new: NewMessage, *, quietly: bool = False) -> Message:
    """The client's words from any channel: what waited for the client or was done is open again (F45, F184).

    ``actor`` is the contact, or the system for a sender without a contact. A message whose sender could not be
    proven (T1) is private, so that it goes into no letter and no portal; it is news, and opens a ticket that was
    done, lest a true letter be overlooked, and changes nothing else. ``quietly`` is for what a machine of the
    client's said, such as an out-of-office notice: it stands there and neither reopens nor marks as news (T6).
    """
    if new.channel == Channel.PORTAL:
        _refuse_empty(new)
    new.is_public = new.is_public and new.is_verified
    with changing(actor, "answer", ticket) as locked:
        message = _write(actor, locked, new, None)
        locked.message_count += 1
        if not new.is_public:
            if not new.is_verified and not quietly:
                _bring_up(actor, locked)
            events.record(actor, kinds.NOTE_ADDED, locked, {"message": message.pk})
            return message
        if quietly:
            data = {"message": message.pk, "reopened": False, "quiet": True}
            events.record(actor, kinds.MESSAGE_ADDED, locked, data)
            return message
        before = State(locked.state)
        _back_to_work(actor, locked, "client wrote")
        data = {"message": message.pk, "reopened": is_reopening(before, State(locked.state))}
        events.record(actor, kinds.MESSAGE_ADDED, locked, data)
    return message


def say(actor: Actor, ticket: Ticket, new: NewMessage, *, before: State | None = None) -> Message:
    """A message that another operation writes on the way, on the ticket that it has locked.

    ``before`` is the state from which the ticket came with it.
    """
    _refuse_empty(new)
    if not actor.is_contact:
        access.require(actor, "answer" if new.is_public else "note", ticket)
    message = _write(actor, ticket, new, Draft.Kind.ANSWER if new.is_public else Draft.Kind.NOTE)
    ticket.message_count += 1
    if new.is_public:
        ticket.is_news = message.is_from_client
    kind = kinds.MESSAGE_ADDED if new.is_public else kinds.NOTE_ADDED
    data = {"message": message.pk}
    if before is not None and new.is_public and actor.is_agent:
        data |= solving(before, State(ticket.state))
    events.record(actor, kind, ticket, data)
    return message


def solving(before: State, after: State) -> dict[str, bool]:
    """What the event of an answer says that brings the solution, so that one letter tells the client of both."""
    return {"solves": True} if after in DONE and before not in DONE else {}


def _bring_up(actor: Actor, ticket: Ticket) -> None:
    """Has agents look at a ticket to which somebody unproven wrote: nobody looks into those that are done."""
    if ticket.state in DONE:
        _back_to_work(actor, ticket, "unproven letter")
    ticket.is_news = True
    stop_timer(ticket)


def _back_to_work(actor: Actor, ticket: Ticket, because: str) -> None:
    """The client spoke: the ticket is news, no timer closes it, and work goes on where a way leads there."""
    ticket.is_news = True
    if ticket.state in {State.NEW, State.OPEN}:
        return
    rules = lifecycle_of(ticket.type_id)
    if not move_by_rule(
        actor, ticket, rules, after_client_message(rules, ticket.status.code), {"because": because}
    ):
        stop_timer(ticket)


def _refuse_empty(new: NewMessage) -> None:
    body = html.to_text(new.html) if new.html else new.text
    if not body.strip() and not new.files and not new.attachments and "<img" not in new.html:
        raise Invalid({"html": [_("Write something, or attach a file.")]})


def _refuse_stale(ticket: Ticket, last_seen: int | None) -> None:
    if last_seen is None:
        return
    missed = list(ticket.messages.filter(id__gt=last_seen, is_public=True).values_list("id", flat=True))
    if missed:
        raise Conflict(
            _("New messages arrived while you were writing."),
            code="stale_conversation",
            details={"count": len(missed), "messages": missed},
        )


def _write(actor: Actor, ticket: Ticket, new: NewMessage, kind: Draft.Kind | None) -> Message:
    clean = html.sanitise(new.html) if new.html else ""
    text = new.text or (html.to_text(clean) if clean else "")
    message = Message(
        ticket=ticket,
        is_public=new.is_public,
        html=clean,
        text=text.replace("\x00", "\ufffd"),
        quoted_text=new.quoted_text.replace("\x00", "\ufffd"),
        quoted_html=html.sanitise(new.quoted_html) if new.quoted_html else "",
        channel=new.channel,
        is_verified=new.is_verified,
        reason=new.reason,
        sent_at=new.sent_at,
        created_at=clock.now(),
        **_author(actor, new),
    )
    insert(message)
    files = (
        Attachment(
            token=secrets.token_urlsafe(20),
            message=message,
            file=each.file,
            name=each.name,
            type=each.type,
            size=each.file.size,
            is_inline=each.is_inline,
            content_id=each.content_id,
        )
        for each in new.files
    )
    insert(*files)
    _take(actor, message, new.attachments, kind)
    return message


def _take(actor: Actor, message: Message, attachments: Sequence[Attachment], kind: Draft.Kind | None) -> None:
    """Moves waiting files to the message: one's own uploads, and files of one's own draft of this very kind.

    What lies in the draft of a note never goes into an answer (W9), and no file goes into two messages.
    """
    if not attachments:
        return
    ticket = None if kind == Draft.Kind.NEW else message.ticket_id
    owner = actor.id if actor.is_agent or actor.is_contact else None
    own = Q(draft__agent=owner, draft__kind=kind, draft__ticket=ticket) | Q(draft=None, uploaded_by=owner)
    if actor.is_contact:
        own = Q(draft=None, uploaded_by_contact=owner)
    waiting = Attachment.objects.select_for_update(of=("self",)).filter(own, message=None, canned_reply=None)
    chosen = [each.pk for each in attachments]
    found = list(waiting.filter(pk__in=chosen).values_list("pk", flat=True)) if owner else []
    if len(found) != len(set(chosen)):
        raise Invalid({"attachments": [_("A file is not there, or belongs to a message already.")]})
    Attachment.objects.filter(pk__in=found).update(message=message, draft=None)


def _author(actor: Actor, new: NewMessage) -> dict[str, Any]:
    if new.contact is not None:
        name = new.contact.name or one_line(new.author_name)
        return {
            "author_kind": Message.Author.CONTACT,
            "contact": new.contact,
            "author_name": name,
            "author_address": new.author_address,
        }
    if new.author_address:
        return {
            "author_kind": Message.Author.OUTSIDER,
            "author_name": one_line(new.author_name),
            "author_address": new.author_address,
        }
    if actor.is_agent:
        return {"author_kind": Message.Author.AGENT, "agent_id": actor.id, "author_name": actor.name}
    if actor.is_contact:
        return {"author_kind": Message.Author.CONTACT, "contact_id": actor.id, "author_name": actor.name}
    return {"author_kind": Message.Author.SYSTEM, "author_name": actor.name}
