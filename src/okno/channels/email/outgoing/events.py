"""What the mail channel tells of letters to clients, in the timeline of the ticket."""

from __future__ import annotations

from okno.core.events import kind

ANSWER_QUEUED = kind(
    "mail.answer_queued",
    "Who is sent an answer. data: message, to (addresses), skipped: {address, reason}, because (by address)",
)
SOLUTION_QUEUED = kind(
    "mail.solution_queued",
    "Who is told by mail of a solution that came without an answer. data: event, to, skipped: {address, reason}",
)
REMINDER_QUEUED = kind("mail.reminder_queued", "A client is reminded of a rating. data: to")
RECEIPT_QUEUED = kind("mail.receipt_queued", "A confirmation is sent. data: message, to, reason")
RECEIPT_WITHHELD = kind("mail.receipt_withheld", "No confirmation is sent. data: message, to, reason")
