"""The people of tickets in bulk: agents in teams, companies and their contacts."""

from __future__ import annotations

from dataclasses import dataclass

from okno.people.models import (
    Affiliation,
    Agent,
    Company,
    CompanyDomain,
    Contact,
    ContactAddress,
    Role,
    Team,
    TeamMember,
    User,
)
from okno.tickets.seed.chance import LANGUAGES, Chance
from okno.tickets.seed.phrases import Phrases

AGENTS, TEAMS = 20, 5
MARK = "bulk"
"""Stands in every address that was made here, so that a second run finds the same crowd."""


@dataclass(frozen=True, slots=True)
class Person:
    """A contact as the tickets need it; ``names`` are those by which search knows the person."""

    id: int
    company: int
    name: str
    address: str
    names: tuple[str, str, str]
    phrases: Phrases


@dataclass(frozen=True)
class Crowd:
    """Everybody: agents with their names and teams, and the clients."""

    agents: list[tuple[int, str, int]]
    people: list[Person]


def gather(chance: Chance, tickets: int) -> Crowd:
    """Makes the crowd for so many tickets: a company for two hundred, a contact for twenty."""
    agents = _agents(chance)
    companies = max(10, tickets // 200)
    return Crowd(agents, _clients(chance, companies, max(40, tickets // 20)))


def _agents(chance: Chance) -> list[tuple[int, str, int]]:
    teams = [Team.objects.get_or_create(name=f"Bulk team {number}")[0] for number in range(1, TEAMS + 1)]
    role = Role.objects.get(code="specialist")
    found: list[tuple[int, str, int]] = []
    for number in range(1, AGENTS + 1):
        email = f"agent{number}@{MARK}.example"
        phrases, team = chance.language(), teams[number % TEAMS]
        name = f"{chance.random.choice(phrases.names)} {chance.random.choice(phrases.surnames)}"
        user = User.objects.filter(email=email).first() or User.objects.create_user(email)
        agent, made = Agent.objects.get_or_create(user=user, defaults={"name": name, "role": role})
        if made:
            TeamMember.objects.create(agent=agent, team=team)
        found.append((agent.pk, agent.name, team.pk))
    return found


def _clients(chance: Chance, companies: int, people: int) -> list[Person]:
    run = Company.objects.filter(domains__domain__endswith=f".{MARK}.example").count()
    made = Company.objects.bulk_create(
        Company(name=f"{chance.product()} {chance.random.choice(('Ltd', 'GmbH', 'Sp. z o.o.', 'ТОВ', 'ООО'))}")
        for _each in range(companies)
    )
    domains = [f"c{run + number}.{MARK}.example" for number in range(companies)]
    CompanyDomain.objects.bulk_create(
        CompanyDomain(company=company, domain=domain) for company, domain in zip(made, domains, strict=True)
    )
    languages = {each.language: each for each in LANGUAGES}
    contacts = []
    for _each in range(people):
        phrases = chance.language()
        name = f"{chance.random.choice(phrases.names)} {chance.random.choice(phrases.surnames)}"
        contacts.append(Contact(name=name, language=phrases.language))
    contacts = Contact.objects.bulk_create(contacts, batch_size=2000)
    homes = [chance.random.randrange(companies) for _each in contacts]
    addresses = [f"p{contact.pk}@{domains[home]}" for contact, home in zip(contacts, homes, strict=True)]
    ContactAddress.objects.bulk_create(
        (ContactAddress(contact=each, address=address) for each, address in zip(contacts, addresses, strict=True)),
        batch_size=2000,
    )
    Affiliation.objects.bulk_create(
        (Affiliation(contact=each, company=made[home]) for each, home in zip(contacts, homes, strict=True)),
        batch_size=2000,
    )
    return [
        Person(
            id=each.pk,
            company=made[home].pk,
            name=each.name,
            address=address,
            names=(each.name, made[home].name, address),
            phrases=languages[each.language],
        )
        for each, home, address in zip(contacts, homes, addresses, strict=True)
    ]
