"""More clients for the demo company, so that lists and search have something to show."""

from __future__ import annotations

from dataclasses import dataclass, replace

from okno.core.actor import SYSTEM
from okno.fields import seed
from okno.people.models import Company, Contact
from okno.people.operations.companies import CompanyFacts, change_company, create_company
from okno.people.operations.contacts import ContactFacts, change_contact, create_contact


@dataclass(frozen=True)
class Person:
    """One of a client's people: short name, full name, what he does, telephone."""

    short: str
    name: str
    job: str
    phone: str = ""


CLIENTS: list[tuple[CompanyFacts, list[Person]]] = [
    (
        CompanyFacts(
            name="Harbour Books", domains=["harbourbooks.example"], language="en", category="partner",
            phones=["+44 20 7946 0140"], email="office@harbourbooks.example", site_url="https://harbourbooks.example",
            time_zone="Europe/London", address="12 Quay Street\nBristol BS1 4DB",
            note="Stocktaking on the last Friday of the month: no work at the tills then.",
        ),
        [Person("emily", "Emily Hart", "Shop manager", "+44 20 7946 0143"), Person("tom", "Tom Reed", "Bookkeeper")],
    ),
    (
        CompanyFacts(
            name="Biuro Rachunkowe Lipa", domains=["lipa.example"], language="pl", category="client",
            phones=["+48 22 555 01 80", "centrala wew. 4"], time_zone="Europe/Warsaw", address="ul. Lipowa 4\n00-316 Warszawa",
        ),
        [Person("katarzyna", "Katarzyna Wilk", "Właścicielka", "+48 22 555 01 87")],
    ),
    (
        CompanyFacts(name="Клиника «Маяк»", domains=["mayak.example"], language="ru", category="vip",
                     phones=["+7 495 555 01 60"], email="info@mayak.example"),
        [Person("svetlana", "Светлана Орлова", "Главный врач", "+7 495 555 01 61"), Person("dmitri", "Дмитрий Лебедев", "Завхоз")],
    ),
    (
        CompanyFacts(name="Аптеки «Каштан»", domains=["kashtan.example"], language="uk", category="client",
                     phones=["+380 44 555 01 10"], time_zone="Europe/Kyiv"),
        [Person("iryna", "Ірина Бондар", "Керівниця мережі", "+380 44 555 01 19"), Person("oleh", "Олег Сорока", "Провізор")],
    ),
]  # fmt: skip
CAFES = [
    CompanyFacts(name="Kawa i Ciasto, Gdańsk Wrzeszcz", category="client", phones=["+48 58 555 01 40"]),
    CompanyFacts(name="Kawa i Ciasto, Sopot", category="client", phones=["+48 58 555 01 41"]),
]
"""Parts of a client of the cast."""

COMPANIES = {
    "Kawa i Ciasto": (14, "standard"), "Nordwind": (35, "premium"), "Harbour Books": (12, "standard"),
    "Biuro Rachunkowe Lipa": (6, "basic"), "Клиника «Маяк»": (60, "premium"), "Аптеки «Каштан»": (22, "standard"),
}  # fmt: skip
"""How many workplaces a company has, and the class of its contract."""
TIMES = {"Emily Hart": "after 11", "Katarzyna Wilk": "8–15", "Светлана Орлова": "утром", "Олег Сорока": "9–18"}
"""When somebody is reached best."""
CONTRACTS = {
    "Kawa i Ciasto": "OK-2024/017", "Nordwind": "OK-2023/004", "Harbour Books": "OK-2025/031", "Клиника «Маяк»": "OK-2025/008",
}  # fmt: skip
"""Under which number a contract is kept."""
BIRTHDAYS = {"Emily Hart": "1984-05-17", "Marta Nowak": "1990-12-08", "Светлана Орлова": "1976-03-02"}


def add_clients() -> dict[str, Contact]:
    """Registers the clients; their people by short name."""
    people: dict[str, Contact] = {}
    for facts, persons in CLIENTS:
        company = create_company(SYSTEM, facts)
        domain = (facts.domains or [""])[0]
        for person in persons:
            people[person.short] = create_contact(
                SYSTEM,
                ContactFacts(
                    name=person.name,
                    job_title=person.job,
                    language=facts.language,
                    phones=[person.phone] if person.phone else [],
                    addresses=[f"{person.short}@{domain}"],
                    companies=[company.pk],
                ),
            )
    return people


def fill_cards(companies: tuple[Company, Company], people: tuple[Contact, Contact, Contact], manager: int) -> None:
    """The cards of the cast's clients: a chain of cafes with two of its cafes, and the office that looks after them."""
    (kawa, nordwind), (marta, piotr, jan) = companies, people
    change_company(
        SYSTEM,
        kawa,
        CompanyFacts(
            category="vip", phones=["+48 58 555 01 20"], email="biuro@kawa.example", site_url="https://kawa.example",
            time_zone="Europe/Warsaw", address="ul. Długa 11\n80-827 Gdańsk", responsible=manager,
        ),
    )  # fmt: skip
    cafes = [create_company(SYSTEM, replace(facts, language="pl", parent=kawa.pk)) for facts in CAFES]
    change_company(
        SYSTEM,
        nordwind,
        CompanyFacts(category="partner", phones=["+48 22 555 01 70"], supervised=[kawa.pk]),
    )
    change_contact(SYSTEM, marta, ContactFacts(job_title="Kierowniczka sieci", copy_address="zarzad@kawa.example"))
    change_contact(SYSTEM, piotr, ContactFacts(job_title="Barista", companies=[kawa.pk, cafes[0].pk]))
    change_contact(SYSTEM, jan, ContactFacts(job_title="Office manager"))
    # The same person once more, as a call was taken without looking: a duplicate to be merged.
    create_contact(
        SYSTEM, ContactFacts(name="Jan Kowal", phones=["+48 22 555 01 71"], companies=[nordwind.pk], language="en")
    )


def fill_in_clients() -> None:
    """What the demo's attributes say of companies and people: workplaces, contract, when to call."""
    for company in Company.objects.filter(name__in=list(COMPANIES)):
        workplaces, contract = COMPANIES[company.name]
        number = CONTRACTS.get(company.name, "")
        values = {seed.WORKPLACES: workplaces, seed.CLASS: contract, seed.CONTRACT: number}
        change_company(SYSTEM, company, CompanyFacts(attributes=values))
    for contact in Contact.objects.filter(name__in=[*TIMES, *BIRTHDAYS]):
        said = {seed.CALL: TIMES.get(contact.name, ""), seed.BIRTHDAY: BIRTHDAYS.get(contact.name, "")}
        change_contact(SYSTEM, contact, ContactFacts(attributes=said))
