"""When a letter cannot be processed: tried again with growing pauses, filed unread, or put on the visible list."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F
from django.utils.translation import gettext as _

from okno.channels.email.intake.case import Case, Outcome
from okno.channels.email.intake.content import clean, raw_letter
from okno.channels.email.intake.filing import NOBODY
from okno.channels.email.intake.identification import sender_address
from okno.channels.email.intake.knowledge import Knowledge
from okno.channels.email.intake.rules.subjects import ticket_subject
from okno.channels.email.models import Letter
from okno.core import clock
from okno.core.actor import SYSTEM
from okno.tickets.models import Channel
from okno.tickets.operations.creating import NewTicket, register_ticket
from okno.tickets.operations.messages import NewMessage

PAUSES = [timedelta(seconds=seconds) for seconds in (5, 30, 120, 600, 1800, 7200, 21600)]
A_MOMENT = timedelta(milliseconds=300)


def later(letter: Letter, error: str, most: int | None) -> None:
    """Has the letter tried again after a pause; without an error it only waits, and the attempt does not count."""
    waiting = Letter.objects.filter(pk=letter.pk)
    if most is None:
        waiting.update(attempts=F("attempts") - 1, next_attempt_at=clock.now() + A_MOMENT)
    elif letter.attempts >= most:
        give_up(letter, error)
    else:
        pause = PAUSES[min(letter.attempts, len(PAUSES)) - 1]
        waiting.update(next_attempt_at=clock.now() + pause, last_error=clean(error)[:2000])


def give_up(letter: Letter, error: str) -> None:
    """Puts the letter on the list of those that need attention; its bytes are kept, and it can be retried."""
    Letter.objects.filter(pk=letter.pk).update(
        state=Letter.State.FAILED,
        next_attempt_at=None,
        processed_at=clock.now(),
        last_error=clean(error)[:2000],
        outcome={"failed": "gave_up", "detail": clean(error)[:500]},
    )


def file_unread(case: Case, knowledge: Knowledge, problem: str) -> Outcome:
    """A ticket that holds the raw letter and says what was wrong with it."""
    address = clean(sender_address(case))[:320]
    case.reason = {
        "matched_by": "nothing",
        "because": "unread",
        "problems": [clean(problem)[:300]],
        "raw_attached": True,
    }
    subject, _was_cut = ticket_subject(clean(case.parsed.subject), "", _("A letter that could not be read"))
    message = NewMessage(
        text=_("This letter could not be read. It is attached as it came."),
        channel=Channel.EMAIL,
        author_name=address or NOBODY,
        author_address=address or NOBODY,
        is_verified=False,
        reason=case.reason,
        files=[raw_letter(case)],
    )
    kind, priority, status = knowledge.desk.new_ticket()
    new = NewTicket(subject, message, Channel.EMAIL, type=kind, priority=priority, status=status)
    new.requester_address, new.requester_is_proven = address, False
    ticket, filed = register_ticket(SYSTEM, new)
    return Outcome(Letter.State.DONE, case.reason, ticket, filed)
