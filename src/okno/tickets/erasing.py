"""What tickets hold of a person: the words, the files, the places in conversations, the search rows (P47)."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db import connection
from django.db.models import F, Q
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from okno.core import clock, sweeping
from okno.core.models import Event
from okno.core.notify import changed
from okno.people.erasing import CARD, GONE, Eraser, Person, register_eraser
from okno.people.models import Erasure
from okno.people.operations.erasing import blank_event
from okno.tickets import events as kinds
from okno.tickets.models import Attachment, Draft, Message, Participant, Ticket, TicketSecret
from okno.tickets.operations.secrets import LABEL_LIMIT
from okno.tickets.search import remember

BATCH = 25
WORDS = "SELECT DISTINCT word.lexeme FROM tickets_ticketsearch, unnest(vector) AS word WHERE ticket_id = ANY(%s)"
FORGET = """
DELETE FROM tickets_searchword AS known WHERE known.word = ANY(%s)
AND NOT EXISTS (SELECT FROM tickets_ticketsearch WHERE vector @@ to_tsquery('simple', quote_literal(known.word)))
"""


def tickets_of(person: Person) -> Q:
    """The tickets in which the person takes or took part, or to which only a password was given."""
    written = Message.objects.filter(Q(contact__in=person.contacts) | Q(author_address__in=person.addresses))
    places = Participant.objects.filter(Q(contact__in=person.contacts) | Q(address__in=person.addresses))
    given = TicketSecret.objects.filter(contact__in=person.contacts)
    return (
        Q(contact__in=person.contacts)
        | Q(pk__in=given.order_by().values("ticket"))
        | Q(pk__in=written.order_by().values("ticket"))
        | Q(pk__in=places.order_by().values("ticket"))
    )


def _count(person: Person) -> int:
    return Ticket.objects.filter(tickets_of(person)).count()


def _erase(person: Person, after: int) -> tuple[int, int]:
    rows = list(
        Ticket.objects.select_for_update(of=("self",))
        .filter(tickets_of(person), pk__gt=after)
        .order_by("pk")[:BATCH]
    )
    if not rows:
        return after, 0
    ids = [row.pk for row in rows]
    words = _words_of(ids)
    for ticket in rows:
        _erase_ticket(ticket, person)
    remember(ids)
    _forget(words - _words_of(ids))
    return ids[-1], len(rows)


def _erase_ticket(ticket: Ticket, person: Person) -> None:
    is_own = ticket.contact_id in person.contacts
    goes = person.texts != Erasure.Texts.KEEP and is_own
    subject = _said("Erased request") if goes else person.without(ticket.subject)
    attributes = {} if goes else person.without_in(ticket.attributes)
    answers = [] if goes else [{**each, "value": person.without_in(each.get("value"))} for each in ticket.answers]
    Ticket.objects.filter(pk=ticket.pk).update(
        subject=subject, attributes=attributes, answers=answers, version=F("version") + 1
    )
    _erase_ratings(ticket, person)
    _erase_secrets(ticket, person)
    for message in ticket.messages.order_by("pk"):
        _erase_message(message, person, all_goes=is_own and person.texts == Erasure.Texts.ALL)
    _erase_places(ticket, person)
    for draft in Draft.objects.filter(ticket=ticket):
        Draft.objects.filter(pk=draft.pk).update(
            html=person.without(draft.html), fields=person.without_in(draft.fields)
        )
    for event in Event.objects.filter(object_kind="ticket", object_id=ticket.pk):
        if goes and event.kind == kinds.SUBJECT_CHANGED:
            event.data = {}
        blank_event(event, person)
    changed(f"ticket:{ticket.pk}")


def _erase_message(message: Message, person: Person, *, all_goes: bool) -> None:
    is_own = message.contact_id in person.contacts or message.author_address in person.addresses
    if all_goes or (is_own and person.texts != Erasure.Texts.KEEP):
        text = _said("The text was erased on request.")
        message.text, message.html, message.reason = text, f"<p>{text}</p>", {}
        _discard(message.attachments.all())
    else:
        message.text, message.html = person.without(message.text), person.without(message.html)
        message.reason = person.without_in(message.reason)
    message.quoted_text = message.quoted_html = ""
    if is_own:
        message.author_name, message.author_address = person.called, ""
    message.save(
        update_fields=["text", "html", "reason", "quoted_text", "quoted_html", "author_name", "author_address"]
    )
    for attachment in message.attachments.all():
        name = person.without(attachment.name)
        if name != attachment.name:
            Attachment.objects.filter(pk=attachment.pk).update(name=name)


def _erase_ratings(ticket: Ticket, person: Person) -> None:
    """The score stays for reports; the words go with those of the person."""
    for rating in ticket.ratings.all():
        is_own = rating.contact_id in person.contacts
        goes = is_own and person.texts != Erasure.Texts.KEEP
        rating.comment = "" if goes else person.without(rating.comment)
        rating.follow_up = "" if goes else person.without(rating.follow_up)
        rating.author_name = person.called if is_own else person.without(rating.author_name)
        rating.save(update_fields=["comment", "follow_up", "author_name"])


def _erase_secrets(ticket: Ticket, person: Person) -> None:
    """Passwords that the person gave are gone; of those that others gave the label loses what names the person."""
    for secret in ticket.secrets.all():
        is_own = secret.contact_id in person.contacts
        if is_own and secret.erased_at is None:
            secret.ciphertext, secret.erased_at = "", clock.now()
            secret.erased_because = TicketSecret.Because.PERSON
        secret.label = GONE if is_own else person.without(secret.label)[:LABEL_LIMIT]
        secret.giver = person.called if is_own else person.without(secret.giver)
        secret.save()
        of_ticket = Q(object_kind="ticket", object_id=ticket.pk, data__which=secret.pk)
        for event in Event.objects.filter(of_ticket | Q(object_kind="ticketsecret", object_id=secret.pk)):
            event.data["label"] = secret.label
            blank_event(event, person)


def _erase_places(ticket: Ticket, person: Person) -> None:
    """The requester's place stays, without an address; whoever was in copy is there no more."""
    mine = ticket.participants.filter(Q(contact__in=person.contacts) | Q(address__in=person.addresses))
    requester = mine.filter(is_requester=True).first()
    mine.exclude(pk=requester.pk if requester else 0).delete()
    if requester is None:
        return
    if ticket.participants.filter(address="").exclude(pk=requester.pk).exists():
        requester.delete()
        return
    Participant.objects.filter(pk=requester.pk).update(address="", name=person.called, is_confirmed=False)


def _discard(attachments: Iterable[Attachment]) -> None:
    for attachment in attachments:
        stored = attachment.file_id
        attachment.delete()
        sweeping.discard([stored])


def _said(words: str) -> str:
    """What stands in the place of words that are gone, in the language of the installation."""
    with translation.override(settings.LANGUAGE_CODE):
        return _(words)


ERASED = (gettext_noop("Erased request"), gettext_noop("The text was erased on request."))


def _words_of(tickets: list[int]) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(WORDS, [tickets])
        return {word for (word,) in cursor.fetchall()}


def _forget(words: set[str]) -> None:
    """Words that no ticket has any more are not compared with misspelt ones either."""
    with connection.cursor() as cursor:
        cursor.execute(FORGET, [sorted(words)])


def _count_rows(person: Person) -> int:
    return Ticket.objects.filter(contact__in=person.contacts).count()


def _erase_rows(person: Person, after: int) -> tuple[int, int]:
    """Search rows once more, now that the card has no name and no address."""
    found = Ticket.objects.filter(contact__in=person.contacts, pk__gt=after).order_by("pk")
    ids = list(found.values_list("pk", flat=True)[:BATCH])
    if ids:
        words = _words_of(ids)
        remember(ids)
        _forget(words - _words_of(ids))
    return (ids[-1] if ids else after), len(ids)


register_eraser(
    Eraser("search", gettext_lazy("Tickets found by the person's name"), _count_rows, _erase_rows, order=CARD + 10)
)
register_eraser(
    Eraser("tickets", gettext_lazy("Tickets with messages, files and search"), _count, _erase, order=50)
)
