"""Letters that a form on a website sends in our own name, with the visitor's address for answers."""

from __future__ import annotations

from okno.channels.email.intake.case import Case
from okno.channels.email.intake.knowledge import Desk
from okno.channels.email.intake.marks import is_marked_as_ours
from okno.channels.email.rules.letter import Address


def writer_of_form(case: Case, desk: Desk) -> Address | None:
    """Who wrote by the form: the one foreign address in Reply-To of a letter from our own address.

    What we sent ourselves carries our mark and is never such a letter (T6); nor is anything automatic.
    """
    sender, answers_to = case.parsed.sender, case.parsed.reply_to
    if sender is None or len(case.parsed.from_) > 1 or len(answers_to) != 1 or not desk.is_own(sender.address):
        return None
    if case.kind not in {"letter", "list"} or is_marked_as_ours(case) or desk.is_own(answers_to[0].address):
        return None
    return answers_to[0]
