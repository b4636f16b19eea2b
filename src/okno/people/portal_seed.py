"""Who of the demo's clients has access to the portal: one for each kind of level."""

from __future__ import annotations

from collections.abc import Mapping

from okno.core.actor import SYSTEM
from okno.people.levels import COMPANY, REPORTS, SUPERVISED
from okno.people.models import Company, Contact, Supervision
from okno.people.operations.portal_access import give_access, set_levels, set_password

LEVELS = {"marta": {COMPANY, REPORTS}, "jan": set[str](), "katarzyna": {COMPANY, SUPERVISED}}
"""Marta runs the cafes and sees all of theirs, Jan only his own; Katarzyna keeps the books of the bookshop."""


def open_portal(people: Mapping[str, Contact], password: str) -> None:
    """Gives them accounts with this password."""
    office, shop = (Company.objects.filter(contacts=people[name]).first() for name in ("katarzyna", "emily"))
    if office is not None and shop is not None:
        Supervision.objects.get_or_create(supervisor=office, supervised=shop)
    for name, level in LEVELS.items():
        contact = give_access(SYSTEM, people[name])
        set_password(SYSTEM, contact, password)
        set_levels(SYSTEM, contact, dict.fromkeys(contact.affiliations.values_list("company", flat=True), level))
