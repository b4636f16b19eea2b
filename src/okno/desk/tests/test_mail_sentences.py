"""Who was not written to is said once for each reason, and briefly."""

from __future__ import annotations

from okno.channels.email.outgoing.events import ANSWER_QUEUED
from okno.core.models import Event
from okno.desk.mail_sentences import mail_sentence


def test_many_with_one_reason_are_counted() -> None:
    skipped = [{"address": f"p{number}@x.example", "reason": "asleep"} for number in range(50)]
    skipped.append({"address": "", "reason": "closed"})
    said = mail_sentence(Event(kind=ANSWER_QUEUED, data={"skipped": skipped}))
    assert said is not None
    assert said[0] == ("Not sent by mail: p0@x.example, p1@x.example, p2@x.example (+47): asleep; closed")
