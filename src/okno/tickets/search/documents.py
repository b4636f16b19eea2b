"""What search knows of a ticket, and how it becomes the words of its search row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.db.models.functions import Left

from okno.core.search.rules import Analysis, Vector, analysed
from okno.core.search.rules.vectors import analysed_once
from okno.core.search.rules.writing import OF_PEOPLE
from okno.people.models import ContactAddress
from okno.tickets.answers import words_of
from okno.tickets.attributes import searched_values
from okno.tickets.models import Attachment, Message, Participant, Ticket
from okno.tickets.search.days import day_of, words_of_day

LONGEST_MESSAGE = 100_000
LONGEST_CONVERSATION = 300_000
"""Characters of a conversation, its newest part, that are searched; PostgreSQL takes at most 1 MB of words."""

MOST_NAMES = 200

Pieces = Sequence[Analysis]
"""One text, read in one or several pieces."""


@dataclass
class Document:
    """The words of one ticket: number and subject, people, names of files, the conversation from its newest end.

    What was quoted in letters is left out: it stands in the message that it was quoted from.
    """

    number: int
    subject: Analysis
    day: int
    people: Iterable[str] = ()
    files: Iterable[str] = ()
    texts: list[Pieces] = field(default_factory=list)

    def vector(self) -> Vector:
        """Everything as PostgreSQL keeps it."""
        vector = Vector()
        vector.add_words(words_of_day(self.day))
        vector.add(analysed(str(self.number)))
        vector.add(self.subject)
        for name in list(dict.fromkeys(self.people))[:MOST_NAMES]:
            words = analysed_once(name)
            vector.add(words)
            vector.add_words(f"{OF_PEOPLE}{word}" for word, _place in words.placed)
            vector.add_words(f"{OF_PEOPLE}{word}" for word in words.beside)
        for name in list(dict.fromkeys(self.files))[:MOST_NAMES]:
            vector.add(analysed(name))
        for text in self.texts:
            vector.add(*text)
        return vector


def documents(tickets: Iterable[int]) -> Iterator[tuple[int, Document]]:
    """The documents of these tickets, read in five queries; those that do not exist are left out."""
    rows = list(
        Ticket.objects.filter(pk__in=list(tickets))
        .select_related("contact", "company", "agent_contact")
        .only(
            *("number", "subject", "activity_at", "type_id", "attributes", "answers"),
            *("contact__name", "company__name", "agent_contact__name"),
        )
    )
    people, files, texts = _people(rows), _files(rows), _texts(rows)
    for row in rows:
        yield (
            row.pk,
            Document(
                number=row.number,
                subject=analysed(row.subject),
                day=day_of(row.activity_at),
                people=people[row.pk],
                files=files[row.pk],
                texts=[
                    *((analysed(each),) for each in (*searched_values(row), *words_of(row))),
                    *texts[row.pk],
                ],
            ),
        )


def _people(rows: list[Ticket]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        found[row.pk] += [each.name for each in (row.contact, row.company, row.agent_contact) if each]
    participants = Participant.objects.filter(ticket__in=rows).order_by("ticket", "id")
    for ticket, address, name in participants.values_list("ticket_id", "address", "name"):
        found[ticket] += [each for each in (address, name) if each]
    addresses: dict[int, list[str]] = defaultdict(list)
    contacts = {row.contact_id for row in rows if row.contact_id}
    known = ContactAddress.objects.filter(contact__in=contacts).order_by("contact", "position", "id")
    for contact, address in known.values_list("contact_id", "address"):
        addresses[contact].append(address)
    for row in rows:
        found[row.pk] += addresses[row.contact_id] if row.contact_id else []
    return found


def _files(rows: list[Ticket]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    attached = Attachment.objects.filter(message__ticket__in=rows).order_by("-id")
    for ticket, name in attached.values_list("message__ticket_id", "name"):
        found[ticket].append(name)
    return found


def _texts(rows: list[Ticket]) -> dict[int, list[Pieces]]:
    found: dict[int, list[Pieces]] = defaultdict(list)
    left = {row.pk: LONGEST_CONVERSATION for row in rows}
    messages = Message.objects.filter(ticket__in=rows).order_by("-id")
    authors = Message.Author.CONTACT, Message.Author.OUTSIDER
    columns = ("ticket_id", "author_kind", "author_name", "author_address", Left("text", LONGEST_MESSAGE))
    for ticket, kind, name, address, text in messages.values_list(*columns).iterator(chunk_size=500):
        said = text[: left[ticket]]
        if said:
            left[ticket] -= len(said)
            found[ticket].append((analysed(said),))
        if kind in authors and address:
            found[ticket].append((analysed_once(f"{name} {address}"),))
    return found
