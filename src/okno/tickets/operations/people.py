"""The people around a ticket: watchers of ours, participants of the client's side, links to other tickets."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.core.validators import validate_email
from django.db.models import Q
from django.utils.translation import gettext as _

from okno.core import events
from okno.core.actor import Actor
from okno.core.faults import Invalid, NotVisible
from okno.core.notify import changed
from okno.core.text import one_line
from okno.people.access import colleagues_visible_to
from okno.people.models import Agent, Contact, ContactAddress, Team
from okno.tickets import access
from okno.tickets import events as kinds
from okno.tickets.calls import live_facts
from okno.tickets.models import Participant, Ticket, TicketLink, Watcher
from okno.tickets.operations.change import changing
from okno.tickets.own_addresses import refuse_own


def add_watcher(actor: Actor, ticket: Ticket, *, agent: Agent | None = None, team: Team | None = None) -> Watcher:
    """Has an agent or a team follow the ticket; anyone may add himself (F86)."""
    verb = "view" if agent is not None and actor.is_agent and agent.pk == actor.id else "edit"
    with changing(actor, verb, ticket) as locked:
        watcher, made = Watcher.objects.get_or_create(ticket=locked, agent=agent, team=team)
        if made:
            events.record(actor, kinds.WATCHER_ADDED, locked, _named(agent, team))
    return watcher


def remove_watcher(actor: Actor, ticket: Ticket, watcher: Watcher) -> None:
    """Ends the following; anyone may remove himself."""
    verb = "view" if actor.is_agent and watcher.agent_id == actor.id else "edit"
    with changing(actor, verb, ticket) as locked:
        if not locked.watchers.filter(pk=watcher.pk).exists():
            raise NotVisible(_("There is no such watcher of this ticket."))
        events.record(actor, kinds.WATCHER_REMOVED, locked, _named(watcher.agent, watcher.team))
        left = {"agents": [watcher.agent_id], "teams": [watcher.team_id]}
        changed(
            f"ticket:{locked.pk}", left=left, **live_facts(locked)
        )  # it may have been the only reason to see it
        watcher.delete()


def add_participant(
    actor: Actor, ticket: Ticket, address: str, *, name: str = "", confirmed: bool = True
) -> Participant:
    """Adds somebody of the client's side in copy; whom a letter brings in gets nothing until confirmed (T3)."""
    address = address.strip().lower()
    try:
        validate_email(address)
    except Exception as error:
        raise Invalid({"address": [_("This is not a mail address.")]}) from error
    refuse_own(actor, "address", address)
    with changing(actor, "edit", ticket) as locked:
        known = ContactAddress.objects.filter(address=address).select_related("contact").first()
        participant, made = Participant.objects.get_or_create(
            ticket=locked,
            address=address,
            defaults={
                "name": one_line(name) or (known.contact.name if known else ""),
                "contact": known.contact if known else None,
                "is_confirmed": confirmed,
                "is_proven": confirmed,
            },
        )
        if made:
            data = {"address": address, "confirmed": confirmed}
            events.record(actor, kinds.PARTICIPANT_ADDED, locked, data)
        elif confirmed:
            _confirm(actor, locked, participant)
    return participant


def bring_in(actor: Actor, ticket: Ticket, colleague: Contact) -> Participant:
    """A contact who sees all tickets of the company takes part in one, or brings a colleague of it in (F147).

    The colleague is one of the very company whose ticket it is, and is known to the desk: so no address that a
    client types ever gets a letter, and no other company learns anything.
    """
    with changing(actor, "share", ticket) as locked:
        person = colleagues_visible_to(actor, locked.company_id).filter(pk=colleague.pk).first()
        if person is None:
            raise NotVisible(_("There is no such contact, or it is not for you to see."))
        addresses = list(person.addresses.values_list("address", flat=True))
        if not addresses:
            raise Invalid({"contact": [_("%(name)s has no mail address.") % {"name": person.name}]})
        there = locked.participants.filter(Q(contact=person) | Q(address__in=addresses))
        present = there.order_by("-is_requester", "-is_confirmed", "pk").first()
        if present is None:
            facts = {"address": addresses[0], "name": person.name, "is_confirmed": True, "is_proven": True}
            present = Participant.objects.create(ticket=locked, contact=person, **facts)
            events.record(actor, kinds.PARTICIPANT_ADDED, locked, {"address": addresses[0], "confirmed": True})
        elif not present.is_requester:  # that a request is really its requester's is for employees to say
            present.contact = person
            present.save(update_fields=["contact"])
            _confirm(actor, locked, present)
    return present


def leave(actor: Actor, ticket: Ticket) -> None:
    """A contact takes himself out of a conversation into which somebody brought him; the requester stays."""
    with changing(actor, "view", ticket) as locked:
        own = locked.participants.filter(contact=actor.id or 0) if actor.is_contact else locked.participants.none()
        for participant in own.filter(is_requester=False):
            events.record(actor, kinds.PARTICIPANT_REMOVED, locked, {"address": participant.address})
            participant.delete()
        changed(f"ticket:{locked.pk}", left={"contacts": [actor.id]})


def confirm_participant(actor: Actor, ticket: Ticket, participant: Participant) -> Participant:
    """From now on this address gets the public answers."""
    with changing(actor, "edit", ticket) as locked:
        present = _present(locked, participant)
        _confirm(actor, locked, present)
    return present


def confirm_participants(actor: Actor, ticket: Ticket, chosen: Collection[int]) -> int:
    """Confirms those of the named participants who are not yet; whom a letter brings in meanwhile waits."""
    with changing(actor, "edit", ticket) as locked:
        waiting = list(locked.participants.filter(pk__in=chosen, is_confirmed=False).order_by("pk"))
        for participant in waiting:
            _confirm(actor, locked, participant)
    return len(waiting)


def remove_participant(actor: Actor, ticket: Ticket, participant: Participant) -> None:
    """Takes an address out of the conversation; the requester stays."""
    with changing(actor, "edit", ticket) as locked:
        present = _present(locked, participant)
        if present.is_requester:
            raise Invalid({"participant": [_("The requester cannot be removed. Choose another client instead.")]})
        events.record(actor, kinds.PARTICIPANT_REMOVED, locked, {"address": present.address})
        changed(f"ticket:{locked.pk}", left={"contacts": [present.contact_id]})
        present.delete()


def link(actor: Actor, ticket: Ticket, other: Ticket, reason: dict[str, Any] | None = None) -> TicketLink:
    """Says that two tickets belong together; the actor must see both (T22)."""
    if not access.visible_to(actor).filter(pk=other.pk).exists():
        raise NotVisible(_("There is no such ticket, or it is not for you to see."))
    if other.pk == ticket.pk:
        raise Invalid({"other": [_("A ticket is not linked to itself.")]})
    with changing(actor, "edit", ticket) as locked:
        row, made = TicketLink.objects.get_or_create(ticket=locked, other=other, defaults={"reason": reason or {}})
        if made:
            data = {"other": other.number, "reason": reason or {}}
            events.record(actor, kinds.LINKED, locked, data)
    return row


def _present(ticket: Ticket, participant: Participant) -> Participant:
    """The participant as he is now, if he takes part in this very ticket."""
    present = ticket.participants.filter(pk=participant.pk).first()
    if present is None:
        raise NotVisible(_("There is no such participant of this ticket."))
    return present


def _confirm(actor: Actor, ticket: Ticket, participant: Participant) -> None:
    if participant.is_confirmed and participant.is_proven:
        return
    participant.is_confirmed = participant.is_proven = True
    participant.save(update_fields=["is_confirmed", "is_proven"])
    events.record(actor, kinds.PARTICIPANT_CONFIRMED, ticket, {"address": participant.address})


def _named(agent: Agent | None, team: Team | None) -> dict[str, Any]:
    if agent is not None:
        return {"agent": agent.pk, "name": agent.name}
    return {"team": team.pk, **team.as_fact()} if team is not None else {}
