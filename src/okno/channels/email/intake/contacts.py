"""Contacts made from letters (F117)."""

from __future__ import annotations

from django.db.models import Model

from okno.channels.email.declarations import CREATE_CONTACTS
from okno.channels.email.intake.case import Case
from okno.channels.email.intake.knowledge import Knowledge
from okno.core.inserting import insert
from okno.core.text import one_line
from okno.people.models import Affiliation, Contact, ContactAddress


def make_contact(case: Case, knowledge: Knowledge) -> None:
    """Makes the sender a contact, of the company that owns his mail domain, where that is wanted and sound.

    Robots never become contacts (T3), nor does anybody whose address is proven false, nor an employee.
    """
    sender = case.sender
    if sender.kind != "outsider" or case.authentication.verdict == "not_aligned" or not CREATE_CONTACTS():
        return
    name = sender.name if sender.name != sender.address else sender.address.partition("@")[0]
    name = one_line(name)[:200] or sender.address
    contact = Contact(name=name, language=sender.company.language if sender.company else "")
    insert(contact)
    of_contact: list[Model] = [ContactAddress(contact=contact, address=sender.address)]
    if sender.company is not None:
        of_contact.append(Affiliation(contact=contact, company=sender.company))
        sender.companies = (sender.company.pk,)
    insert(*of_contact)
    sender.kind, sender.contact = "contact", contact
    knowledge.people.learn(sender.address, contact)
    case.reason["contact_made"] = contact.pk
