"""Confirming a request that came by mail or web form: whether to, and the letter; each decision has its reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
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
from okno.tickets.models import Channel, Message, Participant

SWITCHED_OFF = gettext_noop("confirmations are switched off")
NO_LETTER = gettext_noop("the request did not come as a letter")
NOT_TO_BE_ANSWERED = gettext_noop("the letter is not to be answered automatically: %(why)s")
FALSE_SENDER = gettext_noop("the mail server says that the sender's address is false")
FIXED_TEXT = gettext_noop(
    "a letter of a person. Nobody confirmed that it comes from this address, so the confirmation gives only the "
    "number and does not repeat the subject"
)
WITH_SUBJECT = gettext_noop("a letter of a person")


@dataclass(frozen=True)
class Known:
    """What is known of some messages and their tickets, read at once for all."""

    decided: frozenset[int]
    requesters: dict[int, Participant]
    letters: dict[int, Letter]
    own: OwnMailboxes

    @classmethod
    def of(cls, messages: Sequence[Message]) -> Known:
        """Everything about these messages; of several letters or requesters the first counts."""
        ids, tickets = [each.pk for each in messages], {each.ticket_id for each in messages}
        requesters = Participant.objects.filter(ticket__in=tickets, is_requester=True).order_by("-id")
        letters = Letter.objects.filter(message__in=ids).order_by("-id").select_related("raw")
        decided = Event.objects.filter(
            object_kind="ticket", object_id__in=tickets, kind__in=[RECEIPT_QUEUED, RECEIPT_WITHHELD]
        )
        return cls(
            frozenset(decided.values_list("data__message", flat=True)),
            {each.ticket_id: each for each in requesters.select_related("contact")},
            {each.message_id: each for each in letters if each.message_id},
            OwnMailboxes.read(),
        )


def send_receipt(message: Message) -> OutgoingLetter | None:
    """Queues the confirmation for the first message of a ticket that came by mail or web form, or records why not.

    Robots, lists, automatic answers and our own addresses are never answered, and nobody more often than the
    budget allows. It never repeats what others wrote; the sender's own subject only if he is proven.
    """
    return _sent(message, Known.of([message]))


def send_receipts(messages: Sequence[Message]) -> None:
    """The same for many."""
    if messages:
        known = Known.of(messages)
        for message in messages:
            _sent(message, known)


def _sent(message: Message, known: Known) -> OutgoingLetter | None:
    if message.pk in known.decided:
        return None
    requester = known.requesters.get(message.ticket_id)
    why, detail = _against(message, requester, known)
    if why == NO_LETTER:
        return None  # nobody waits for a confirmation, so there is nothing to record
    mailbox = None if why else mailbox_for(message.ticket)
    if not why and mailbox is None:
        why = NO_MAILBOX
    if why or requester is None or mailbox is None:
        _record(message, RECEIPT_WITHHELD, requester, why, detail)
        return None
    recipient = Recipient(
        name=requester.name if requester.is_proven else "",
        address=requester.address,
        language=_language(message, requester),
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


def _against(message: Message, requester: Participant | None, known: Known) -> tuple[str, str]:
    """The reason not to send, with its detail; the budget is asked last, since asking takes its lock."""
    if requester is None:
        return NOBODY, ""
    reason = _against_requester(message, requester, known.own)
    if reason:
        return reason, ""
    if message.channel == Channel.WEB_FORM:
        return budget.why_not(requester.address, per_day=budget.PER_DAY_BY_FORM), ""
    return _against_letter(known.letters.get(message.pk), requester)


def _against_letter(letter: Letter | None, requester: Participant) -> tuple[str, str]:
    if letter is None:
        return NO_LETTER, ""
    if letter.authentication.get("verdict") == "not_aligned":
        return FALSE_SENDER, ""
    allowed, why = may_be_answered(letter)
    if not allowed:
        return NOT_TO_BE_ANSWERED, why
    return budget.why_not(requester.address), ""


def _against_requester(message: Message, requester: Participant, own: OwnMailboxes) -> str:
    if not SEND_RECEIPTS():
        return SWITCHED_OFF
    if message.ticket.is_internal:
        return INTERNAL
    return problem_of(requester.address, own)


def may_be_answered(letter: Letter) -> tuple[bool, str]:
    """Whether a program may answer this letter, and why not (T6)."""
    if letter.envelope_from == "":
        return False, "empty envelope sender"
    return may_be_auto_answered(parse_letter(files.read(letter.raw)))


def _language(message: Message, requester: Participant) -> str:
    """A stranger reads the language in which he filled in the form; whom we know has his own."""
    spoken = str(message.reason.get("language", ""))
    if requester.contact is None and spoken in dict(settings.LANGUAGES):
        return spoken
    return language_of(message.ticket, requester)


def _subject(message: Message, recipient: Recipient) -> str:
    if recipient.participant is not None and recipient.participant.is_proven:
        return f"Re: {answer_subject(message.ticket, message)}"
    with translation.override(recipient.language):
        return _("Your request was received")


def _record(message: Message, kind: str, requester: Participant | None, reason: str, detail: str) -> None:
    to = requester.address if requester else ""
    data = {"message": message.pk, "to": to, "reason": reason, "detail": detail}
    events.record(SYSTEM, kind, message.ticket, data)
