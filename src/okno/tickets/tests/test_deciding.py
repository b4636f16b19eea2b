"""What the client decides, what a way asks for, and priorities by impact and urgency."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from okno.core import clock
from okno.core.actor import SYSTEM, Actor
from okno.core.faults import Conflict, Fault, Forbidden, Invalid, NotVisible
from okno.testing.cast import Cast
from okno.tickets.models import Ticket
from okno.tickets.operations.classifying import OnTheWay, classify, use_computed_priority
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.deciding import accept_solution, reject_solution, renew
from okno.tickets.operations.editing import change_priority, change_type, status_after_type
from okno.tickets.operations.messages import NewMessage, add_answer
from okno.tickets.operations.status import change_status, resume
from okno.tickets.tests.lifecycles import add_status, bend, changed, lifecycle
from okno.tickets.tests.standing import everything, new_ticket, told, without
from okno.tickets.transitions import allowed_transitions
from okno.workflow import catalogue
from okno.workflow.models import Impact, MatrixCell, Priority, Service, TicketType, Urgency


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    return new_ticket(cast)


def by(model: Any, code: str) -> Any:
    return model.objects.get(code=code)


def resolved(cast: Cast, ticket: Ticket) -> Actor:
    change_status(cast.actor("olena"), ticket, "resolved")
    return cast.actor("marta")


def test_accepting_closes_f25(cast: Cast, ticket: Ticket) -> None:
    accept_solution(resolved(cast, ticket), ticket)
    ticket.refresh_from_db()
    assert (ticket.status.code, ticket.closes_at, ticket.reopenings) == ("closed", None, 0)
    assert told(ticket, "ticket.status_changed")[-1]["reason"] == {"because": "solution accepted"}


def test_rejecting_says_why_and_goes_on_f24_f213(cast: Cast, ticket: Ticket) -> None:
    marta = resolved(cast, ticket)
    reject_solution(marta, ticket, NewMessage(text="It still does not print"))
    ticket.refresh_from_db()
    assert (ticket.status.code, ticket.reopenings, ticket.is_news, ticket.closes_at) == ("open", 1, True, None)
    said = ticket.messages.latest("id")
    assert (said.text, said.is_public, said.contact) == ("It still does not print", True, cast.marta)
    assert ticket.message_count == 2


def test_rejecting_needs_a_reason(cast: Cast, ticket: Ticket) -> None:
    marta = resolved(cast, ticket)
    before = everything(ticket)
    with pytest.raises(Invalid) as caught:
        reject_solution(marta, ticket, NewMessage(text="  "))
    assert list(caught.value.fields) == ["reason"]
    assert everything(ticket) == before


@pytest.mark.parametrize(("who", "refusal"), [("piotr", NotVisible), ("jan", NotVisible), ("olena", Forbidden)])
def test_only_the_client_of_the_ticket_decides(cast: Cast, ticket: Ticket, who: str, refusal: type[Fault]) -> None:
    resolved(cast, ticket)
    before = everything(ticket)
    for act in (accept_solution, renew):
        with pytest.raises(refusal):
            act(cast.actor(who), ticket)
    with pytest.raises(refusal):
        reject_solution(cast.actor(who), ticket, NewMessage(text="No"))
    assert everything(ticket) == before


def test_what_is_not_resolved_is_not_decided(cast: Cast, ticket: Ticket) -> None:
    for act in (accept_solution, renew):
        with pytest.raises(Conflict):
            act(cast.actor("marta"), ticket)


@pytest.mark.parametrize(("days", "allowed"), [(6, True), (8, False)])
def test_the_client_takes_up_again_for_some_days_and_employees_always_w15(
    cast: Cast, ticket: Ticket, days: int, allowed: bool
) -> None:
    change_status(cast.actor("olena"), ticket, "closed")
    with clock.frozen_at(clock.now() + timedelta(days=days)):
        if allowed:
            renew(cast.actor("marta"), ticket, NewMessage(text="Again"))
        else:
            with pytest.raises(Conflict) as caught:
                renew(cast.actor("marta"), ticket)
            assert caught.value.code == "closed_for_good"
            ticket.refresh_from_db()
            assert not any(choice.allowed for choice in allowed_transitions(cast.actor("marta"), ticket))
            resume(cast.actor("marek"), ticket)
    ticket.refresh_from_db()
    assert (ticket.status.code, ticket.reopenings) == ("open", 1)


def test_both_sides_agree_where_the_lifecycle_wants_it_f23(cast: Cast, ticket: Ticket) -> None:
    bend("resolved", "closed", by_agents=False)
    marta = resolved(cast, ticket)
    with pytest.raises(Conflict) as caught:
        change_status(cast.actor("olena"), ticket, "closed")
    assert caught.value.details["reason"] == "only_client"
    assert "Only the client" in caught.value.message
    accept_solution(marta, ticket)


def test_a_way_for_some_roles(cast: Cast, ticket: Ticket) -> None:
    from okno.people.models import Role

    way = bend("new", "closed")
    way.roles.set([Role.objects.get(code="lead")])
    changed(lifecycle())
    choices = {choice.status.code: choice for choice in allowed_transitions(cast.actor("marek"), ticket)}
    assert not choices["closed"].allowed
    assert "role" in choices["closed"].refusal
    assert choices["open"].is_simple
    assert choices["postponed"].allowed
    assert not choices["postponed"].is_simple
    with pytest.raises(Conflict) as caught:
        change_status(cast.actor("marek"), ticket, "closed")
    assert caught.value.details["reason"] == "other_role"
    change_status(cast.actor("taras"), ticket, "closed")


def test_what_is_offered_says_why_not(cast: Cast, ticket: Ticket) -> None:
    agent = without(cast, "marek", "tickets.status")
    refused = [choice.refusal for choice in allowed_transitions(agent.as_actor(), ticket)]
    assert refused
    assert all(refused)


def test_a_way_may_ask_for_words_and_facts_all_or_nothing(cast: Cast, ticket: Ticket) -> None:
    bend("new", "resolved", comment="required", comment_is_public=True, required=["assignee", "service"])
    olena, service = cast.actor("olena"), Service.objects.create(code="mail")
    before = everything(ticket)
    with pytest.raises(Invalid) as caught:
        change_status(olena, ticket, "resolved")
    assert set(caught.value.fields) == {"comment", "assignee", "service"}
    facts = OnTheWay(assignee=cast.taras, service=service)
    with pytest.raises(Invalid) as caught:
        change_status(olena, ticket, "resolved", facts=facts)
    assert list(caught.value.fields) == ["comment"]
    assert everything(ticket) == before
    change_status(olena, ticket, "resolved", facts=facts, comment=NewMessage(text="A new drum", is_public=False))
    ticket.refresh_from_db()
    assert (ticket.status.code, ticket.assignee, ticket.service) == ("resolved", cast.taras, service)
    said = ticket.messages.latest("id")
    assert (said.text, said.is_public) == ("A new drum", True)
    assert (ticket.version, ticket.message_count) == (2, 2)


def test_an_answer_is_the_words_of_its_way(cast: Cast, ticket: Ticket) -> None:
    bend("new", "resolved", comment="required")
    add_answer(cast.actor("olena"), ticket, NewMessage(text="Done"), then_status="resolved")
    ticket.refresh_from_db()
    assert ticket.status.code == "resolved"


def test_an_answer_may_postpone(cast: Cast, ticket: Ticket) -> None:
    until = clock.now() + timedelta(days=2)
    add_answer(cast.actor("olena"), ticket, NewMessage(text="On Monday"), then_status="postponed", until=until)
    ticket.refresh_from_db()
    assert (ticket.state, ticket.until_at) == ("postponed", until)


def test_another_type_leads_to_its_own_status_and_says_so_before(cast: Cast, ticket: Ticket) -> None:
    add_status("workshop", "open")
    change_status(cast.actor("olena"), ticket, "workshop")
    kind = TicketType.objects.get(code="incident")
    ticket.refresh_from_db()
    assert status_after_type(ticket, kind).code == "open"
    change_type(cast.actor("olena"), ticket, kind)
    ticket.refresh_from_db()
    assert ticket.status.code == "open"
    assert told(ticket, "ticket.status_changed")[-1]["reason"] == {"because": "type changed", "type": "incident"}


def test_a_status_that_left_its_lifecycle_leads_back(cast: Cast, ticket: Ticket) -> None:
    row = lifecycle()
    row.transitions.filter(before__code="new").delete()
    row.places.filter(status__code="new").delete()
    row.places.filter(status__code="open").update(is_initial=True)
    changed(row)
    assert {choice.status.code for choice in allowed_transitions(cast.actor("marek"), ticket)} >= {"open", "closed"}
    change_status(cast.actor("marek"), ticket, "waiting")


CELLS = [("person", "later", "low"), ("company", "now", "critical"), ("team", "soon", "normal")]


@pytest.mark.parametrize(("impact", "urgency", "priority"), CELLS)
def test_impact_and_urgency_make_the_priority_f211(
    cast: Cast, ticket: Ticket, impact: str, urgency: str, priority: str
) -> None:
    olena = cast.actor("olena")
    change = classify(olena, ticket, impact=by(Impact, impact))
    assert change.priority.code == "normal"
    classify(olena, ticket, urgency=by(Urgency, urgency))
    ticket.refresh_from_db()
    assert (ticket.priority.code, ticket.priority_is_manual) == (priority, False)
    assert [data["after"] for data in told(ticket, "ticket.impact_changed")] == [impact]
    made = create_ticket(
        SYSTEM,
        NewTicket("x", NewMessage(text="x"), "desk", impact=by(Impact, impact), urgency=by(Urgency, urgency)),
    )
    assert (made.priority.code, made.priority_is_manual) == (priority, False)


def test_a_priority_chosen_by_hand_stays_until_it_is_given_up(cast: Cast, ticket: Ticket) -> None:
    olena = cast.actor("olena")
    change_priority(olena, ticket, by(Priority, "high"))
    classify(olena, ticket, impact=by(Impact, "company"), urgency=by(Urgency, "now"))
    ticket.refresh_from_db()
    assert (ticket.priority.code, ticket.priority_is_manual) == ("high", True)
    use_computed_priority(olena, ticket)
    ticket.refresh_from_db()
    assert (ticket.priority.code, ticket.priority_is_manual) == ("critical", False)
    assert told(ticket, "ticket.priority_changed")[-1]["reason"] == {"because": "matrix"}


def test_an_empty_cell_makes_none(cast: Cast, ticket: Ticket) -> None:
    MatrixCell.objects.all().delete()
    classify(cast.actor("olena"), ticket, impact=by(Impact, "company"), urgency=by(Urgency, "now"))
    ticket.refresh_from_db()
    assert ticket.priority.code == "normal"
    with pytest.raises(Invalid):
        use_computed_priority(cast.actor("olena"), ticket)


def test_services_that_are_off_are_refused_and_paths_are_whole(cast: Cast, ticket: Ticket) -> None:
    net = Service.objects.create(code="net", names={"en": "Network"})
    wifi = Service.objects.create(code="wifi", names={"en": "Wi-Fi"}, parent=net)
    old = Service.objects.create(code="fax", is_active=False)
    catalogue.forget()
    assert catalogue.path_of(wifi) == "Network / Wi-Fi"
    assert [(depth, row.code) for depth, row in catalogue.service_tree()] == [(0, "net"), (1, "wifi")]
    with pytest.raises(Invalid) as caught:
        classify(cast.actor("olena"), ticket, service=old)
    assert list(caught.value.fields) == ["service"]
    classify(cast.actor("olena"), ticket, service=wifi)
    classify(cast.actor("olena"), ticket, service=None)
    assert [data["after"] for data in told(ticket, "ticket.service_changed")] == ["wifi", ""]
