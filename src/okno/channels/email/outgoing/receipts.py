"""Confirming a request that came by mail: whether to, and the letter; each decision is recorded with its reason."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from okno.channels.email.models import Letter, OutgoingLetter
from okno.channels.email.outgoing import budget
from okno.channels.email.outgoing.answering import answer_subject
from okno.channels.email.outgoing.bodies import receipt_body
from okno.channels.email.outgoing.declarations import SEND_RECEIPTS
from okno.channels.email.outgoing.events import RECEIPT_QUEUED, RECEIPT_WITHHELD
from okno.channels.email.outgoing.letters import write_letter
from okno.channels.email.outgoing.recipients import (
    INTERNAL,
    NO_MAILBOX,
    NOBODY,
    Recipient,
    language_of,
    problem_of,
)
from okno.channels.email.outgoing.senders import mailbox_for
from okno.channels.email.own_addresses import OwnMailboxes
from okno.channels.email.rules.kinds import may_be_auto_answered
from okno.channels.email.rules.parsing import parse_letter
from okno.core import events, files
from okno.core.actor import SYSTEM
from okno.core.models import Event
from okno.tickets.models import Message, Participant

SWITCHED_OFF = gettext_noop("confirmations are switched off")
NO_LETTER = gettext_noop("the request did not come as a letter")
NOT_TO_BE_ANSWERED = gettext_noop("the letter is not to be answered automatically: %(why)s")
FALSE_SENDER = gettext_noop("the mail server says that the sender's address is false")
FIXED_TEXT = gettext_noop(
    "a letter of a person. Nobody confirmed that it comes from this address, so the confirmation gives only the "
    "number and does not repeat the subject"
)
WITH_SUBJECT = gettext_noop("a letter of a person")


def send_receipt(message: Message) -> OutgoingLetter | None:
    """Queues the confirmation for the first message of a ticket that came by mail, or records why not.

    Robots, lists, automatic answers and our own addresses are never answered, and nobody more often than the
    budget allows. It never repeats what others wrote; the sender's own subject only if he is proven.
    """
    if _is_decided(message):
        return None
    requester = message.ticket.participants.select_related("contact").filter(is_requester=True).first()
    why, detail = _against(message, requester)
    if why == NO_LETTER:
        return None  # nobody waits for a confirmation, so there is nothing to record
    mailbox = mailbox_for(message.ticket)
    if not why and mailbox is None:
        why = NO_MAILBOX
    if why or requester is None or mailbox is None:
        _record(message, RECEIPT_WITHHELD, requester, why, detail)
        return None
    recipient = Recipient(
        name=requester.name if requester.is_proven else "",
        address=requester.address,
        language=language_of(message.ticket, requester),
        person=requester.pk,
        participant=requester,
    )
    letter = write_letter(
        message,
        mailbox,
        recipient,
        receipt_body(message.ticket, mailbox, recipient.language),
        kind=OutgoingLetter.Kind.RECEIPT,
        subject=_subject(message, recipient),
    )
    reason = WITH_SUBJECT if requester.is_proven else FIXED_TEXT
    _record(message, RECEIPT_QUEUED, requester, reason, "")
    return letter


def _against(message: Message, requester: Participant | None) -> tuple[str, str]:
    """The reason not to send, with its detail; the budget is asked last, since asking takes its lock."""
    if requester is None:
        return NOBODY, ""
    reason = _against_requester(message, requester)
    if reason:
        return reason, ""
    letter = Letter.objects.filter(message=message).select_related("raw").first()
    if letter is None:
        return NO_LETTER, ""
    if letter.authentication.get("verdict") == "not_aligned":
        return FALSE_SENDER, ""
    allowed, why = _may_be_answered(letter)
    if not allowed:
        return NOT_TO_BE_ANSWERED, why
    return budget.why_not(requester.address), ""


def _against_requester(message: Message, requester: Participant) -> str:
    if not SEND_RECEIPTS():
        return SWITCHED_OFF
    if message.ticket.is_internal:
        return INTERNAL
    return problem_of(requester.address, OwnMailboxes.read())


def _may_be_answered(letter: Letter) -> tuple[bool, str]:
    if letter.envelope_from == "":
        return False, "empty envelope sender"
    return may_be_auto_answered(parse_letter(files.read(letter.raw)))


def _subject(message: Message, recipient: Recipient) -> str:
    if recipient.participant is not None and recipient.participant.is_proven:
        return f"Re: {answer_subject(message.ticket, message)}"
    with translation.override(recipient.language):
        return _("Your request was received")


def _is_decided(message: Message) -> bool:
    decided = Event.objects.filter(
        object_kind="ticket",
        object_id=message.ticket_id,
        kind__in=[RECEIPT_QUEUED, RECEIPT_WITHHELD],
        data__message=message.pk,
    )
    return decided.exists()


def _record(message: Message, kind: str, requester: Participant | None, reason: str, detail: str) -> None:
    to = requester.address if requester else ""
    data = {"message": message.pk, "to": to, "reason": reason, "detail": detail}
    events.record(SYSTEM, kind, message.ticket, data)
