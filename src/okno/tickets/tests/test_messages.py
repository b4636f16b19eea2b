"""The conversation: what each kind of message changes, and what it never changes."""

from __future__ import annotations

from typing import Any

import pytest

from okno.core.actor import SYSTEM
from okno.core.faults import Conflict, Forbidden, Invalid
from okno.testing.cast import Cast
from okno.tickets import access
from okno.tickets.models import PROMISE_COLUMNS, Message, Ticket
from okno.tickets.operations.messages import NewMessage, add_answer, add_client_message, add_note
from okno.tickets.operations.status import change_status
from okno.tickets.tests.standing import everything, new_ticket, told, without


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    return new_ticket(cast)


def from_marta(cast: Cast, text: str = "Still broken", **facts: Any) -> NewMessage:
    return NewMessage(text=text, contact=cast.marta, author_address="marta@kawa.example", channel="email", **facts)


def test_an_answer_accepts_a_new_ticket_and_ends_the_bold(cast: Cast, ticket: Ticket) -> None:
    """F52, F55."""
    add_answer(cast.actor("taras"), ticket, NewMessage(html="<p>On <b>it</b><script>x</script></p>"))
    ticket.refresh_from_db()
    assert (ticket.state, ticket.is_news, ticket.message_count) == ("open", False, 2)
    message = ticket.messages.latest("id")
    assert (message.text, message.author_kind, message.agent) == ("On it", Message.Author.AGENT, cast.taras)
    assert "script" not in message.html
    assert told(ticket, "ticket.status_changed")[0]["reason"] == {"because": "answered"}


def test_an_answer_sets_the_status_with_it_if_the_role_may(cast: Cast, ticket: Ticket) -> None:
    """F183."""
    before = everything(ticket)
    narrow = without(cast, "taras", "tickets.status").as_actor()
    with pytest.raises(Forbidden):
        add_answer(narrow, ticket, NewMessage(text="Done"), then_status="resolved")
    for code, fault in (("nonsense", Invalid), ("new", None), ("closed", None)):
        if fault is None:
            continue
        with pytest.raises(fault):
            add_answer(cast.actor("olena"), ticket, NewMessage(text="Done"), then_status=code)
    assert everything(ticket) == before
    add_answer(cast.actor("olena"), ticket, NewMessage(text="Done"), then_status="resolved")
    ticket.refresh_from_db()
    assert (ticket.state, ticket.version) == ("resolved", 2)
    add_answer(narrow, ticket, NewMessage(text="Anything else?"))
    ticket.refresh_from_db()
    assert ticket.state == "resolved"


def test_clients_do_not_answer_as_employees(cast: Cast, ticket: Ticket) -> None:
    for act in (add_answer, add_note):
        with pytest.raises(Forbidden):
            act(cast.actor("marta"), ticket, NewMessage(text="Closed by me"))
    assert ticket.messages.count() == 1


@pytest.mark.parametrize("markup", ["", " ", "<p></p>", "<p>&nbsp;<br></p>", "<script>x</script>"])
def test_an_empty_message_is_named_at_its_field(cast: Cast, ticket: Ticket, markup: str) -> None:
    before = everything(ticket)
    for act in (add_answer, add_note):
        with pytest.raises(Invalid) as caught:
            act(cast.actor("olena"), ticket, NewMessage(html=markup))
        assert list(caught.value.fields) == ["html"]
    assert everything(ticket) == before


def test_what_came_while_one_wrote_stops_the_answer_t30(cast: Cast, ticket: Ticket) -> None:
    seen = ticket.messages.get().pk
    add_note(cast.actor("taras"), ticket, NewMessage(text="Notes stop nobody"))
    add_answer(cast.actor("taras"), ticket, NewMessage(text="First"), last_seen=seen)
    came = [add_client_message(SYSTEM, ticket, from_marta(cast, text)).pk for text in ("One", "Two")]
    first = ticket.messages.get(text="First").pk
    before = everything(ticket)
    with pytest.raises(Conflict) as caught:
        add_answer(cast.actor("olena"), ticket, NewMessage(text="Late"), last_seen=seen)
    assert caught.value.code == "stale_conversation"
    assert caught.value.details == {"count": 3, "messages": [first, *came]}
    assert everything(ticket) == before
    add_answer(cast.actor("olena"), ticket, NewMessage(text="Anyway"))
    assert ticket.messages.latest("id").text == "Anyway"


@pytest.mark.parametrize("state", ["new", "open", "waiting", "resolved", "closed"])
def test_a_note_changes_neither_status_nor_bold_and_no_client_sees_it(
    cast: Cast, ticket: Ticket, state: str
) -> None:
    change_status(cast.actor("olena"), ticket, state)
    ticket.refresh_from_db()
    before = (ticket.state, ticket.is_news, ticket.reopenings, ticket.closed_at, ticket.message_count + 1)
    note = add_note(cast.actor("taras"), ticket, NewMessage(text="canary", is_public=True))
    ticket.refresh_from_db()
    assert (ticket.state, ticket.is_news, ticket.reopenings, ticket.closed_at, ticket.message_count) == before
    assert not note.is_public
    assert access.messages_visible_to(cast.actor("marta")).count() == 1
    assert not access.messages_mailed_to(ticket, ticket.participants.get()).filter(pk=note.pk).exists()
    assert told(ticket, "ticket.note_added") == [{"message": note.pk}]


@pytest.mark.parametrize(
    ("state", "after", "reopened"),
    [
        ("new", "new", False),
        ("open", "open", False),
        ("waiting", "open", False),
        ("resolved", "open", True),
        ("closed", "open", True),
    ],
)
def test_the_client_opens_again_what_waited_or_was_done(
    cast: Cast, ticket: Ticket, state: str, after: str, reopened: bool
) -> None:
    """F45, F184, F213."""
    change_status(cast.actor("olena"), ticket, state)
    Ticket.objects.filter(pk=ticket.pk).update(is_news=False)
    message = add_client_message(SYSTEM, ticket, from_marta(cast))
    ticket.refresh_from_db()
    assert (ticket.state, ticket.reopenings, ticket.is_news) == (after, int(reopened), True)
    assert (message.author_kind, message.contact) == (Message.Author.CONTACT, cast.marta)
    assert told(ticket, "ticket.message_added") == [{"message": message.pk, "reopened": reopened}]


@pytest.mark.parametrize("verified", [True, False])
@pytest.mark.parametrize("state", ["new", "waiting", "resolved", "closed"])
def test_words_of_machines_change_nothing_else_t6(cast: Cast, ticket: Ticket, state: str, verified: bool) -> None:
    """They stand in the conversation, for agents alone if unproven, and neither reopen nor mark as news."""
    change_status(cast.actor("olena"), ticket, state)
    Ticket.objects.filter(pk=ticket.pk).update(is_news=False)
    before = everything(ticket)
    message = add_client_message(SYSTEM, ticket, from_marta(cast, is_verified=verified), quietly=True)
    after = everything(ticket)
    for name in ("intervals", "participants", "watchers", "links"):
        assert after[name] == before[name], name
    changed = {key for key, value in after["ticket"][0].items() if value != before["ticket"][0][key]}
    assert changed == {"version", "message_count", "activity_at"}
    assert [event["kind"] for event in after["events"][len(before["events"]) :]] == [
        "ticket.message_added" if verified else "ticket.note_added"
    ]
    assert access.messages_visible_to(cast.actor("marta")).filter(pk=message.pk).exists() is verified


@pytest.mark.parametrize(
    ("state", "reopened"), [("new", False), ("waiting", False), ("resolved", True), ("closed", True)]
)
def test_unproven_words_are_for_agents_alone_who_are_made_to_look_t1(
    cast: Cast, ticket: Ticket, state: str, reopened: bool
) -> None:
    change_status(cast.actor("olena"), ticket, state)
    Ticket.objects.filter(pk=ticket.pk).update(is_news=False)
    before = everything(ticket)
    message = add_client_message(SYSTEM, ticket, from_marta(cast, is_verified=False))
    after = everything(ticket)
    for name in ("participants", "watchers", "links"):
        assert after[name] == before[name], name
    changed = {key for key, value in after["ticket"][0].items() if value != before["ticket"][0][key]}
    of_state = {"state", "status_id", "reopenings", "resolved_at", "closed_at", *PROMISE_COLUMNS}
    of_timer = {"closes_at", "timer_interval"}  # nothing closes before somebody has looked
    assert changed - of_state - of_timer == {"version", "message_count", "activity_at", "is_news"}
    assert bool(changed & of_timer) is (state in {"waiting", "resolved"})
    assert after["ticket"][0]["closes_at"] is None
    assert bool(changed & of_state) is reopened
    assert [event["kind"] for event in after["events"][len(before["events"]) :]] == [
        *(["ticket.status_changed"] if reopened else []),
        "ticket.note_added",
    ]
    assert not access.messages_visible_to(cast.actor("marta")).filter(pk=message.pk).exists()


def test_an_unknown_author_is_shown_by_address_and_never_as_an_employee_t4(cast: Cast, ticket: Ticket) -> None:
    new = NewMessage(
        text="Hi", author_name=cast.olena.name, author_address="olena@vikno.example", is_verified=False
    )
    message = add_client_message(SYSTEM, ticket, new)
    assert (message.author_kind, message.agent, message.contact) == (Message.Author.OUTSIDER, None, None)
    assert (message.author_address, message.is_verified) == ("olena@vikno.example", False)


def test_what_the_database_cannot_keep_is_replaced_and_the_rest_is_kept_t34(cast: Cast, ticket: Ticket) -> None:
    text = "a\x00b 𝄞 \U0010ffff " + "ж" * 1_000_000
    message = add_client_message(SYSTEM, ticket, from_marta(cast, text, quoted_text="q\x00"))
    message.refresh_from_db()
    assert message.text == text.replace("\x00", "\ufffd")
    assert message.quoted_text == "q\ufffd"
