"""Whose request it is: what a new ticket takes over from its contact, found in one query."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from okno.people.models import Company, Contact

_KNOWN = """
SELECT company.*, COALESCE(
    (SELECT address FROM people_contactaddress WHERE contact_id = %(contact)s ORDER BY position, id LIMIT 1), ''
) AS address_of_contact
FROM (SELECT) AS one LEFT JOIN people_company AS company ON company.id = (
    SELECT company_id FROM people_affiliation WHERE contact_id = %(contact)s ORDER BY position, id LIMIT 1
)
"""


@dataclass(frozen=True, slots=True)
class Requester:
    """The contact's first company, and the first address."""

    company: Company | None = None
    address: str = ""


def requester_of(contact: Contact) -> Requester:
    """Company and address of the contact, each the first of those that it has."""
    (company,) = Company.objects.raw(_KNOWN, {"contact": contact.pk})
    facts: Any = company
    return Requester(company if company.pk else None, facts.address_of_contact)
