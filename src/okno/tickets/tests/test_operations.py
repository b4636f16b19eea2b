"""What holds for every operation on a ticket: rights, sight, stale versions, the version, all or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from okno.core import clock
from okno.core.actor import SYSTEM, Actor
from okno.core.faults import Conflict, Forbidden, NotVisible
from okno.core.models import Event
from okno.testing.cast import Cast
from okno.tickets.models import Ticket
from okno.tickets.operations import assigning, change, editing, messages, people, status
from okno.tickets.operations.messages import NewMessage
from okno.tickets.tests.standing import Broken, at, break_in_the_middle, everything, new_ticket, told, without
from okno.workflow.models import Priority, TicketType

Run = Callable[[Cast, Actor, Ticket, dict[str, Any]], object]


@dataclass(frozen=True)
class Case:
    """An operation with good values; ``kind`` is its event, ``right`` what a role must grant for it."""

    run: Run
    right: str
    kind: str
    versioned: bool = False


def _code(model: type[TicketType | Priority], code: str) -> Any:
    return model._default_manager.get(code=code)


CASES = {
    "status": Case(lambda c, a, t, v: status.change_status(a, t, "resolved", **v), "tickets.status", "ticket.status_changed", True),
    "assign": Case(lambda c, a, t, v: assigning.assign(a, t, agent=c.taras, team=c.first_line, **v), "tickets.assign", "ticket.assigned", True),
    "claim": Case(lambda c, a, t, v: assigning.claim(a, t), "tickets.assign", "ticket.assigned"),
    "subject": Case(lambda c, a, t, v: editing.change_subject(a, t, "Scanner", **v), "tickets.edit", "ticket.subject_changed", True),
    "type": Case(lambda c, a, t, v: editing.change_type(a, t, _code(TicketType, "task"), **v), "tickets.edit", "ticket.type_changed", True),
    "priority": Case(lambda c, a, t, v: editing.change_priority(a, t, _code(Priority, "high"), **v), "tickets.edit", "ticket.priority_changed", True),
    "client": Case(lambda c, a, t, v: editing.change_client(a, t, contact=c.jan, company=c.nordwind, **v), "tickets.edit", "ticket.client_changed", True),
    "answer": Case(lambda c, a, t, v: messages.add_answer(a, t, NewMessage(text="Yes")), "tickets.answer", "ticket.message_added"),
    "note": Case(lambda c, a, t, v: messages.add_note(a, t, NewMessage(text="Hm")), "tickets.note", "ticket.note_added"),
    "watcher": Case(lambda c, a, t, v: people.add_watcher(a, t, team=c.second_line), "tickets.edit", "ticket.watcher_added"),
    "unwatch": Case(lambda c, a, t, v: people.remove_watcher(a, t, t.watchers.get()), "tickets.edit", "ticket.watcher_removed"),
    "participant": Case(lambda c, a, t, v: people.add_participant(a, t, "a@b.example"), "tickets.edit", "ticket.participant_added"),
    "confirm": Case(lambda c, a, t, v: people.confirm_participant(a, t, t.participants.get(is_requester=False)), "tickets.edit", "ticket.participant_confirmed"),
    "expel": Case(lambda c, a, t, v: people.remove_participant(a, t, t.participants.get(is_requester=False)), "tickets.edit", "ticket.participant_removed"),
    "link": Case(lambda c, a, t, v: people.link(a, t, Ticket.objects.exclude(pk=t.pk).get()), "tickets.edit", "ticket.linked"),
}  # fmt: skip
NAMES = sorted(CASES)


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    """A ticket with a watcher, somebody in copy who is not confirmed, and another ticket beside it."""
    with clock.frozen_at(at(0)):
        new_ticket(cast, subject="Beside")
        made = new_ticket(cast)
        people.add_watcher(cast.actor("olena"), made, agent=cast.taras)
        people.add_participant(SYSTEM, made, "copy@kawa.example", confirmed=False)
    made.refresh_from_db()
    return made


@pytest.mark.parametrize("name", NAMES)
def test_it_works_is_told_once_and_counts_the_version(cast: Cast, ticket: Ticket, name: str) -> None:
    case, before = CASES[name], ticket.version
    known = set(Event.objects.values_list("pk", flat=True))
    with clock.frozen_at(at(30)):
        case.run(cast, cast.actor("olena"), ticket, {"expected_version": before} if case.versioned else {})
    ticket.refresh_from_db()
    assert (ticket.version, ticket.activity_at) == (before + 1, at(30))
    new = Event.objects.exclude(pk__in=known)
    event = new.get(kind=case.kind)
    assert (event.object_kind, event.object_id, event.at) == ("ticket", ticket.pk, at(30))
    assert (event.actor_kind, event.actor_id, event.actor_name) == ("agent", cast.olena.pk, cast.olena.name)
    # The first answer accepts a new ticket, and makes its author responsible (F228).
    also = {"ticket.status_changed", "ticket.assigned"} if name == "answer" else set()
    assert set(new.values_list("kind", flat=True)) == {case.kind} | also


@pytest.mark.parametrize("name", NAMES)
def test_without_the_right_it_is_forbidden(cast: Cast, ticket: Ticket, name: str) -> None:
    case = CASES[name]
    narrow, before = without(cast, "olena", case.right).as_actor(), everything(ticket)
    token = cast.olena.as_actor(limits=frozenset({"tickets.view_all", "people.view"}))
    for actor in (narrow, token, cast.actor("marta")):
        with pytest.raises(Forbidden):
            case.run(cast, actor, ticket, {})
    assert everything(ticket) == before


@pytest.mark.parametrize("name", NAMES)
def test_for_whom_the_ticket_is_invisible_it_does_not_exist(cast: Cast, ticket: Ticket, name: str) -> None:
    assigning.assign(cast.actor("olena"), ticket, agent=cast.olena, team=None)
    before = everything(ticket)
    with pytest.raises(NotVisible):
        CASES[name].run(cast, cast.actor("marek"), ticket, {})
    assert everything(ticket) == before


@pytest.mark.parametrize("name", [name for name in NAMES if CASES[name].versioned])
def test_with_a_stale_version_nothing_happens_t30(cast: Cast, ticket: Ticket, name: str) -> None:
    seen = ticket.version
    messages.add_note(cast.actor("taras"), ticket, NewMessage(text="I was here"))
    before = everything(ticket)
    with pytest.raises(Conflict) as caught:
        CASES[name].run(cast, cast.actor("olena"), ticket, {"expected_version": seen})
    assert caught.value.details == {"version": seen + 1, "expected_version": seen}
    assert everything(ticket) == before


@pytest.mark.parametrize("name", NAMES)
def test_what_fails_in_the_middle_leaves_nothing(
    cast: Cast, ticket: Ticket, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything(ticket)
    break_in_the_middle(monkeypatch)
    with pytest.raises(Broken):
        CASES[name].run(cast, cast.actor("olena"), ticket, {})
    assert everything(ticket) == before


def test_a_ticket_is_registered_whole_or_not_at_all(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    break_in_the_middle(monkeypatch)
    with pytest.raises(Broken):
        new_ticket(cast)
    assert not Ticket.objects.exists()


def test_the_same_value_again_is_no_news(cast: Cast, ticket: Ticket) -> None:
    olena = cast.actor("olena")
    for _time in range(2):
        status.change_status(olena, ticket, "open")
        assigning.claim(olena, ticket)
        editing.change_subject(olena, ticket, "Printer  burns ")
        editing.change_priority(olena, ticket, Priority.objects.get(code="low"))
        people.add_watcher(olena, ticket, team=cast.first_line)
        people.add_participant(olena, ticket, "New@kawa.example")
    for kind in ("status_changed", "assigned", "subject_changed", "priority_changed"):
        assert len(told(ticket, f"ticket.{kind}")) == 1, kind
    assert len(told(ticket, "ticket.participant_added")) == 2


def test_who_loses_sight_while_waiting_for_his_turn_changes_nothing_t21(
    cast: Cast, ticket: Ticket, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the question and the lock somebody gives the ticket away; the second look finds that out."""
    asked = change.access.require
    passed: list[str] = []

    def require(actor: Actor, verb: str, about: Ticket | None = None) -> None:
        asked(actor, verb, about)
        if not passed:
            passed.append(verb)
            assigning.assign(SYSTEM, Ticket.objects.get(pk=ticket.pk), agent=cast.olena, team=None)

    monkeypatch.setattr(change.access, "require", require)
    with pytest.raises(NotVisible):
        messages.add_note(cast.actor("marek"), ticket, NewMessage(text="Mine?"))
    assert passed
    assert ticket.messages.count() == 1
