"""What each access level opens to a contact, by every way to a ticket (F147, W14; T3, T14, T20, T21)."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

import pytest

from okno.account.backend import PersonBackend, actor_of
from okno.config.hearing import Hearing
from okno.core import files, settings_store
from okno.core.actor import SYSTEM, Actor
from okno.core.faults import Forbidden, NotVisible
from okno.core.live import Change
from okno.people.access import colleagues_visible_to, companies_visible_to, contacts_visible_to
from okno.people.models import Affiliation, Company, Contact, Supervision, User
from okno.testing.cast import Cast, company, contact
from okno.tickets import access
from okno.tickets.explaining import explain
from okno.tickets.filters import TicketFilter, capped_count, matching_tickets, page, page_of_lines, section_counts
from okno.tickets.models import Message, Participant, Ticket
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewFile, NewMessage, add_note
from okno.tickets.operations.people import bring_in, leave
from okno.workflow.models import TicketType

pytestmark = pytest.mark.django_db


@dataclass
class World:
    """Ewa works for the bakery and for the mill; the bakery supervises the shop; the bank is nobody of theirs."""

    ewa: Contact
    companies: dict[str, Company]
    tickets: dict[str, Ticket] = field(default_factory=dict)

    def give(self, **levels: set[str]) -> Actor:
        """Ewa with these levels in her companies, as a request meets her."""
        for place in Affiliation.objects.filter(contact=self.ewa).select_related("company"):
            place.level = levels.get(place.company.name, set())
            place.save()
        return self.ewa.as_actor()

    def names(self, ids: set[int]) -> set[str]:
        return {name for name, ticket in self.tickets.items() if ticket.pk in ids}


@pytest.fixture
def world(cast: Cast) -> World:
    companies = {name: company(name) for name in ("bakery", "mill", "shop", "bank")}
    ewa = contact("Ewa", "ewa@bakery.example", companies["bakery"], companies["mill"])
    Supervision.objects.create(supervisor=companies["bakery"], supervised=companies["shop"])
    made = World(ewa, companies)
    people = {name: contact(name.title(), f"max@{name}.example", each) for name, each in companies.items()}
    for name, person in people.items():
        made.tickets[name] = asked(person)
        made.tickets[f"{name} claimed"] = asked(person, requester_is_proven=False)
        made.tickets[f"{name} internal"] = asked(person, type=TicketType.objects.get(code="task"))
    made.tickets["own"] = asked(ewa, company=companies["bakery"])
    made.tickets["own at the mill"] = asked(ewa, company=companies["mill"])
    made.tickets["own at none"] = asked(contact("Ola", "ola@x.example"), people=[])
    Participant.objects.create(
        ticket=made.tickets["own at none"],
        address="ewa@bakery.example",
        contact=ewa,
        is_confirmed=True,
        is_proven=True,
    )
    made.tickets["own claimed"] = asked(ewa, company=companies["bakery"], requester_is_proven=False)
    made.tickets["copied"] = asked(people["bank"])
    Participant.objects.create(
        ticket=made.tickets["copied"], address="ewa@bakery.example", contact=ewa, is_proven=True
    )
    return made


def asked(person: Contact, **facts: Any) -> Ticket:
    message = NewMessage(text="Hello", contact=person, files=[NewFile(files.store(b"x"), "x.txt", "text/plain")])
    ticket = create_ticket(
        SYSTEM, NewTicket(subject="Printer", message=message, contact=person, channel="portal", **facts)
    )
    add_note(SYSTEM, ticket, NewMessage(text="only for us"))
    return ticket


OWN = {"own", "own at the mill", "own at none"}
MATRIX: dict[str, tuple[dict[str, set[str]], set[str]]] = {
    "own tickets only": ({}, set()),
    "company": ({"bakery": {"company"}}, {"bakery"}),
    "the other company": ({"mill": {"company"}}, {"mill"}),
    "both companies": ({"bakery": {"company"}, "mill": {"company"}}, {"bakery", "mill"}),
    "supervised without the own": ({"bakery": {"supervised"}}, {"shop"}),
    "company and supervised": ({"bakery": {"company", "supervised"}}, {"bakery", "shop"}),
    "one that supervises nobody": ({"mill": {"supervised"}}, set()),
    "sites open nothing yet": ({"bakery": {"sites"}, "mill": {"sites"}}, set()),
    "reports are no tickets": ({"bakery": {"reports"}, "mill": {"reports"}}, set()),
    "everything": ({name: {"company", "sites", "supervised", "reports"} for name in ("bakery", "mill")},
                   {"bakery", "mill", "shop"}),
}  # fmt: skip
"""Level in each company, and the tickets of others that it opens."""

WAYS: dict[str, Any] = {
    "queryset": lambda actor, tickets: set(access.visible_to(actor).values_list("pk", flat=True)),
    "list": lambda actor, tickets: {row.pk for row in page(actor, TicketFilter()).rows},
    "list by creation": lambda actor, tickets: {row.pk for row in page(actor, TicketFilter(sort="created")).rows},
    "lines": lambda actor, tickets: {row.id for row in page_of_lines(actor, TicketFilter()).rows},
    "lists of companies": lambda actor, tickets: {
        row.pk for each in Company.objects.all() for row in page(actor, TicketFilter(company=each.pk)).rows
    } | set(matching_tickets(actor, TicketFilter()).filter(company=None).values_list("pk", flat=True)),
    "page": lambda actor, tickets: {each.pk for each in tickets if is_found(actor, each)},
    "verdict": lambda actor, tickets: {each.pk for each in tickets if access.may(actor, "view", each)},
    "to answer": lambda actor, tickets: set(access.open_to(actor, "answer").values_list("pk", flat=True)),
    "explanation": lambda actor, tickets: {each.pk for each in tickets if explain(actor, each).sees},
    "messages": lambda actor, tickets: set(access.messages_visible_to(actor).values_list("ticket", flat=True)),
    "files": lambda actor, tickets: set(
        access.attachments_visible_to(actor).values_list("message__ticket", flat=True)
    ),
    "live": lambda actor, tickets: {
        int(topic.partition(":")[2])
        for topic in Hearing().topics(actor, [Change(f"ticket:{each.pk}") for each in tickets])
        if topic != "tickets"
    },
}  # fmt: skip


def is_found(actor: Actor, ticket: Ticket) -> bool:
    try:
        return access.get(actor, ticket.number) == ticket
    except NotVisible:
        return False


@pytest.mark.parametrize("level", MATRIX)
def test_each_level_opens_just_this_by_every_way_t14_t21(world: World, level: str) -> None:
    levels, opened = MATRIX[level]
    actor = world.give(**levels)
    tickets = list(Ticket.objects.select_related("type", "status"))
    for name, way in WAYS.items():
        assert world.names(way(actor, tickets)) == OWN | opened, name
    assert capped_count(access.visible_to(actor)) == len(OWN | opened)
    assert section_counts(actor)["active"].total == len(OWN | opened)


def test_of_a_colleagues_ticket_no_private_word_is_seen_t20(world: World) -> None:
    actor = world.give(bakery={"company", "supervised"})
    seen = access.messages_visible_to(actor)
    assert not seen.filter(text__contains="only for us").exists()
    assert Message.objects.filter(ticket__in=access.visible_to(actor), text__contains="only for us").exists()


def test_clients_hear_neither_of_notes_nor_of_who_looks_at_a_ticket_t21(world: World) -> None:
    actor = world.give(bakery={"company"})
    ticket = world.tickets["bakery"].pk
    hear = Hearing().topics
    assert hear(actor, [Change(f"ticket:{ticket}", {"private": True}), Change(f"presence:{ticket}")]) == []
    assert hear(actor, [Change("deliveries"), Change("letters")]) == []
    left = {"left": {"agents": [actor.id], "teams": [1]}}  # an employee may have the same number
    assert hear(actor, [Change(f"ticket:{world.tickets['bank'].pk}", left)]) == []
    for gone in ({"companies": [world.companies["bakery"].pk]}, {"contacts": [actor.id]}):
        assert "tickets" in hear(actor, [Change(f"ticket:{world.tickets['bank'].pk}", {"left": gone})])


def test_a_request_carries_what_the_rule_needs_in_one_query_t21(
    world: World, django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings_store, "MAX_AGE", 1000)
    world.ewa.user = User.objects.create_user("ewa@bakery.example", "a long password 1")
    world.ewa.save()
    told = world.give(bakery={"company", "supervised"}, mill={"supervised"})
    backend = PersonBackend()
    backend.get_user(world.ewa.user.pk)  # settings are remembered from here on
    with django_assert_num_queries(1):
        user = backend.get_user(world.ewa.user.pk)
        carried = actor_of(user) if user else None
    assert carried == told
    assert (told.open_companies, told.supervised) == (
        (world.companies["bakery"].pk,), (world.companies["shop"].pk,)
    )  # fmt: skip


def test_what_is_taken_away_is_gone_at_the_next_request_t21(world: World) -> None:
    user = world.ewa.user = User.objects.create_user("ewa@bakery.example", "a long password 1")
    world.ewa.save()

    def sees() -> set[str]:
        found = PersonBackend().get_user(user.pk)
        actor = actor_of(found) if found else None
        return world.names(set(access.visible_to(actor).values_list("pk", flat=True))) if actor else {"no session"}

    world.give(bakery={"company", "supervised"})
    assert sees() == OWN | {"bakery", "shop"}
    Supervision.objects.all().delete()
    assert sees() == OWN | {"bakery"}
    world.give()
    assert sees() == OWN
    world.give(bakery={"company"})
    Affiliation.objects.filter(company=world.companies["bakery"]).delete()
    assert sees() == OWN
    Contact.objects.filter(pk=world.ewa.pk).update(is_active=False)
    assert sees() == {"no session"}


def test_names_of_companies_and_colleagues_reach_no_further_than_the_level_t14(world: World) -> None:
    bakery = world.companies["bakery"]
    actor = world.give(bakery={"supervised"})
    assert set(companies_visible_to(actor).values_list("name", flat=True)) == {"bakery", "mill", "shop"}
    assert not colleagues_visible_to(actor, bakery.pk).exists()
    actor = world.give(bakery={"company"})
    assert set(companies_visible_to(actor).values_list("name", flat=True)) == {"bakery", "mill"}
    assert set(colleagues_visible_to(actor, bakery.pk).values_list("name", flat=True)) == {"Ewa", "Bakery"}
    for foreign in (None, world.companies["mill"].pk, world.companies["bank"].pk):
        assert not colleagues_visible_to(actor, foreign).exists()
    assert list(contacts_visible_to(actor)) == [world.ewa]


def test_who_sees_the_companys_tickets_brings_in_its_people_and_nobody_else_t14(world: World) -> None:
    ticket, bakery = world.tickets["bakery"], world.companies["bakery"]
    ala = contact("Ala", "ala@bakery.example", bakery)
    with pytest.raises(NotVisible):
        bring_in(world.give(), ticket, ala)
    with pytest.raises(Forbidden):
        bring_in(world.give(bakery={"supervised"}), world.tickets["shop"], ala)
    actor = world.give(bakery={"company"})
    for stranger in Contact.objects.filter(name__in=["Bank", "Mill", "Jan Kowal"]):
        with pytest.raises(NotVisible):
            bring_in(actor, ticket, stranger)
    joined = bring_in(actor, ticket, ala)
    assert (joined.address, joined.is_confirmed, joined.is_proven) == ("ala@bakery.example", True, True)
    assert access.may(ala.as_actor(), "view", ticket)
    bring_in(actor, ticket, world.ewa)
    assert access.may(world.give(), "view", ticket), "who takes part sees it whatever the level"
    leave(world.ewa.as_actor(), ticket)
    assert not access.may(world.ewa.as_actor(), "view", ticket)


def test_no_client_vouches_for_a_request_t3(world: World) -> None:
    """Ewa takes part in what somebody wrote under her colleague's name: it does not become his by her word."""
    ticket = world.tickets["bakery claimed"]
    actor = world.give(bakery={"company"})
    Participant.objects.create(
        ticket=ticket, address="ewa@bakery.example", contact=world.ewa, is_confirmed=True, is_proven=True
    )
    colleague = Contact.objects.get(name="Bakery")
    assert not bring_in(actor, ticket, colleague).is_proven
    assert not access.may(colleague.as_actor(), "view", ticket)


def by_hand(person: Contact, ticket: Ticket) -> bool:
    """The rule once more, over values."""
    if ticket.is_internal:
        return False
    people = list(ticket.participants.all())
    if any(each.contact_id == person.pk and each.is_confirmed and each.is_proven for each in people):
        return True
    if any(each.is_requester and not each.is_proven for each in people):
        return False
    places = list(person.affiliations.all())
    if any(place.sees_company and place.company_id == ticket.company_id for place in places):
        return True
    chiefs = Supervision.objects.filter(supervised=ticket.company_id).values_list("supervisor_id", flat=True)
    return any(place.sees_supervised and place.company_id in set(chiefs) for place in places)


@pytest.mark.parametrize("seed", range(5))
def test_the_rule_is_what_its_words_say_in_random_worlds_t14(cast: Cast, seed: int) -> None:
    chance = random.Random(seed)
    companies = [company(f"c{number}") for number in range(4)]
    people = [contact(f"p{number}", f"p{number}@x.example") for number in range(5)]
    for person in people:
        for each in chance.sample(companies, chance.randrange(4)):
            place = Affiliation(contact=person, company=each)
            place.level = {code for code in ("company", "sites", "supervised", "reports") if chance.random() < 0.4}
            place.save()
    for _each in range(4):
        one, other = chance.sample(companies, 2)
        Supervision.objects.get_or_create(supervisor=one, supervised=other)
    for _each in range(20):
        ticket = asked(
            chance.choice(people), requester_is_proven=chance.random() < 0.7, company=chance.choice(companies)
        )
        Ticket.objects.filter(pk=ticket.pk).update(
            is_internal=chance.random() < 0.2, company=chance.choice([None, *companies])
        )
        Participant.objects.create(
            ticket=ticket, address="in@copy.example", contact=chance.choice(people),
            is_confirmed=chance.random() < 0.6, is_proven=chance.random() < 0.6,
        )  # fmt: skip
    verdicts = set()
    for person in people:
        actor = person.as_actor()
        seen = set(access.visible_to(actor).values_list("pk", flat=True))
        listed = {row.pk for row in page(actor, TicketFilter(), limit=100).rows}
        for ticket in Ticket.objects.all():
            right = by_hand(person, ticket)
            assert (ticket.pk in seen) is right is (ticket.pk in listed), (actor, vars(ticket))
            verdicts.add(right)
    assert verdicts == {True, False}
