"""Tells the demo's stories: every step through the operation that a person would have used, at its time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from okno.core import clock
from okno.core.actor import SYSTEM
from okno.people.models import Agent, Contact, Team
from okno.tickets.models import Rating, Ticket
from okno.tickets.operations.assigning import assign
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage, add_answer, add_client_message, add_note
from okno.tickets.operations.people import add_watcher
from okno.tickets.operations.rating import Opinion, rate
from okno.tickets.operations.secrets import keep
from okno.tickets.operations.status import change_status
from okno.tickets.seed import english, polish, russian, ukrainian
from okno.tickets.seed.answers import answered
from okno.tickets.seed.attributes import values_of
from okno.tickets.seed.canned import as_html
from okno.tickets.seed.exhibits import exhibit
from okno.tickets.seed.story import Step, Story
from okno.workflow.models import Priority, TicketType

ADDRESSES = {"stranger": ("Ruth Adler", "ruth@adler-architects.example")}
"""People of the stories who are nobody's contact yet: name and address."""


@dataclass(frozen=True)
class Company:
    """The people of the stories by their short names."""

    agents: Mapping[str, Agent]
    contacts: Mapping[str, Contact]
    teams: Mapping[str, Team]


def tell_all(company: Company) -> int:
    """Writes all tickets of the demo in the order of time; how many they are."""
    stories = [*english.STORIES, *polish.STORIES, *russian.STORIES, *ukrainian.STORIES]
    end = clock.now()
    happenings: list[tuple[datetime, Callable[[], None]]] = []
    for story in stories:
        teller = _Teller(company, story)
        began = end - timedelta(days=story.days)
        happenings.append((began, teller.begin))
        happenings += [
            (min(began + timedelta(hours=step.after), end), _later(teller, step)) for step in story.steps
        ]
    for moment, happen in sorted(happenings, key=lambda happening: happening[0]):
        with clock.frozen_at(moment):
            happen()
    return len(stories)


def _later(teller: _Teller, step: Step) -> Callable[[], None]:
    return lambda: teller.go_on(step)


class _Teller:
    """Tells one story, step by step."""

    def __init__(self, company: Company, story: Story) -> None:
        self._company = company
        self._story = story
        self._ticket: Ticket | None = None

    def begin(self) -> None:
        story = self._story
        agent = self._company.agents.get(story.who)
        contact = self._company.contacts.get(story.who)
        address = ADDRESSES.get(story.who, ("", ""))[1]
        service, answers = answered(story)
        self._ticket = create_ticket(
            agent.as_actor() if agent else SYSTEM,
            NewTicket(
                subject=story.subject,
                message=self._words(story.who, story.text, story.files, story.channel),
                channel=story.channel,
                contact=contact,
                agent_contact=agent,
                type=TicketType.objects.get(code=story.type),
                priority=Priority.objects.get(code=story.priority),
                requester_address=address,
                requester_is_proven=not address,
                attributes=values_of(story),
                service=service,
                answers=answers,
            ),
        )

    def go_on(self, step: Step) -> None:
        ticket = self._ticket
        if ticket is None:
            raise ValueError(f"a step before the beginning of {self._story.subject!r}")
        if step.kind == "client":
            add_client_message(SYSTEM, ticket, self._words(step.who, step.text, step.files, "email"))
            return
        if step.kind == "rate":
            client = self._company.contacts[step.who].as_actor()
            rate(client, ticket, Opinion(step.score, Rating.Way.LETTER, step.text or None))
            return
        if step.kind == "secret":
            keep(self._company.contacts[step.who].as_actor(), ticket, step.label, step.text)
            return
        actor = self._company.agents[step.who].as_actor()
        if step.kind == "answer":
            add_answer(actor, ticket, self._written(step), then_status=step.status)
        elif step.kind == "note":
            add_note(actor, ticket, self._written(step))
        elif step.kind == "assign":
            agent = self._company.agents[step.agent] if step.agent else None
            assign(actor, ticket, agent=agent, team=self._company.teams[step.team] if step.team else None)
        elif step.kind == "status":
            change_status(actor, ticket, step.status)
        else:
            add_watcher(actor, ticket, agent=self._company.agents[step.who])

    def _words(self, who: str, text: str, files: tuple[str, ...], channel: str) -> NewMessage:
        name, address = ADDRESSES.get(who, ("", ""))
        return NewMessage(
            text=text,
            channel=channel,
            contact=self._company.contacts.get(who),
            author_name=name,
            author_address=address,
            is_verified=not address,
            files=[exhibit(file) for file in files],
        )

    def _written(self, step: Step) -> NewMessage:
        return NewMessage(html=as_html(step.text), files=[exhibit(file) for file in step.files])
