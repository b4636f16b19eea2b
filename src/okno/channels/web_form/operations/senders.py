"""Who sends a form, as far as an address tells: linked to contact and company as letters are (F123)."""

from __future__ import annotations

from dataclasses import dataclass

from okno.core.actor import SYSTEM
from okno.core.text import one_line
from okno.people.models import Company, CompanyDomain, Contact, ContactAddress, User
from okno.people.operations.contacts import find_or_create_contact
from okno.tickets.own_addresses import is_own

NOBODY = "unknown@sender.invalid"
"""Stands for the author of a request that names no address (RFC 2606)."""


@dataclass(frozen=True)
class Sender:
    """The writer: name and address as written, and whom the address belongs to."""

    name: str
    address: str
    contact: Contact | None = None
    company: Company | None = None
    is_proven: bool = False


def sender_of(address: str, name: str, *, proven: bool, makes_contact: bool) -> Sender:
    """The contact of the address, else the company of its domain; nobody of ours, whoever the form names (T4).

    ``proven``: a trusted program vouches for the person. ``makes_contact``: an unknown one is registered (F117).
    """
    shown = one_line(name)[:200]
    if "@" in shown or not shown:  # a name that pretends to be an address is not shown (T11)
        shown = address or NOBODY
    if not address or _is_ours(address):
        return Sender(shown, address if address and not is_own(address) else "")
    known = ContactAddress.objects.select_related("contact").filter(address=address).first()
    contact = known.contact if known else None
    if contact is None and makes_contact:
        contact = find_or_create_contact(SYSTEM, address, name=shown)
    company = None if contact else _company_of_domain(address)  # a contact brings his own
    return Sender(shown, address, contact, company, is_proven=proven and contact is not None)


def _is_ours(address: str) -> bool:
    return is_own(address) or User.objects.filter(email=address, agent__isnull=False).exists()


def _company_of_domain(address: str) -> Company | None:
    domain = CompanyDomain.objects.select_related("company").filter(domain=address.rpartition("@")[2]).first()
    return domain.company if domain else None
