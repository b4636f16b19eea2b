"""The canary of erasing: what a person wrote, was called and attached is found nowhere afterwards (P47)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection

from okno.channels.email.models import Letter, OutgoingLetter
from okno.channels.email.tests.writing import letter, mailbox, take
from okno.core import files
from okno.core.actor import SYSTEM
from okno.core.auditing import audit_log
from okno.core.drains import run_until_empty
from okno.core.faults import Conflict, Forbidden, Invalid
from okno.people.models import Contact, Erasure, User
from okno.people.operations.contacts import ContactFacts, change_contact, create_contact
from okno.people.operations.erasing import parts_of, request_erasure, run_erasure
from okno.people.operations.merging import merge
from okno.testing.cast import Cast
from okno.tickets import erasing, search
from okno.tickets.models import Attachment, Ticket, TicketSecret
from okno.tickets.operations import secrets
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.drafts import save_draft
from okno.tickets.operations.editing import change_subject
from okno.tickets.operations.messages import NewFile, NewMessage, add_answer, add_client_message, add_note
from okno.tickets.operations.people import add_participant

CALLED = ("ksymena", "wrzosowska", "k.wrzos", "700900100", "700 900 100", "szefowa")
WRITTEN = ("paprykarz", "subjectcanary", "filecanary", "bytescanary")
OURS = ("answercanary", "notecanary")


OLD: set[Path] = set()
"""Files that other tests have left on the disk: their rows are rolled back, the files are not."""


@pytest.fixture
def ksymena(cast: Cast) -> Contact:
    """A person with a duplicate, an account, letters, answers, notes, drafts, files and a place in another's ticket."""
    OLD.clear()
    OLD.update(Path(default_storage.path("")).rglob("*"))
    mailbox()
    made = create_contact(
        SYSTEM,
        ContactFacts(
            name="Ksymena Wrzosowska",
            addresses=["k.wrzos@kawa.example"],
            phones=["+48 700 900 100"],
            job_title="Szefowa",
            companies=[cast.kawa.pk],
            note="Ksymena calls late",
        ),
    )
    change_contact(cast.actor("olena"), made, ContactFacts(copy_address="szefowa@kawa.example"))
    made.user = User.objects.create_user("k.wrzos@kawa.example", "a long password 1")
    made.save()
    twin = create_contact(SYSTEM, ContactFacts(name="K. Wrzosowska", addresses=["k.wrzos2@kawa.example"]))
    merge(cast.actor("olena"), made, twin)
    sender = "Ksymena Wrzosowska <k.wrzos@kawa.example>"
    take(letter(sender, subject="Subjectcanary", text="The paprykarz is cold. Ksymena, tel. 700 900 100"))
    ticket = Ticket.objects.get(subject="Subjectcanary")
    stored = files.store(b"bytescanary " * 20)
    add_client_message(
        SYSTEM, ticket,
        NewMessage(text="paprykarz again", contact=made, files=[NewFile(stored, "filecanary.txt", "text/plain")]),
    )  # fmt: skip
    olena = cast.actor("olena")
    add_answer(olena, ticket, NewMessage(html="<p>Dear Ksymena, answercanary to k.wrzos@kawa.example</p>"))
    own = TicketSecret.objects.create(
        ticket=ticket, contact=made, giver=made.name, label="Till of Wrzosowska", ciphertext="bytescanary"
    )
    secrets.erase(olena, own)
    secrets.keep(olena, ticket, "VPN of Ksymena", "x")
    add_note(olena, ticket, NewMessage(text="notecanary of Wrzosowska"))
    change_subject(olena, ticket, "Subjectcanary twice")
    save_draft(olena, ticket, "answer", body="<p>Ksymena!</p>")
    other = create_ticket(
        SYSTEM,
        NewTicket(
            subject="Till of Marta", channel="email", contact=cast.marta,
            message=NewMessage(text="Ask Ksymena Wrzosowska", contact=cast.marta),
        ),
    )  # fmt: skip
    add_participant(olena, other, "k.wrzos@kawa.example")
    apart = create_ticket(
        SYSTEM, NewTicket("Till of Piotr", NewMessage(text="x", contact=cast.marta), "email", contact=cast.marta)
    )
    TicketSecret.objects.create(  # all that she had to do with this one
        ticket=apart, contact=made, giver=made.name, label="Safe of Wrzosowska", ciphertext="bytescanary"
    )
    run_until_empty("events", "search")
    return made


def everywhere() -> str:
    """Every text of every table, and every file in the storage, in lower case."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT row_to_json(kept)::text FROM "{table}" AS kept')
            found += [f"{table}: {row}" for (row,) in cursor.fetchall()]
    for path in Path(default_storage.path("")).rglob("*"):
        if path.is_file() and path not in OLD:
            found.append(f"{path.name}: {path.read_bytes().decode(errors='replace')}")
    return "\n".join(found).lower()


def erase(cast: Cast, contact: Contact, texts: str) -> Erasure:
    row = request_erasure(cast.actor("olena"), contact, texts)
    run_until_empty("erasures", "events", "search")
    row.refresh_from_db()
    assert row.finished_at is not None
    return row


@pytest.mark.parametrize("texts", ["keep", "own", "all"])
def test_the_canary_is_found_nowhere_p47(
    cast: Cast, ksymena: Contact, texts: str, django_capture_on_commit_callbacks: Any
) -> None:
    before = everywhere()
    assert [word for word in (*CALLED, *WRITTEN, *OURS) if word not in before] == []
    with django_capture_on_commit_callbacks(execute=True):
        row = erase(cast, ksymena, texts)
    after = everywhere()
    gone = {"keep": CALLED, "own": (*CALLED, *WRITTEN), "all": (*CALLED, *WRITTEN, *OURS)}[texts]
    assert [line[:300] for line in after.split("\n") if any(word in line for word in gone)] == []
    stays = {"keep": ("paprykarz", *OURS), "own": OURS, "all": ()}[texts]
    assert [word for word in stays if word not in after] == []
    assert row.done >= row.total > 0


def test_what_stays_is_what_was_said_to_stay_p47(cast: Cast, ksymena: Contact) -> None:
    ticket = Ticket.objects.get(subject="Subjectcanary twice")
    count, number, created = ticket.messages.count(), ticket.number, ticket.created_at
    row = erase(cast, ksymena, "own")
    ticket.refresh_from_db()
    assert (ticket.number, ticket.created_at, ticket.messages.count()) == (number, created, count)
    assert ticket.subject == "Erased request"
    assert not Attachment.objects.filter(message__ticket=ticket, message__contact=ksymena).exists()
    ksymena.refresh_from_db()
    assert ksymena.name == f"Erased person {ksymena.pk}"
    assert not ksymena.is_active
    assert not User.objects.filter(email__startswith="k.wrzos").exists()
    other = Ticket.objects.get(subject="Till of Marta")
    assert [each.address for each in other.participants.all()] == ["marta@kawa.example"]
    assert other.messages.get().text == "Ask •••"
    assert Letter.objects.get(ticket=ticket).raw.size == 0
    assert not OutgoingLetter.objects.filter(recipient__contains="wrzos").exists()
    told = audit_log().filter(kind__startswith="erasure.")
    assert [event.kind for event in told] == ["erasure.finished", "erasure.requested"]
    assert told[0].data["contact"] == row.contact_id
    assert not search.matching(Ticket.objects.all(), "paprykarz").exists()
    with pytest.raises(Conflict):
        change_contact(cast.actor("olena"), ksymena, ContactFacts(name="Ksymena"))
    with pytest.raises(Conflict):
        request_erasure(cast.actor("olena"), ksymena, "own")


def test_who_may_erase_and_what_is_shown_first(cast: Cast, ksymena: Contact) -> None:
    counted = {str(part.label): part.count for part in parts_of(cast.actor("olena"), ksymena)}
    assert counted["Tickets with messages, files and search"] == 3
    assert counted["Received letters as they came"] == 1
    with pytest.raises(Forbidden):
        request_erasure(cast.actor("marta"), cast.marta, "own")
    with pytest.raises(Invalid):
        request_erasure(cast.actor("olena"), ksymena, "everything")
    request_erasure(cast.actor("olena"), ksymena, "own")
    with pytest.raises(Conflict):
        request_erasure(cast.actor("olena"), ksymena, "own")
    ksymena.refresh_from_db()
    assert ksymena.user is None, "the account ends at once"


def test_a_large_history_goes_batch_by_batch(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erasing, "BATCH", 2)
    for number in range(5):
        create_ticket(
            SYSTEM,
            NewTicket(
                subject=f"Number {number}", channel="email", contact=cast.jan,
                message=NewMessage(text="Words", contact=cast.jan, author_address="jan@nordwind.example"),
            ),
        )  # fmt: skip
    row = request_erasure(cast.actor("olena"), cast.jan, "own")
    seen = []
    while run_erasure():
        row.refresh_from_db()
        seen.append((row.step, row.done))
    assert len({done for _step, done in seen}) >= 4, seen
    assert row.counts["tickets"] == 5
    assert set(Ticket.objects.filter(contact=cast.jan).values_list("subject", flat=True)) == {"Erased request"}
