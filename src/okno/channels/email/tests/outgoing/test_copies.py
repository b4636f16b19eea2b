"""Who gets answers beside the contact: the address for copies (F127), the company's general one (F142)."""

from __future__ import annotations

from email.utils import getaddresses

import pytest

from okno.channels.email.models import Mailbox
from okno.channels.email.outgoing.events import ANSWER_QUEUED
from okno.channels.email.tests.outgoing.acting import answer, answers, ask
from okno.channels.email.tests.outgoing.conftest import parsed
from okno.core import settings_store
from okno.core.actor import SYSTEM
from okno.core.models import Event
from okno.desk.sentences import sentence
from okno.people.operations.companies import CompanyFacts, change_company
from okno.people.operations.contacts import ContactFacts, change_contact
from okno.testing.cast import Cast
from okno.tickets.operations.messages import NewMessage, add_note


def mode(wanted: str) -> None:
    settings_store.change(SYSTEM, {"clients.copy_to_company": wanted})


def recipients() -> list[str]:
    return sorted(letter.recipient for letter in answers())


def test_the_address_for_copies_reads_along_and_speaks_for_nobody_f127(cast: Cast, mailbox: Mailbox) -> None:
    change_contact(SYSTEM, cast.marta, ContactFacts(copy_address="boss@kawa.example"))
    ticket = ask(cast)
    add_note(cast.actor("olena"), ticket, NewMessage(text="canary of a note"))
    answer(cast, ticket)
    assert recipients() == ["boss@kawa.example", "marta@kawa.example"]
    boss = parsed(next(letter for letter in answers() if letter.recipient == "boss@kawa.example"))
    assert getaddresses([boss["Reply-To"]])[0][1] == "support@vikno.example"
    assert "canary of a note" not in boss.as_string()
    told = Event.objects.get(kind=ANSWER_QUEUED)
    assert list(told.data["because"]) == ["boss@kawa.example"]
    said = sentence(told)
    assert said is not None
    assert "boss@kawa.example: the contact's card has this address for copies" in said.text


@pytest.mark.parametrize("address", ["support@vikno.example", "no-reply@kawa.example", "marta@kawa.example"])
def test_no_copy_goes_to_ourselves_to_robots_or_twice(cast: Cast, mailbox: Mailbox, address: str) -> None:
    change_contact(SYSTEM, cast.marta, ContactFacts(copy_address=address))
    answer(cast, ask(cast))
    assert recipients() == ["marta@kawa.example"]


COMPANY = ["biuro@kawa.example"]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("contact_without_email", ([], COMPANY, [])),
        ("without_contact", ([], COMPANY, COMPANY)),
        ("always", (COMPANY, COMPANY, COMPANY)),
    ],
)
def test_the_general_address_of_the_company_f140_f142(
    cast: Cast, mailbox: Mailbox, wanted: str, expected: tuple[list[str], list[str], list[str]]
) -> None:
    """A contact with an address, one without, and a ticket of a company alone."""
    mode(wanted)
    change_company(SYSTEM, cast.kawa, CompanyFacts(email="biuro@kawa.example"))
    answer(cast, ask(cast))
    assert recipients() == sorted([*expected[0], "marta@kawa.example"])
    change_contact(SYSTEM, cast.piotr, ContactFacts(addresses=[]))
    alone = NewMessage(text="x", contact=cast.piotr)
    for kept, more in (
        (expected[1], {"contact": cast.piotr, "message": alone}),
        (expected[2], {"contact": None, "company": cast.kawa, "message": NewMessage(text="x")}),
    ):
        before = len(answers())
        answer(cast, ask(cast, requester_address="", **more))
        assert [letter.recipient for letter in answers()[before:]] == kept
