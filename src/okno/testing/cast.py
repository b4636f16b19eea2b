"""The named cast: one small service company with two clients, for tests, demo and screenshots.

Vikno Service has Olena (administrator), Taras (lead specialist) and Marek (specialist of the second
line). Its clients are Kawa i Ciasto (cafes: Marta, Piotr) and Nordwind (an office: Jan). Anna has no
company.
"""

from __future__ import annotations

from dataclasses import dataclass

from okno.core.actor import Actor
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
from okno.people.phones import read_phone

PASSWORD = "okno-demo-2026"


@dataclass
class Cast:
    """Everybody by first name; actors are made fresh so that a change of rights is seen."""

    olena: Agent
    taras: Agent
    marek: Agent
    first_line: Team
    second_line: Team
    kawa: Company
    nordwind: Company
    marta: Contact
    piotr: Contact
    jan: Contact
    anna: Contact

    def actor(self, name: str) -> Actor:
        """The actor of a member of the cast."""
        person: Agent | Contact = getattr(self, name)
        return person.as_actor()


def agent(name: str, email: str, role: str, *teams: Team, password: str | None = PASSWORD) -> Agent:
    """An agent with an account."""
    user = User.objects.create_user(email, password)
    made = Agent.objects.create(user=user, name=name, role=Role.objects.get(code=role))
    TeamMember.objects.bulk_create(TeamMember(agent=made, team=team) for team in teams)
    return made


def company(name: str, *domains: str, language: str = "en") -> Company:
    """A client company with its mail domains."""
    made = Company.objects.create(name=name, language=language)
    CompanyDomain.objects.bulk_create(CompanyDomain(company=made, domain=domain) for domain in domains)
    return made


def contact(name: str, address: str, *companies: Company, language: str = "en", phone: str = "") -> Contact:
    """A client's person with one address."""
    made = Contact.objects.create(name=name, language=language, phones=[read_phone(phone)] if phone else [])
    ContactAddress.objects.create(contact=made, address=address)
    Affiliation.objects.bulk_create(Affiliation(contact=made, company=each) for each in companies)
    return made


def make_cast(password: str | None = PASSWORD) -> Cast:
    """Writes the whole cast to the database."""
    first_line = Team.objects.create(name="First line", position=1)
    second_line = Team.objects.create(name="Second line", position=2)
    kawa = company("Kawa i Ciasto", "kawa.example", language="pl")
    nordwind = company("Nordwind", "nordwind.example")
    return Cast(
        olena=agent("Olena Kravets", "olena@vikno.example", "administrator", first_line, password=password),
        taras=agent("Taras Vovk", "taras@vikno.example", "lead", first_line, second_line, password=password),
        marek=agent("Marek Lis", "marek@vikno.example", "specialist", second_line, password=password),
        first_line=first_line,
        second_line=second_line,
        kawa=kawa,
        nordwind=nordwind,
        marta=contact("Marta Nowak", "marta@kawa.example", kawa, language="pl", phone="+48 58 555 01 22"),
        piotr=contact("Piotr Zając", "piotr@kawa.example", kawa, language="pl"),
        jan=contact("Jan Kowal", "jan@nordwind.example", nordwind, phone="+48 22 555 01 71"),
        anna=contact("Анна Петрова", "anna.petrova@mail.example", language="ru"),
    )
