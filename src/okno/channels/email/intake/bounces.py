"""Reports of failed delivery: they stand in the ticket whose letter came back, and never open one (T6)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from okno.channels.email import tokens
from okno.channels.email.intake.case import Case, Outcome
from okno.channels.email.intake.content import clean, message_of
from okno.channels.email.intake.filing import NOBODY
from okno.channels.email.intake.knowledge import Knowledge
from okno.channels.email.intake.matching import answered_ids
from okno.channels.email.models import Letter, OutgoingLetter
from okno.core import deliveries
from okno.core.actor import SYSTEM
from okno.tickets.models import Participant
from okno.tickets.operations.messages import add_note


def file_bounce(case: Case, knowledge: Knowledge) -> Outcome:
    """A private note at the ticket, the delivery marked as failed; what bounced of nobody's is ignored.

    Everybody who once read a letter of ours knows its id. So a delivery is marked only by a report that names
    its recipient, or that came to the recipient's own signed address.
    """
    letter = _bounced(case, knowledge)
    if letter is None or letter.ticket is None:
        return Outcome(Letter.State.IGNORED, {"ignored": "bounce", "detail": case.parsed.kind_reason[:300]})
    bounce = case.parsed.bounce
    recipients = list(bounce.recipients)[:20] if bounce else []
    status = (bounce.status or "") if bounce else ""
    is_permanent = bool(bounce and bounce.permanent)
    counts = _names_recipient(case, letter)
    case.reason |= {
        "matched_by": "bounce",
        "detail": letter.header_id,
        "bounce": {
            "recipients": recipients,
            "status": status,
            "permanent": is_permanent,
            "counts": counts,
            "sent_to": letter.recipient,
        },
    }
    note = message_of(case, is_public=False, is_verified=False)
    note.text = note.text.strip() or _("The letter could not be delivered.")
    note.author_name = clean(case.sender.name) or NOBODY
    note.author_address = case.sender.address or NOBODY
    message = add_note(SYSTEM, letter.ticket, note)
    if is_permanent and counts:
        _mark_failed(letter, recipients, status)
    return Outcome(Letter.State.DONE, {**case.reason, **message.reason}, letter.ticket, message)


def _bounced(case: Case, knowledge: Knowledge) -> OutgoingLetter | None:
    """Our letter that came back: by its own id, by what the report answers, or by the address it was sent from."""
    bounce = case.parsed.bounce
    original = bounce.original_message_id if bounce else None
    for header_id in [*([original] if original else []), *answered_ids(case)]:
        known = knowledge.correspondence.sent(header_id)
        if known is not None:
            return OutgoingLetter.objects.select_related("ticket", "delivery").get(pk=known.id)
    owner = _owner_of_path(case)
    if owner is None:
        return None
    mine = OutgoingLetter.objects.filter(ticket=owner.ticket_id, recipient=owner.address)
    return mine.select_related("ticket", "delivery").order_by("-id").first()


def _names_recipient(case: Case, letter: OutgoingLetter) -> bool:
    """Whether the report is about the one to whom the letter was sent."""
    wanted = letter.recipient.casefold()
    bounce = case.parsed.bounce
    if bounce is not None and any(each.casefold() == wanted for each in bounce.recipients):
        return True
    owner = _owner_of_path(case)
    return owner is not None and owner.ticket_id == letter.ticket_id and owner.address.casefold() == wanted


def _owner_of_path(case: Case) -> Participant | None:
    """The participant for whom the address was signed to which the report came."""
    for address in case.letter.envelope_to:
        read = tokens.read_reply_address(address)
        if read is not None and read.kind == "c":
            return Participant.objects.filter(pk=read.person, ticket=read.ticket).first()
    return None


def _mark_failed(letter: OutgoingLetter, recipients: list[str], status: str) -> None:
    """The delivery is failed for good: the recipient's server took it back."""
    who = ", ".join(recipients) or letter.recipient
    error = _("Came back: %(who)s %(status)s") % {"who": who, "status": status}
    deliveries.came_back(letter.delivery, error.strip()[:2000])
