"""Tickets through the API: listed, read, created, changed, assigned; by whom, and with which refusals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from okno.api.tests.conftest import Caller, error_of, fields_of
from okno.core import drains
from okno.people.models import Contact
from okno.testing.cast import Cast
from okno.tickets.models import Message, Ticket
from okno.tickets.operations.messages import NewMessage, add_note
from okno.tickets.operations.people import add_watcher
from okno.workflow.models import TicketType


def test_list_gives_tickets_page_by_page(caller: Callable[..., Caller]) -> None:
    program = caller("olena")
    made = [program.post("tickets", {"subject": f"Ticket {n}"}).json()["number"] for n in range(5)]
    seen, cursor = [], ""
    for _page in range(3):
        page = program.get(
            f"tickets?sort=number&limit=2&cursor={cursor}" if cursor else "tickets?sort=number&limit=2"
        )
        seen += [item["number"] for item in page.json()["items"]]
        cursor = page.json()["next_cursor"]
    assert (seen, cursor) == (made, None)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", True), ("state=new", True), ("state=new,open", True), ("state=new&state=open", True),
        ("state=closed", False), ("assignee=none", True), ("assignee=me", False), ("section=active", True),
        ("section=closed", False), ("q=silent", True), ("q=print+blink", True), ("q=Nowak", True), ("q=absent", False),
        ("unread=true", True), ("updated_since=2020-01-01T00:00:00%2B02:00", True), ("team=none", False),
        ("updated_since=2099-01-01T00:00:00Z", False), ("type=incident", False), ("priority=normal", True),
    ],
)  # fmt: skip
def test_filters(caller: Callable[..., Caller], ticket: Ticket, query: str, found: bool) -> None:
    drains.run_until_empty("events")
    items = caller("olena").get(f"tickets?{query}").json()["items"]
    assert [item["number"] for item in items] == ([ticket.number] if found else [])


def test_read_gives_everything_around_a_ticket(cast: Cast, caller: Callable[..., Caller], ticket: Ticket) -> None:
    add_note(cast.actor("taras"), ticket, NewMessage(text="For us"))
    add_watcher(cast.actor("taras"), ticket, agent=cast.taras)
    answer = caller("olena").get(f"tickets/{ticket.number}")
    body = answer.json()
    assert answer["ETag"] == f'"{body["version"]}"'
    assert body["contact"] == {"id": cast.marta.pk, "name": "Marta Nowak"}
    assert body["company"]["name"] == "Kawa i Ciasto"
    assert [(each["is_public"], each["text"]) for each in body["messages"]] == [
        (True, "It blinks red."),
        (False, "For us"),
    ]
    assert body["participants"][0]["email"] == "marta@kawa.example"
    assert body["watchers"][0]["agent"]["name"] == "Taras Vovk"
    assert [each["kind"] for each in body["events"]] == [
        "ticket.created",
        "ticket.note_added",
        "ticket.watcher_added",
    ]
    assert body["url"].endswith(f"/api/v1/tickets/{ticket.number}")


def test_long_conversations_are_read_page_by_page(
    cast: Cast, caller: Callable[..., Caller], ticket: Ticket
) -> None:
    Message.objects.bulk_create(
        Message(ticket=ticket, is_public=True, author_kind="agent", agent=cast.olena, channel="desk", text=str(n))
        for n in range(120)
    )
    program = caller("olena")
    body = program.get(f"tickets/{ticket.number}").json()
    assert len(body["messages"]) == 100
    assert (body["has_earlier_messages"], body["messages"][-1]["text"]) == (True, "119")
    texts, cursor = [], ""
    while cursor is not None:
        page = program.get(
            f"tickets/{ticket.number}/messages?limit=50" + (f"&cursor={cursor}" if cursor else "")
        ).json()
        texts += [each["text"] for each in page["items"]]
        cursor = page["next_cursor"]
    assert texts == ["It blinks red.", *map(str, range(120))]
    assert len(program.get(f"tickets/{ticket.number}/events").json()["items"]) == 1


def test_lists_take_the_same_queries_for_one_row_and_for_fifty(
    caller: Callable[..., Caller], django_assert_num_queries: Any
) -> None:
    program = caller("olena")
    for n in range(50):
        program.post("tickets", {"subject": str(n), "contact_email": f"c{n % 7}@kawa.example", "text": "x"})
    with django_assert_num_queries(2):  # token, tickets
        assert len(program.get("tickets").json()["items"]) == 50
    program.get("contacts")
    with django_assert_num_queries(5):  # token, contacts, addresses, affiliations, companies
        assert len(program.get("contacts").json()["items"]) > 7


def test_reading_a_ticket_takes_a_fixed_number_of_queries(
    cast: Cast, caller: Callable[..., Caller], ticket: Ticket, django_assert_num_queries: Any
) -> None:
    for n in range(20):
        add_note(cast.actor("taras"), ticket, NewMessage(text=str(n)))
    program = caller("olena")
    program.get("me")
    with django_assert_num_queries(7):  # token, ticket, messages, files, participants, watchers, events
        assert len(program.get(f"tickets/{ticket.number}").json()["messages"]) == 21


def test_creation_takes_few_queries(
    cast: Cast, caller: Callable[..., Caller], django_assert_max_num_queries: Any
) -> None:
    program = caller("olena")
    program.post("tickets", {"subject": "the process knows types, statuses and priorities by now"})
    with django_assert_max_num_queries(18):  # four of them for the key, four of savepoints
        data = {"subject": "x", "text": "y", "contact": cast.marta.pk}
        assert program.post("tickets", data, Idempotency_Key="a").status_code == 201


def test_create_for_a_contact(cast: Cast, caller: Callable[..., Caller]) -> None:
    data = {
        "subject": "Kasa nie działa",
        "html": "<p>Od rana <b>nie działa</b>.</p><script>alert(1)</script>",
        "contact": cast.piotr.pk,
        "type": "incident",
        "priority": "high",
        "assignee": cast.taras.pk,
        "team": cast.first_line.pk,
    }
    body = caller("olena").post("tickets", data).json()
    assert (body["type"]["code"], body["priority"]["code"], body["assignee"]["name"]) == (
        "incident",
        "high",
        "Taras Vovk",
    )
    assert body["company"]["id"] == cast.kawa.pk
    message = caller("olena").get(f"tickets/{body['number']}").json()["messages"][0]
    assert message["author"]["kind"] == "contact"
    assert "script" not in message["html"]
    assert message["text"] == "Od rana nie działa."
    assert body["channel"] == "api"
    ticket = Ticket.objects.get()
    assert ticket.participants.get().address == "piotr@kawa.example"


def test_create_by_address_finds_or_registers_the_contact(cast: Cast, caller: Callable[..., Caller]) -> None:
    program = caller("marek")
    known = program.post("tickets", {"subject": "x", "contact_email": "MARTA@kawa.example"}).json()
    assert known["contact"]["id"] == cast.marta.pk
    new = program.post(
        "tickets", {"subject": "x", "contact_email": "ewa@kawa.example", "contact_name": "Ewa"}
    ).json()
    assert (new["contact"]["name"], new["company"]["id"]) == ("Ewa", cast.kawa.pk)
    assert Contact.objects.filter(name="Ewa").count() == 1


def test_create_in_the_agents_own_words(cast: Cast, caller: Callable[..., Caller]) -> None:
    program = caller("olena")
    data = {"subject": "x", "text": "We plan a visit.", "contact": cast.marta.pk, "author": "agent"}
    number = program.post("tickets", data).json()["number"]
    assert program.get(f"tickets/{number}").json()["messages"][0]["author"] == {
        "kind": "agent",
        "id": cast.olena.pk,
        "name": "Olena Kravets",
        "email": "",
    }


def test_who_cannot_be_responsible_is_refused(cast: Cast, caller: Callable[..., Caller], ticket: Ticket) -> None:
    cast.marek.is_active = False
    cast.marek.save()
    program = caller("olena")
    assert fields_of(program.post("tickets", {"subject": "x", "assignee": cast.marek.pk})) == {"assignee"}
    assert fields_of(program.put(f"tickets/{ticket.number}/assignee", {"agent": cast.marek.pk})) == {"agent"}
    assert fields_of(program.put(f"tickets/{ticket.number}/assignee", {"agent": 10**9})) == {"agent"}


def test_change_is_all_or_nothing(cast: Cast, caller: Callable[..., Caller], ticket: Ticket) -> None:
    program, path = caller("olena"), f"tickets/{ticket.number}"
    changes = {
        "subject": "Printer burns",
        "type": "incident",
        "priority": "critical",
        "contact": cast.jan.pk,
        "company": None,
    }
    body = program.patch(path, changes).json()
    assert (body["subject"], body["type"]["code"], body["priority"]["code"]) == (
        "Printer burns",
        "incident",
        "critical",
    )
    assert (body["contact"]["id"], body["company"]) == (cast.jan.pk, None)
    assert fields_of(program.patch(path, {"subject": "Other", "type": "nonsense"})) == {"type"}
    assert fields_of(program.patch(path, {"subject": None, "priority": None})) == {"subject", "priority"}
    assert fields_of(program.patch(path, {"subject": " "})) == {"subject"}
    assert Ticket.objects.get().subject == "Printer burns"


@pytest.mark.parametrize("by_header", [True, False])
def test_a_stale_version_changes_nothing(caller: Callable[..., Caller], ticket: Ticket, by_header: bool) -> None:
    program, path = caller("olena"), f"tickets/{ticket.number}"
    assert program.patch(path, {"priority": "high"}).json()["version"] == 2

    def stale(method: str, address: str, data: dict[str, Any]) -> Any:
        if by_header:
            return program.call(method, address, data, If_Match='"1"')
        return program.call(method, address, {**data, "version": 1})

    for method, address, data in (
        ("PATCH", path, {"priority": "low"}),
        ("PATCH", path, {}),
        ("PUT", f"{path}/status", {"status": "closed"}),
        ("PUT", f"{path}/assignee", {"agent": None, "team": None}),
    ):
        assert error_of(stale(method, address, data), 409, "conflict") == {"version": 2, "expected_version": 1}
    assert Ticket.objects.get().version == 2
    fresh = program.call("PATCH", path, {"subject": "New", "priority": "low", "type": "incident"}, If_Match='W/"2"')
    assert fresh.json()["version"] == 5


def test_versions_that_are_none_are_refused(caller: Callable[..., Caller], ticket: Ticket) -> None:
    program, path = caller("olena"), f"tickets/{ticket.number}"
    assert fields_of(program.patch(path, {}, If_Match="abc")) == {"If-Match"}
    assert fields_of(program.patch(path, {"version": 1}, If_Match='"2"')) == {"version"}
    assert fields_of(program.patch(path, {"version": 0})) == {"version"}


def test_status_follows_the_lifecycle(caller: Callable[..., Caller], ticket: Ticket) -> None:
    program, path = caller("olena"), f"tickets/{ticket.number}/status"
    assert program.put(path, {"status": "closed"}).json()["status"] == {
        "code": "closed",
        "name": "Closed",
        "state": "closed",
    }
    error_of(program.put(path, {"status": "waiting"}), 409, "no_transition")
    assert fields_of(program.put(path, {"status": "nonsense"})) == {"status"}
    assert fields_of(program.put(path, {})) == {"status"}


def test_assignee_keeps_what_is_left_out(cast: Cast, caller: Callable[..., Caller], ticket: Ticket) -> None:
    program, path = caller("olena"), f"tickets/{ticket.number}/assignee"
    body = program.put(path, {"agent": cast.taras.pk}).json()
    assert (body["assignee"]["id"], body["team"]["id"]) == (cast.taras.pk, cast.first_line.pk)
    body = program.put(path, {"team": None}).json()
    assert (body["assignee"]["id"], body["team"]) == (cast.taras.pk, None)


def test_claim(cast: Cast, caller: Callable[..., Caller], ticket: Ticket) -> None:
    path = f"tickets/{ticket.number}/claim"
    assert caller("taras").post(path).json()["assignee"]["id"] == cast.taras.pk
    assert error_of(caller("olena").post(path), 409, "already_taken") == {"assignee": cast.taras.pk}


def test_watchers(cast: Cast, caller: Callable[..., Caller], ticket: Ticket) -> None:
    program, path = caller("olena"), f"tickets/{ticket.number}/watchers"
    watcher = program.post(path, {"team": cast.second_line.pk}).json()
    assert watcher["team"]["name"] == "Second line"
    assert program.post(path, {"team": cast.second_line.pk}).json() == watcher
    assert fields_of(program.post(path, {})) == {"agent"}
    assert fields_of(program.post(path, {"agent": 1, "team": 1})) >= {"agent"}
    assert caller("marek").get(f"tickets/{ticket.number}").status_code == 200
    assert program.delete(f"{path}/{watcher['id']}").status_code == 204
    error_of(program.delete(f"{path}/{watcher['id']}"), 404, "not_found")
    error_of(program.delete(f"{path}/{10**30}"), 404, "not_found")


def test_participants(caller: Callable[..., Caller], ticket: Ticket) -> None:
    program, path = caller("olena"), f"tickets/{ticket.number}/participants"
    row = program.post(path, {"email": "New@Kawa.example", "name": "New"}).json()
    assert (row["email"], row["is_confirmed"]) == ("new@kawa.example", True)
    assert fields_of(program.post(path, {"email": "nobody"})) == {"email"}
    assert program.post(f"{path}/{row['id']}/confirm").status_code == 200
    assert program.delete(f"{path}/{row['id']}").status_code == 204
    requester = ticket.participants.get()
    assert fields_of(program.delete(f"{path}/{requester.pk}")) == {"participant"}


def test_internal_types_can_be_chosen_and_retired_ones_not(caller: Callable[..., Caller]) -> None:
    program = caller("olena")
    assert program.post("tickets", {"subject": "x", "type": "task"}).json()["is_internal"] is True
    TicketType.objects.filter(code="task").update(is_active=False)
    assert fields_of(program.post("tickets", {"subject": "x", "type": "task"})) == {"type"}
