"""“Why can't she see this?”: the page names each clause, and itself shows no ticket to who may not see it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from okno.people.models import Affiliation, Contact, ContactAddress, Role
from okno.testing.cast import Cast
from okno.testing.cast import agent as make_agent
from okno.tickets.models import Participant, Ticket
from okno.tickets.operations.assigning import assign
from okno.tickets.operations.people import add_watcher
from okno.tickets.tests.standing import new_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    made = new_ticket(cast)
    assign(cast.actor("olena"), made, agent=cast.olena, team=cast.first_line)
    return made


def asked(browser: Client, person: str, ticket: Ticket | int) -> str:
    number = ticket.number if isinstance(ticket, Ticket) else ticket
    return browser.get(reverse("manage:why"), {"person": person, "number": number}).content.decode()


def clauses(page: str) -> dict[str, bool]:
    """Which clauses and acts the page says hold."""
    found = {}
    for part in page.split('data-clause="')[1:]:
        found[part.partition('"')[0]] = "text-kept" in part.partition("</li>")[0]
    return found


def test_an_employee_who_does_not_see_it_and_then_does(olena: Client, cast: Cast, ticket: Ticket) -> None:
    page = asked(olena, "marek@vikno.example", ticket)
    assert "Marek Lis does not see ticket" in page
    assert clauses(page) == dict.fromkeys(
        ("everything", "assignee", "team", "creator", "asker", "nobody", "watcher"), False
    )
    add_watcher(cast.actor("olena"), ticket, agent=cast.marek)
    page = asked(olena, "Marek", ticket)
    assert "Marek Lis sees ticket" in page
    held = clauses(page)
    assert [name for name, holds in held.items() if holds] == [
        "watcher",
        "answer",
        "note",
        "assign",
        "status",
        "edit",
    ]


def test_a_role_that_does_not_reach_so_far_is_told(olena: Client, cast: Cast, ticket: Ticket) -> None:
    rights = ["tickets.view:own", "tickets.answer:own", "tickets.status"]
    cast.marek.role = Role.objects.create(code="narrow", name="Narrow", rights=rights)
    cast.marek.save()
    assign(cast.actor("olena"), ticket, agent=None, team=cast.second_line)
    page = asked(olena, "marek@vikno.example", ticket)
    assert "does not see ticket" in page
    assert "So it is, but the role does not reach so far." in page
    add_watcher(cast.actor("olena"), ticket, agent=cast.marek)
    page = asked(olena, "marek@vikno.example", ticket)
    held = clauses(page)
    assert (held["watcher"], held["answer"], held["status"], held["note"]) == (True, False, True, False)
    assert "The role allows this in one&#39;s own tickets only." in page


def test_a_client_in_copy_whom_nobody_confirmed(olena: Client, cast: Cast, ticket: Ticket) -> None:
    Participant.objects.create(ticket=ticket, address="piotr@kawa.example", contact=cast.piotr)
    page = asked(olena, "piotr@kawa.example", ticket)
    assert "Piotr Zając does not see ticket" in page
    assert clauses(page) == {
        "public": True, "participant": True, "confirmed": False, "proven": False, "company": False, "supervised": False
    }  # fmt: skip
    assert "Has no account to sign in with" in page
    Participant.objects.filter(contact=cast.piotr).update(is_confirmed=True, is_proven=True)
    assert "Piotr Zając sees ticket" in asked(olena, "piotr@kawa.example", ticket)


def test_a_colleague_is_told_what_his_access_level_opens(olena: Client, cast: Cast, ticket: Ticket) -> None:
    assert "Piotr Zając does not see ticket" in asked(olena, "piotr@kawa.example", ticket)
    Affiliation.objects.filter(contact=cast.piotr).update(sees_company=True)
    page = asked(olena, "piotr@kawa.example", ticket)
    assert "Piotr Zając sees ticket" in page
    assert (clauses(page)["company"], clauses(page)["share"], clauses(page)["proven"]) == (True, True, False)
    Participant.objects.filter(ticket=ticket, is_requester=True).update(is_proven=False)
    page = asked(olena, "piotr@kawa.example", ticket)
    assert "Piotr Zając does not see ticket" in page
    assert "nobody vouches that the request is really the requester" in page


def test_bad_questions_are_answered_at_their_fields(olena: Client, cast: Cast, ticket: Ticket) -> None:
    for person, number in (("nobody", ticket.number), ("marek", 999999), ("", ticket.number), ("marek", 10**30)):
        answer = olena.get(reverse("manage:why"), {"person": person, "number": number})
        assert answer.status_code in {200, 422}
        assert 'role="alert"' in answer.content.decode(), (person, number)


def test_of_several_of_one_name_one_is_chosen(olena: Client, cast: Cast, ticket: Ticket) -> None:
    other = Contact.objects.create(name="Marta Zielińska")
    ContactAddress.objects.create(contact=other, address="marta@other.example")
    page = asked(olena, "Marta", ticket)
    assert "Which of them?" in page
    assert "person=marta%40other.example" in page
    assert "sees ticket" not in page


def test_the_page_shows_no_ticket_that_the_asker_does_not_see(cast: Cast, ticket: Ticket) -> None:
    Role.objects.create(code="staff", name="Staff", rights=["agents.manage"])
    browser = Client()
    browser.force_login(make_agent("Halina", "halina@vikno.example", "staff").user)
    page = asked(browser, "marek@vikno.example", ticket)
    assert "Printer" not in page
    assert "it is not for you to see" in page
    free = new_ticket(cast, subject="Nobody has it")
    assert "Nobody has it" in asked(browser, "marek@vikno.example", free)


def test_a_deactivated_employee_sees_nothing(olena: Client, cast: Cast, ticket: Ticket) -> None:
    cast.taras.is_active = False
    cast.taras.save()
    assert "Deactivated: cannot sign in" in asked(olena, "taras@vikno.example", ticket)
