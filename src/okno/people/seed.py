"""More clients for the demo company, so that lists and search have something to show."""

from __future__ import annotations

from okno.people.models import Affiliation, ClientCategory, Company, CompanyDomain, Contact, ContactAddress

CLIENTS = [
    ("Harbour Books", "harbourbooks.example", "en", [("emily", "Emily Hart", "+44 20 5550 0143"), ("tom", "Tom Reed", "")]),
    ("Biuro Rachunkowe Lipa", "lipa.example", "pl", [("katarzyna", "Katarzyna Wilk", "+48 22 555 01 87")]),
    ("Клиника «Маяк»", "mayak.example", "ru", [("svetlana", "Светлана Орлова", ""), ("dmitri", "Дмитрий Лебедев", "")]),
    ("Аптеки «Каштан»", "kashtan.example", "uk", [("iryna", "Ірина Бондар", "+380 44 555 0119"), ("oleh", "Олег Сорока", "")]),
]  # fmt: skip
"""Name, mail domain, language, and the people: short name, name, telephone."""
CATEGORIES = {"Harbour Books": "partner", "Клиника «Маяк»": "vip"}
"""Clients that are more than a client."""


def add_clients() -> dict[str, Contact]:
    """Writes the clients; their people by short name."""
    people: dict[str, Contact] = {}
    categories = {category.code: category for category in ClientCategory.objects.all()}
    for name, domain, language, contacts in CLIENTS:
        category = categories[CATEGORIES.get(name, "client")]
        company = Company.objects.create(name=name, language=language, category=category)
        CompanyDomain.objects.create(company=company, domain=domain)
        for short, full, phone in contacts:
            contact = Contact.objects.create(name=full, language=language, phone=phone)
            ContactAddress.objects.create(contact=contact, address=f"{short}@{domain}")
            Affiliation.objects.create(contact=contact, company=company)
            people[short] = contact
    return people
