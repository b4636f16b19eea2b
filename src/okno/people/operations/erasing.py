"""Erasing a person's data on request: shown first, done by the worker part by part, noted without the data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okno.core import clock, events
from okno.core.actor import SYSTEM, Actor
from okno.core.faults import Conflict, Forbidden, Invalid
from okno.core.models import Event, EventFailure, IdempotentAnswer
from okno.core.notify import changed, wake
from okno.people import access
from okno.people import events as kinds
from okno.people.erasing import CARD, Eraser, Person, erasers, person_of, register_eraser
from okno.people.models import Contact, Erasure, ImportProblem, Merge, PersonalLink, User

EMPTY: dict[str, Any] = {
    "phones": [],
    "job_title": "",
    "copy_address": "",
    "note": "",
    "language": "",
    "time_zone": "",
    "responsible": None,
    "watching_agents": [],
    "watching_teams": [],
    "is_active": False,
    "attributes": {},
    "user": None,
}
"""What a card says afterwards."""


@dataclass(frozen=True)
class Part:
    """How much of one kind would be erased."""

    label: str | Promise
    count: int


def may_erase(actor: Actor) -> bool:
    """Whoever changes clients and sees every ticket, since words go from tickets of any team."""
    return actor.has("people.manage") and actor.has("tickets.view_all")


def parts_of(actor: Actor, contact: Contact) -> list[Part]:
    """What there is of the person, to be shown before anything happens."""
    _require(actor, contact)
    person = person_of(contact, Erasure.Texts.ALL)
    return [Part(each.label, each.count(person)) for each in erasers()]


def request_erasure(actor: Actor, contact: Contact, texts: str) -> Erasure:
    """Has the worker erase the person's data; the account ends at once, so that nothing new comes from it."""
    _require(actor, contact)
    if texts not in Erasure.Texts.values:
        raise Invalid({"texts": [_("Choose one of the offered values.")]})
    try:
        with transaction.atomic():
            locked = Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
            if locked.erased_at is not None:
                raise Conflict(_("The data of this person was erased already."), code="erased")
            person = person_of(locked, texts)
            row = Erasure.objects.create(
                contact=locked,
                texts=texts,
                requested_by=actor.name,
                requested_at=clock.now(),
                total=sum(each.count(person) for each in erasers()),
            )
            _end_accounts(person)
            events.record(actor, kinds.ERASURE_REQUESTED, row, {"contact": locked.pk, "texts": texts})
            wake("erasures")
    except IntegrityError as error:
        raise Conflict(_("The data of this person is being erased already."), code="erasing") from error
    return row


def _require(actor: Actor, contact: Contact) -> None:
    access.get_contact(actor, contact.pk)
    if not may_erase(actor):
        raise Forbidden(_("Erasing takes the rights to change clients and to see all tickets."))


def run_erasure() -> int:
    """One batch of the first request that waits; how much it did, or one for a step to the next part."""
    with transaction.atomic():
        row = Erasure.objects.select_for_update(skip_locked=True, of=("self",)).filter(finished_at=None).first()
        if row is None:
            return 0
        person = person_of(row.contact, row.texts)
        part = _part_of(row)
        taken = 1
        if part is None:
            _finish(row)
        else:
            row.last_id, done = part.erase(person, row.last_id)
            row.done += done
            row.counts[part.name] = row.counts.get(part.name, 0) + done
            taken = done or 1
            if not done:
                row.step, row.last_id = _behind(part), 0
        row.save()
        changed("clients")
    return taken


def _part_of(row: Erasure) -> Eraser | None:
    """The part that is being erased; nothing when all are through."""
    known = erasers()
    if not row.step:
        return known[0] if known else None
    return next((each for each in known if each.name == row.step), None)


def _behind(part: Eraser) -> str:
    names = [each.name for each in erasers()]
    place = names.index(part.name) + 1
    return names[place] if place < len(names) else "done"


def _erase_cards(person: Person, after: int) -> tuple[int, int]:
    """The cards themselves, what happened to them, and what a program was answered lately."""
    if after:
        return after, 0
    _end_accounts(person)
    for card in Contact.objects.filter(pk__in=person.contacts):
        card.addresses.all().delete()
        card.affiliations.all().delete()
        PersonalLink.objects.filter(contact=card).delete()
        Contact.objects.filter(pk=card.pk).update(name=person.called, erased_at=clock.now(), **EMPTY)
    kept = Q(object_kind="contact", object_id__in=person.contacts)
    for event in Event.objects.filter(kept | Q(actor_kind="contact", actor_id__in=person.contacts)).iterator():
        blank_event(event, person)
    for merge in Merge.objects.filter(kind="contact", survivor__in=person.contacts):
        Merge.objects.filter(pk=merge.pk).update(facts={}, undone_at=merge.undone_at or clock.now())
    for problem in ImportProblem.objects.all().iterator():
        value, message = person.without(problem.value), person.without(problem.message)
        if (value, message) != (problem.value, problem.message):
            ImportProblem.objects.filter(pk=problem.pk).update(value=value, message=message)
    for address in person.addresses:
        IdempotentAnswer.objects.filter(text__icontains=address).delete()
    return 1, len(person.contacts)


register_eraser(
    Eraser("card", gettext_lazy("Cards"), lambda person: len(person.contacts), _erase_cards, order=CARD)
)


def _finish(row: Erasure) -> None:
    row.finished_at, row.step = clock.now(), "done"
    events.record(SYSTEM, kinds.ERASURE_FINISHED, row, {"contact": row.contact_id, "counts": row.counts})


def blank_event(event: Event, person: Person) -> None:
    """An event that tells nothing of the person any more: that something happened stays, and when."""
    if event.actor_kind == "contact" and event.actor_id in person.contacts:
        event.actor_name = person.called
    event.actor_name = person.without(event.actor_name)
    event.data = person.without_in(event.data)
    event.save(update_fields=["actor_name", "data"])
    EventFailure.objects.filter(event=event).delete()


def _end_accounts(person: Person) -> None:
    """Nobody signs in as the person any more; an account that is an employee's too only loses the contact."""
    users = list(
        Contact.objects.filter(pk__in=person.contacts, user__isnull=False).values_list("user_id", flat=True)
    )
    Contact.objects.filter(pk__in=person.contacts).update(user=None)
    User.objects.filter(pk__in=users, agent=None).delete()
