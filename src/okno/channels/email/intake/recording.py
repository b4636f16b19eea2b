"""Writing into the letter's row what became of it."""

from __future__ import annotations

from okno.channels.email.intake.case import Case, Outcome
from okno.channels.email.intake.content import clean
from okno.channels.email.intake.identification import sender_address
from okno.channels.email.intake.knowledge import Knowledge
from okno.core import clock

FIELDS = [
    "state", "processed_at", "next_attempt_at", "last_error", "header_id", "content_hash", "sender", "subject",
    "kind", "outcome", "authentication", "ticket", "message",
]  # fmt: skip


def record(case: Case, outcome: Outcome, knowledge: Knowledge) -> None:
    """The letter has reached a state and the reason is kept with it."""
    letter = case.letter
    letter.state = outcome.state
    letter.processed_at = clock.now()
    letter.next_attempt_at = None
    letter.last_error = ""
    letter.header_id = case.header_id
    letter.content_hash = case.content_hash
    letter.sender = clean(sender_address(case))[:320]
    letter.subject = clean(case.parsed.subject)
    letter.kind = case.kind
    kept = {key: letter.outcome[key] for key in ("released",) if key in letter.outcome}
    letter.outcome = {**kept, **outcome.facts}
    letter.authentication = {"verdict": case.authentication.verdict, **case.authentication.facts}
    letter.ticket, letter.message = outcome.ticket, outcome.message
    letter.save(update_fields=FIELDS)
    knowledge.correspondence.learn(letter)
