"""Answers to a request form: checked with the ticket, kept as they were asked, found, erased (F6, F195)."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from okno.core.actor import SYSTEM, Actor
from okno.core.faults import Invalid
from okno.core.models import Event
from okno.people.erasing import person_of
from okno.testing.cast import Cast
from okno.testing.forms import BY_SSH, asks, items, make_attribute, make_form
from okno.tickets.answers import Answer, answers_of, words_of
from okno.tickets.erasing import _erase
from okno.tickets.filters import TicketFilter, page
from okno.tickets.filters.requests import RequestFilter, matching_requests
from okno.tickets.models import Ticket
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage
from okno.tickets.search import remember
from okno.workflow.models import TicketType
from okno.workflow.operations.forms import FormFacts, change_form, switch_form

pytestmark = pytest.mark.django_db


def new(cast: Cast, actor: Actor, answers: dict[str, Any] | None, kind: str = "incident", **facts: Any) -> Ticket:
    """A ticket of Jan's with these answers."""
    message = NewMessage(text="It does not let me in", channel="portal", contact=cast.jan)
    type_ = TicketType.objects.get(code=kind)
    made = NewTicket("Sign-in", message, "portal", contact=cast.jan, type=type_, answers=answers, **facts)
    return create_ticket(actor, made)


def test_answers_are_kept_as_they_were_asked(cast: Cast) -> None:
    form = make_form()
    ticket = new(cast, cast.actor("jan"), {"way": "ssh", "port": "2 222", "error": "Permission denied"})
    expected = [
        Answer("How do you sign in?", "By SSH"),
        Answer("Which port?", "2,222"),
        Answer("What does it say?", "Permission denied"),
    ]
    assert answers_of(ticket) == expected
    assert ticket.answers[1]["value"] == 2222
    change_form(SYSTEM, form, FormFacts(names=form.names, items=items()[:1], types=form.types))
    ticket.refresh_from_db()
    assert answers_of(ticket) == expected
    with translation.override("pl"):
        assert answers_of(ticket)[0].text == "Przez SSH"
    assert Event.objects.get(kind="ticket.created").data["form"] == form.code


def test_what_is_not_asked_after_all_is_neither_required_nor_kept(cast: Cast) -> None:
    make_attribute(is_required=True)
    make_form([asks("floor", when=BY_SSH)])
    given = {"way": "panel", "port": "nonsense"}
    ticket = new(cast, cast.actor("jan"), given, attributes={"floor": "3"})
    assert [each["code"] for each in ticket.answers] == ["way"]
    assert ticket.attributes == {}


def test_every_mistake_is_told_at_once_and_nothing_is_written(cast: Cast) -> None:
    make_attribute(is_required=True)
    make_form()
    with pytest.raises(Invalid) as found:
        new(cast, cast.actor("jan"), {"way": "ssh", "port": "many", "nothing": "x"}, attributes={})
    assert found.value.fields == {
        "answers.port": ["Write a number."],
        "answers.nothing": ["The form has no such question."],
        "attributes.floor": ["Fill this in."],
    }
    assert not Ticket.objects.exists()


def test_nobody_was_asked_by_a_letter(cast: Cast) -> None:
    make_form()
    assert new(cast, SYSTEM, None).answers == []


def test_an_employee_may_say_that_nobody_knows_and_a_client_may_not(cast: Cast) -> None:
    make_form()
    not_known = frozenset({"way"})
    ticket = new(cast, cast.actor("olena"), {}, not_known=not_known)
    assert answers_of(ticket) == [Answer("How do you sign in?", "", is_unknown=True)]
    with pytest.raises(Invalid):
        new(cast, cast.actor("jan"), {}, not_known=not_known)


def test_a_form_is_for_its_types_and_the_first_that_is_on_wins(cast: Cast) -> None:
    special = make_form()
    assert new(cast, cast.actor("jan"), {}, kind="question").answers == []
    with pytest.raises(Invalid):
        new(cast, cast.actor("jan"), {})
    switch_form(SYSTEM, special, is_active=False)
    assert new(cast, cast.actor("jan"), {}).answers == []


def test_an_attribute_that_clients_do_not_fill_is_not_asked_of_them_t20(cast: Cast) -> None:
    make_attribute("cause", for_clients="hidden")
    make_form([asks("cause", is_required=True)])
    with pytest.raises(Invalid) as found:
        new(cast, cast.actor("jan"), {"way": "panel"}, attributes={"cause": "x"})
    assert list(found.value.fields) == ["attributes.cause"]
    assert found.value.fields["attributes.cause"] == ["There is no such attribute."]
    assert new(cast, cast.actor("jan"), {"way": "panel"}, attributes={}).attributes == {}
    with pytest.raises(Invalid):
        new(cast, cast.actor("olena"), {"way": "panel"}, attributes={})
    kept = new(cast, cast.actor("olena"), {"way": "panel"}, attributes={"cause": "dust"})
    assert kept.attributes == {"cause": "dust"}


def test_tickets_are_found_by_answers_on_both_sides(cast: Cast) -> None:
    make_form()
    ticket = new(cast, cast.actor("jan"), {"way": "ssh", "port": "22", "error": "kaputtgegangen"})
    remember([ticket.pk])
    for word, found in (("kaputtgegangen", [ticket.number]), ("verschlossen", [])):
        assert [row.number for row in page(cast.actor("olena"), TicketFilter(q=word)).rows] == found
        assert [row.number for row in matching_requests(cast.actor("jan"), RequestFilter(q=word))] == found


def test_long_answers_leave_room_for_the_conversation_in_search(cast: Cast) -> None:
    ticket = new(cast, cast.actor("jan"), None)
    words = " ".join(f"w{number}" for number in range(200_000))
    long = {"labels": {}, "kind": "text"}
    ticket.answers = [
        {**long, "code": "a", "value": "erstens"},
        {**long, "code": "b", "value": words},
        {**long, "code": "c", "value": "letztens"},
    ]
    ticket.save()
    assert sum(len(each) for each in words_of(ticket)) == 20_000
    remember([ticket.pk])
    for word, found in (("erstens", [ticket.number]), ("let", [ticket.number]), ("letztens", [])):
        assert [row.number for row in page(cast.actor("olena"), TicketFilter(q=word)).rows] == found, word
        assert [row.number for row in matching_requests(cast.actor("jan"), RequestFilter(q=word))] == found, word


@pytest.mark.parametrize(("texts", "left"), [("keep", "••• says no"), ("own", "")])
def test_answers_go_with_the_person_p47(cast: Cast, texts: str, left: str) -> None:
    make_form()
    ticket = new(cast, cast.actor("jan"), {"way": "panel", "error": f"{cast.jan.name} says no"})
    _erase(person_of(cast.jan, texts), 0)
    ticket.refresh_from_db()
    assert [each.text for each in answers_of(ticket)][1:] == ([left] if left else [])
