"""Tickets that come to a team are told to those whom it names (F85)."""

from __future__ import annotations

from collections.abc import Callable
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest

from okno.channels.email.models import Mailbox, OutgoingLetter
from okno.core import files
from okno.core.actor import SYSTEM
from okno.core.drains import run_until_empty
from okno.people.models import Agent
from okno.people.operations.teams import QueueFacts, change_team
from okno.routing.operations.rules import RuleFacts, create_rule
from okno.testing.cast import Cast
from okno.tickets.models import Ticket
from okno.tickets.operations.assigning import assign, claim
from okno.tickets.tests.standing import new_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def named(cast: Cast) -> Cast:
    """Taras and Olena are named for the second line; letters can leave."""
    Mailbox.objects.create(name="Desk", address="help@vikno.example", smtp_host="127.0.0.1", smtp_port=9)
    change_team(SYSTEM, cast.second_line, queue=QueueFacts(notified=[cast.taras, cast.olena]))
    return cast


def letters() -> list[tuple[str, str]]:
    """To whom, with what subject, after everything was handled."""
    run_until_empty("events")
    rows = OutgoingLetter.objects.filter(kind="account").order_by("id")
    return [(row.recipient, row.subject) for row in rows]


def body(letter: OutgoingLetter) -> str:
    """What stands in the letter, as text."""
    message: Any = message_from_bytes(files.read(letter.raw), policy=default)
    assert str(message["Auto-Submitted"]).startswith("auto-")
    return str(message.get_body(("plain",)).get_content())


def fresh(ticket: Ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


def by_routing(cast: Cast) -> None:
    create_rule(SYSTEM, RuleFacts("All", target="team", team=cast.second_line))
    new_ticket(cast, "marek")


def by_hand(cast: Cast) -> None:
    assign(cast.actor("marek"), new_ticket(cast, "marek"), agent=None, team=cast.second_line)


def from_the_start(cast: Cast) -> None:
    new_ticket(cast, "marek", team=cast.second_line)


def taken_at_once(cast: Cast) -> None:
    claim(cast.actor("marek"), fresh(new_ticket(cast, "marek", team=cast.second_line)))


@pytest.mark.parametrize("come", [by_routing, by_hand, from_the_start, taken_at_once])
def test_each_of_them_gets_one_letter_f85(named: Cast, come: Callable[[Cast], None]) -> None:
    come(named)
    subject = "1 ticket came to Second line"
    assert sorted(letters()) == [("olena@vikno.example", subject), ("taras@vikno.example", subject)]


def test_it_says_which_and_leads_there_and_holds_no_words_of_the_client_f85(named: Cast) -> None:
    ticket = new_ticket(named, "marek", team=named.second_line, subject="Secret words")
    letters()
    said = body(OutgoingLetter.objects.get(recipient="taras@vikno.example"))
    assert f"/tickets/{ticket.number}/" in said
    assert "Kawa i Ciasto" in said
    assert "Secret" not in said


def test_nobody_hears_of_his_own_act_or_of_what_stays_in_the_team_f85(named: Cast) -> None:
    ticket = new_ticket(named, "taras", team=named.second_line)
    assert [to for to, _subject in letters()] == ["olena@vikno.example"]
    claim(named.actor("marek"), fresh(ticket))
    assign(named.actor("marek"), fresh(ticket), agent=named.taras, team=named.second_line)
    assert len(letters()) == 1


def test_what_comes_at_once_is_one_letter_in_the_readers_language_f85(named: Cast) -> None:
    named.taras.user.language = "pl"
    named.taras.user.save()
    for _number in range(25):
        new_ticket(named, "olena", team=named.second_line)
    assert [to for to, _subject in letters()] == ["taras@vikno.example"]
    assert body(OutgoingLetter.objects.get()).count("/tickets/") == 20


def test_who_is_out_or_may_not_see_it_hears_nothing_t21(named: Cast) -> None:
    """Olena was deactivated, Taras has lost the right to see what is not his own and is in another team."""
    Agent.objects.filter(pk=named.olena.pk).update(is_active=False)
    named.taras.role.rights = ["tickets.answer"]
    named.taras.role.save()
    named.taras.memberships.all().delete()
    new_ticket(named, "marek", team=named.second_line)
    assert letters() == []


def test_without_a_mailbox_nothing_breaks_f85(cast: Cast) -> None:
    change_team(SYSTEM, cast.second_line, queue=QueueFacts(notified=[cast.taras]))
    new_ticket(cast, "marek", team=cast.second_line)
    assert letters() == []
