"""Who wrote a letter, by the address in From and nothing else: a display name proves nothing (T11)."""

from __future__ import annotations

from okno.channels.email.intake.case import Case, Sender
from okno.channels.email.intake.knowledge import Knowledge
from okno.channels.email.intake.rules.robots import is_free_mail, is_robot
from okno.channels.email.receiving.storing import storable
from okno.channels.email.rules.addresses import normalise_address
from okno.core.text import one_line


def sender_address(case: Case) -> str:
    """The address of From, or whom a form names; where a letter has none, that of its envelope."""
    if case.writer is not None:
        return case.writer.address
    return normalise_address(case.letter.envelope_from or "") or ""


def identify(case: Case, knowledge: Knowledge) -> Sender:
    """The sender as far as the desk knows him: employee, contact, robot, or somebody outside (F7, F116)."""
    address = sender_address(case)
    if not address:
        return Sender("nobody", name=_name(case, ""))
    name = _name(case, address)
    agent = knowledge.desk.agents.get(address)
    if agent is not None:
        return Sender("agent", address, name, agent=agent)
    domain = address.rpartition("@")[2]
    company = None if is_free_mail(domain) else knowledge.people.company(domain)
    contact = knowledge.people.contact(address)
    if contact is not None:
        places = list(contact.affiliations.all())
        first = places[0].company if places else company
        companies = tuple(place.company_id for place in places)
        return Sender("contact", address, name, contact=contact, companies=companies, company=first)
    kind = "robot" if is_robot(address) else "outsider"
    return Sender("robot" if kind == "robot" else "outsider", address, name, company=company)


def _name(case: Case, address: str) -> str:
    """The name to show; one that pretends to be an address is not shown (T11)."""
    shown = case.writer.name if case.writer else ""
    clean = one_line(storable(shown, 200) or "")
    return address if not clean or "@" in clean else clean
