"""The letter about a solution: who gets it, what it lets do, and that nobody else can cause one (F100, F212, T5, T6)."""

from __future__ import annotations

import re
from email.message import Message as Parsed

import pytest
from django.test import override_settings

from okno.channels.email.models import Mailbox, OutgoingLetter
from okno.channels.email.outgoing.declarations import COPY_TO
from okno.channels.email.outgoing.events import SOLUTION_QUEUED
from okno.channels.email.tests.outgoing.acting import answers, ask
from okno.channels.email.tests.outgoing.conftest import parsed, part_text
from okno.core import settings_store
from okno.core.actor import SYSTEM
from okno.core.drains import run_until_empty
from okno.core.models import Event
from okno.testing.cast import Cast
from okno.tickets.models import ClientLink, Ticket
from okno.tickets.operations.change import changing
from okno.tickets.operations.client_links import open_link
from okno.tickets.operations.deciding import take_up_again
from okno.tickets.operations.messages import NewMessage, add_answer, add_client_message
from okno.tickets.operations.moving import move_by_rule
from okno.tickets.operations.people import add_participant
from okno.tickets.operations.status import change_status
from okno.workflow.lifecycles import lifecycle_of

LINK = re.compile(r"https?://[^\s\"<>]+/answer/([A-Za-z0-9_-]+)/\?([a-z0-9=&;]+)")


def solve(cast: Cast, ticket: Ticket, text: str = "") -> None:
    """Olena proposes a solution, with words or without."""
    if text:
        add_answer(cast.actor("olena"), ticket, NewMessage(html=f"<p>{text}</p>"), then_status="resolved")
    else:
        change_status(cast.actor("olena"), ticket, "resolved")
    run_until_empty("events")


def letters(*kinds: str) -> list[OutgoingLetter]:
    return list(OutgoingLetter.objects.filter(kind__in=kinds or ["solution", "answer"]).order_by("id"))


def links(letter: Parsed, kind: str = "text/plain") -> list[tuple[str, str]]:
    return LINK.findall(part_text(letter, kind))


def test_a_solution_without_words_is_a_letter_of_its_own_f100(cast: Cast, mailbox: Mailbox) -> None:
    ticket = ask(cast)
    solve(cast, ticket)
    (letter,) = letters()
    read = parsed(letter)
    assert (letter.kind, letter.recipient, read["Auto-Submitted"]) == (
        "solution", "marta@kawa.example", "auto-generated",
    )  # fmt: skip
    assert read["X-Auto-Response-Suppress"] == "All"
    asked = [query for _token, query in links(read)]
    assert asked == ["score=3", "score=2", "score=1", "do=accept", "do=resume"]
    markup = part_text(read, "text/html")
    assert [query for _token, query in LINK.findall(markup)] == asked
    assert len({token for token, _query in links(read)}) == 1
    assert "<img" not in markup, "nothing is loaded and nothing travels along"
    text = part_text(read, "text/plain")
    assert "> The oven is cold." in text
    assert f"zgłoszenie nr {ticket.number}" in text or str(ticket.number) in text
    opened = open_link(links(read)[0][0], ClientLink.Purpose.SOLUTION)
    assert opened is not None
    assert opened.participant.address == "marta@kawa.example"


def test_a_solution_with_an_answer_is_one_letter_not_two_f212(cast: Cast, mailbox: Mailbox) -> None:
    solve(cast, ask(cast), "Switch it on.")
    (letter,) = letters()
    read = parsed(letter)
    assert (letter.kind, read["Auto-Submitted"]) == ("answer", None)
    text = part_text(read, "text/plain")
    assert text.index("Switch it on.") < text.index("score=3") < text.index("> The oven is cold.")
    assert not Event.objects.filter(kind=SOLUTION_QUEUED).exists()


def test_an_answer_that_solves_nothing_asks_nothing(cast: Cast, mailbox: Mailbox) -> None:
    ticket = ask(cast)
    add_answer(cast.actor("olena"), ticket, NewMessage(html="<p>We look into it.</p>"))
    run_until_empty("events")
    assert links(parsed(answers()[0])) == []
    assert not ClientLink.objects.exists()


def test_the_warning_that_it_closes_by_itself_stands_in_the_letter_f26(cast: Cast, mailbox: Mailbox) -> None:
    ticket = ask(cast)
    solve(cast, ticket)
    from okno.tickets.notices import closing_notice

    ticket.refresh_from_db()
    notice = closing_notice(ticket, "pl")
    assert notice is not None
    assert notice.for_client in part_text(parsed(letters()[0]), "text/plain")


def test_doing_it_twice_makes_no_second_letter_t8(cast: Cast, mailbox: Mailbox) -> None:
    solve(cast, ask(cast))
    Event.objects.filter(kind="ticket.status_changed").update(handled_at=None)
    run_until_empty("events")
    assert len(letters()) == 1
    assert ClientLink.objects.count() == 1


def test_each_solution_is_told_once_and_has_links_of_its_own(cast: Cast, mailbox: Mailbox) -> None:
    ticket = ask(cast)
    solve(cast, ticket)
    ((first, _query), *_rest) = links(parsed(letters()[0]))
    opened = open_link(first, ClientLink.Purpose.SOLUTION)
    assert opened is not None
    take_up_again(opened.actor, ticket, NewMessage(text="Still cold", contact=cast.marta))
    run_until_empty("events")
    assert len(letters()) == 1, "what the client does causes no letter to him"
    solve(cast, Ticket.objects.get(pk=ticket.pk))
    assert len(letters()) == 2
    ((second, _query), *_rest) = links(parsed(letters()[1]))
    assert second != first


def test_a_copy_may_answer_and_has_no_links_unless_others_rate(cast: Cast, mailbox: Mailbox) -> None:
    ticket = ask(cast)
    add_participant(cast.actor("olena"), ticket, "boss@kawa.example", name="Boss")
    settings_store.change(SYSTEM, {COPY_TO.key: "archive@vikno.example"})
    solve(cast, ticket)
    found = {each.recipient: links(parsed(each)) for each in letters()}
    assert set(found) == {"marta@kawa.example", "boss@kawa.example", "archive@vikno.example"}
    assert found["marta@kawa.example"]
    assert (found["boss@kawa.example"], found["archive@vikno.example"]) == ([], [])
    settings_store.change(SYSTEM, {"rating.who": "participants"})
    take_up_again_by_agent(cast, ticket)
    solve(cast, ticket)
    found = {each.recipient: links(parsed(each)) for each in letters()[3:]}
    assert found["archive@vikno.example"] == []
    tokens = {token for each in found.values() for token, _query in each}
    assert len(tokens) == 2, "each has links of his own"


def take_up_again_by_agent(cast: Cast, ticket: Ticket) -> None:
    change_status(cast.actor("olena"), ticket, "open")
    run_until_empty("events")


@pytest.mark.parametrize(("on", "asked"), [(False, ["do=accept", "do=resume"]), (True, None)])
def test_without_ratings_the_client_still_decides(
    cast: Cast, mailbox: Mailbox, on: bool, asked: list[str] | None
) -> None:
    settings_store.change(SYSTEM, {"rating.is_on": on, "rating.scale": "stars_5"})
    solve(cast, ask(cast))
    found = [query for _token, query in links(parsed(letters()[0]))]
    assert found == (asked or [f"score={each}" for each in (5, 4, 3, 2, 1)] + ["do=accept", "do=resume"])


def test_the_letter_can_be_switched_off(cast: Cast, mailbox: Mailbox) -> None:
    settings_store.change(SYSTEM, {"rating.letter": False})
    solve(cast, ask(cast))
    assert letters() == []
    other = ask(cast)
    solve(cast, other, "Switch it on.")
    assert links(parsed(letters()[0])) == []


def test_neither_rules_nor_the_client_cause_such_a_letter_t5(cast: Cast, mailbox: Mailbox) -> None:
    ticket = ask(cast)
    with changing(SYSTEM, "status", ticket) as locked:
        move_by_rule(SYSTEM, locked, lifecycle_of(locked.type_id), "resolved", {"because": "timer"})
    run_until_empty("events")
    for _each in range(20):
        add_client_message(SYSTEM, ticket, NewMessage(text="again", contact=cast.marta, channel="email"))
    run_until_empty("events")
    assert letters() == []
    assert not Event.objects.filter(kind=SOLUTION_QUEUED).exists()


def test_what_was_resumed_before_the_letter_was_written_is_not_told(cast: Cast, mailbox: Mailbox) -> None:
    ticket = ask(cast)
    change_status(cast.actor("olena"), ticket, "resolved")
    change_status(cast.actor("olena"), ticket, "open")
    run_until_empty("events")
    assert letters() == []
    (told,) = Event.objects.filter(kind=SOLUTION_QUEUED)
    assert [each["address"] for each in told.data["skipped"]] == ["marta@kawa.example"]


@override_settings(BASE_URL="https://desk.vikno.example")
def test_links_are_built_from_the_configured_address_only_t27(cast: Cast, mailbox: Mailbox) -> None:
    solve(cast, ask(cast))
    markup = part_text(parsed(letters()[0]), "text/html")
    hosts = set(re.findall(r'href="(https?://[^/"]+)', markup))
    assert hosts == {"https://desk.vikno.example"}
