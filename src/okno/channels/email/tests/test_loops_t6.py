"""Machines that answer machines: the conversation ends by itself (T6)."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from okno.channels.email.models import Letter, OutgoingLetter
from okno.channels.email.tests.writing import SUPPORT, drain, letter, mailbox, take
from okno.core import clock, files
from okno.core.drains import run_until_empty
from okno.testing.cast import Cast
from okno.tickets.models import Ticket

pytestmark = pytest.mark.django_db


def written() -> list[OutgoingLetter]:
    """All letters that the desk has written by now."""
    run_until_empty("events")
    return list(OutgoingLetter.objects.select_related("raw").order_by("id"))


def answer_of(machine: str, received: OutgoingLetter, headers: dict[str, str]) -> bytes:
    """What a machine says to a letter: it answers to Reply-To as people's programs do."""
    letter = message_from_bytes(files.read(received.raw), policy=policy.default)
    answer = EmailMessage()
    answer["From"] = machine
    answer["To"] = str(letter["Reply-To"] or letter["From"])
    answer["Subject"] = f"Re: {received.subject}"
    answer["Message-ID"] = f"<{Letter.objects.count()}.{received.pk}@{machine.partition('@')[2]}>"
    answer["In-Reply-To"] = received.header_id
    for name, value in headers.items():
        answer[name] = value
    answer.set_content("I am a machine and thank you for your message.")
    return answer.as_bytes()


def converse(machine: str, headers: dict[str, str], rounds: int = 8) -> int:
    """The machine answers each letter of the desk; returns how many letters the desk wrote to it."""
    take(letter(machine, message_id=f"<first@{machine}>", headers={}))
    answered: set[str] = set()
    for number in range(rounds):
        with clock.frozen_at(clock.now() + timedelta(minutes=number)):
            fresh = [one for one in written() if one.recipient == machine and one.header_id not in answered]
            for each in fresh:
                answered.add(each.header_id)
                take(answer_of(machine, each, headers), to=[SUPPORT])
        if not fresh:
            break
    return OutgoingLetter.objects.filter(recipient=machine).count()


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto-Submitted": "auto-replied"},
        {"X-Autoreply": "yes"},
        {"Precedence": "auto_reply"},
        {"Precedence": "bulk", "Auto-Submitted": "auto-replied"},
        {},
    ],
    ids=["auto-submitted", "x-autoreply", "precedence", "bulk", "says nothing"],
)
def test_a_machine_gets_at_most_one_letter_an_hour_t6(cast: Cast, headers: dict[str, str]) -> None:
    mailbox(is_default=True)
    assert converse("desk@other.example", headers) <= 1
    assert Ticket.objects.count() == 1


def test_twenty_machines_at_once_t6(cast: Cast) -> None:
    mailbox(is_default=True)
    machines = [f"away{number}@kawa.example" for number in range(20)]
    total = sum(converse(machine, {"Auto-Submitted": "auto-replied"}) for machine in machines)
    assert total <= 20
    assert Ticket.objects.count() == 20
    before = Letter.objects.count(), OutgoingLetter.objects.count()
    run_until_empty("events")
    drain()
    assert (Letter.objects.count(), OutgoingLetter.objects.count()) == before


def test_our_own_letter_sent_back_is_not_taken_t6(cast: Cast) -> None:
    mailbox(is_default=True)
    take(letter())
    for each in written():
        taken = take(files.read(each.raw))
        assert (taken.state, taken.outcome["ignored"]) == ("ignored", "own_letter")
    assert OutgoingLetter.objects.exists()
