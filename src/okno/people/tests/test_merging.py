"""Duplicates are merged and taken apart again: merge, then undo, is as before (W7); both must be one's own (T22)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from okno.core import clock
from okno.core.actor import SYSTEM
from okno.core.drains import run_until_empty
from okno.core.faults import Conflict, Fault, Forbidden, Invalid, NotVisible
from okno.people.access import get_contact
from okno.people.duplicates import like_company, like_contact
from okno.people.models import Company, Contact, Merge, Supervision, User
from okno.people.operations.companies import CompanyFacts, change_company, create_company
from okno.people.operations.contacts import ContactFacts, change_contact, create_contact, find_or_create_contact
from okno.people.operations.merging import merge, preview
from okno.people.operations.unmerging import undo_merge
from okno.testing.cast import Cast
from okno.tickets.filters import TicketFilter, page
from okno.tickets.models import Message, Ticket
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage
from okno.tickets.operations.people import add_participant

OTHERS = (
    "event",
    "merge",
    "search",
    "procrastinate",
    "session",
    "migrations",
    "contenttypes",
    "presence",
    "recomputation",
)
"""What is not a fact of clients: the record of what happened, and what is made from the facts."""


def facts() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of the product but its id counters, versions and records."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if any(word in table for word in OTHERS):
                continue
            names = [each.name for each in connection.introspection.get_table_description(cursor, table)]
            columns = ", ".join(f'"{name}"::text' for name in names if name not in {"version", "session_round"})
            cursor.execute(f'SELECT {columns} FROM "{table}"')
            found[table] = sorted(cursor.fetchall(), key=str)
    return found


def ticket(contact: Contact, subject: str = "Till") -> Ticket:
    address = contact.addresses.first()
    message = NewMessage(text=".", contact=contact, author_address=address.address if address else "")
    return create_ticket(SYSTEM, NewTicket(subject=subject, message=message, channel="email", contact=contact))


def twin(cast: Cast, **more: Any) -> Contact:
    known: dict[str, Any] = {
        "name": "M. Nowak", "addresses": ["m.nowak@mail.example"], "phones": ["+48 58 555 01 22", "+48 600 100 200"],
        "companies": [cast.kawa.pk, cast.nordwind.pk], "note": "Calls from home", "job_title": "Boss",
    }  # fmt: skip
    return create_contact(SYSTEM, ContactFacts(**(known | more)))


def test_everything_moves_and_the_author_stays_told_w7(cast: Cast) -> None:
    duplicate = twin(cast)
    own, theirs = ticket(cast.marta, "First"), ticket(duplicate, "Second")
    add_participant(SYSTEM, own, "m.nowak@mail.example")
    counted = preview(cast.actor("olena"), cast.marta, duplicate).moving
    assert counted["tickets.Ticket.contact"] == 1
    merge(cast.actor("olena"), cast.marta, duplicate, ["name"])
    marta = Contact.objects.get(pk=cast.marta.pk)
    assert (marta.name, marta.job_title, marta.note) == ("M. Nowak", "Boss", "Calls from home")
    assert marta.phones == ["+48585550122", "+48600100200"]
    assert [each.address for each in marta.addresses.all()] == ["marta@kawa.example", "m.nowak@mail.example"]
    assert [each.company for each in marta.affiliations.all()] == [cast.kawa, cast.nordwind]
    assert set(Ticket.objects.filter(contact=marta)) == {own, theirs}
    assert Message.objects.get(ticket=theirs).author_address == "m.nowak@mail.example"
    assert find_or_create_contact(SYSTEM, "m.nowak@mail.example") == marta
    with pytest.raises(NotVisible):
        get_contact(cast.actor("olena"), duplicate.pk)
    run_until_empty("events", "search")
    assert {row.number for row in page(cast.actor("olena"), TicketFilter(contact=marta.pk)).rows} == {
        own.number,
        theirs.number,
    }


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_merge_then_undo_is_as_before_w7(cast: Cast, data: st.DataObject) -> None:
    with transaction.atomic():
        _merge_and_undo(cast, data)
        transaction.set_rollback(True)


def _merge_and_undo(cast: Cast, data: st.DataObject) -> None:
    olena = cast.actor("olena")
    with_account = data.draw(st.sets(st.sampled_from(["mine", "theirs"])))
    duplicate = twin(
        cast,
        name=data.draw(st.sampled_from(["Marta Nowak", "Other"])),
        addresses=data.draw(st.sampled_from([[], ["x1@mail.example"], ["x1@mail.example", "x2@mail.example"]])),
        companies=data.draw(st.sampled_from([[], [cast.kawa.pk], [cast.nordwind.pk, cast.kawa.pk]])),
        note=data.draw(st.sampled_from(["", "Note"])),
        is_active=data.draw(st.booleans()),
    )
    for name, contact in (("mine", cast.marta), ("theirs", duplicate)):
        if name in with_account:
            contact.user = User.objects.create_user(f"{name}{duplicate.pk}@mail.example", "a long password 1")
            contact.save()
    for _number in range(data.draw(st.integers(0, 2))):
        add_participant(SYSTEM, ticket(duplicate), "marta@kawa.example")
    run_until_empty("events", "search")
    before = facts()
    taken = data.draw(st.sets(st.sampled_from(["name", "job_title", "language"])))
    record = merge(olena, cast.marta, duplicate, taken)
    assert facts() != before
    undone = undo_merge(olena, record)
    assert undone.is_whole
    assert facts() == before


def test_companies_with_parts_and_supervision_merge_and_come_apart(cast: Cast) -> None:
    olena = cast.actor("olena")
    duplicate = create_company(
        olena, CompanyFacts(name="Kawa i Ciasto sp. z o.o.", domains=["ciasto.example"], parent=cast.kawa.pk)
    )
    part = create_company(olena, CompanyFacts(name="Part", parent=duplicate.pk))
    change_company(olena, cast.nordwind, CompanyFacts(supervised=[cast.kawa.pk, duplicate.pk]))
    change_company(olena, duplicate, CompanyFacts(supervised=[cast.kawa.pk, cast.nordwind.pk]))
    create_contact(olena, ContactFacts(name="Ewa", companies=[duplicate.pk]))
    before = facts()
    record = merge(olena, cast.kawa, duplicate)
    part.refresh_from_db()
    assert part.parent == cast.kawa
    assert not Supervision.objects.filter(supervisor=cast.kawa, supervised=cast.kawa).exists()
    assert Supervision.objects.filter(supervisor=cast.kawa, supervised=cast.nordwind).exists()
    assert set(cast.kawa.contacts.values_list("name", flat=True)) >= {"Ewa", "Marta Nowak"}
    assert undo_merge(olena, record).is_whole
    assert facts() == before
    # The other way round: the one that stays stood below the other.
    record = merge(olena, part, cast.kawa)
    part.refresh_from_db()
    duplicate.refresh_from_db()
    assert (part.parent, duplicate.parent) == (None, part)
    seen, above = {part.pk}, part.parent
    while above is not None:
        assert above.pk not in seen, "companies stand above each other in a circle"
        seen.add(above.pk)
        above = Company.objects.get(pk=above.pk).parent
    assert undo_merge(olena, record).is_whole
    assert facts() == before


def test_what_was_changed_since_stays_and_is_told(cast: Cast) -> None:
    olena = cast.actor("olena")
    duplicate = twin(cast)
    theirs = ticket(duplicate)
    record = merge(olena, cast.marta, duplicate)
    Ticket.objects.filter(pk=theirs.pk).update(contact=cast.jan)
    change_contact(olena, cast.marta, ContactFacts(note="Another note"))
    since = ticket(cast.marta, "Since")
    undone = undo_merge(olena, record)
    assert undone.kept_facts == ["note"]
    assert undone.kept_rows == {"tickets.Ticket.contact": 1}
    for row, contact in ((theirs, cast.jan), (since, cast.marta)):
        row.refresh_from_db()
        assert row.contact == contact
    assert Contact.objects.get(pk=cast.marta.pk).note == "Another note"
    assert [each.address for each in duplicate.addresses.all()] == ["m.nowak@mail.example"]


def test_a_merge_is_undone_once_in_thirty_days_and_in_its_turn(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    olena = cast.actor("olena")
    duplicate = twin(cast)
    first = merge(olena, cast.marta, duplicate)
    second = merge(olena, cast.piotr, cast.marta)
    with pytest.raises(Conflict, match="was merged itself"):
        undo_merge(olena, first)
    undo_merge(olena, second)
    undo_merge(olena, first)
    with pytest.raises(Conflict, match="cannot be undone"):
        undo_merge(olena, first)
    third = merge(olena, cast.marta, duplicate)
    late = clock.now() + timedelta(days=30, seconds=1)
    monkeypatch.setattr(clock, "now", lambda: late)
    with pytest.raises(Conflict, match="cannot be undone"):
        undo_merge(olena, third)


def test_both_cards_must_be_ones_own_t22(cast: Cast) -> None:
    duplicate = twin(cast)
    for name, fault in (("marek", Forbidden), ("marta", Forbidden)):
        with pytest.raises(fault):
            merge(cast.actor(name), cast.marta, duplicate)
    olena = cast.actor("olena")
    with pytest.raises(Invalid):
        merge(olena, cast.marta, cast.marta)
    merge(olena, cast.marta, duplicate)
    with pytest.raises(Fault):
        merge(olena, cast.piotr, duplicate)
    record = Merge.objects.get()
    with pytest.raises(Forbidden):
        undo_merge(cast.actor("marek"), record)


def test_the_account_of_a_duplicate_is_no_second_way_in(cast: Cast) -> None:
    duplicate = twin(cast)
    for contact in (cast.marta, duplicate):
        contact.user = User.objects.create_user(f"u{contact.pk}@mail.example", "a long password 1")
        contact.save()
    record = merge(cast.actor("olena"), cast.marta, duplicate)
    user = User.objects.get(email=f"u{duplicate.pk}@mail.example")
    assert not user.is_active
    undo_merge(cast.actor("olena"), record)
    user.refresh_from_db()
    assert user.is_active


def test_likely_duplicates_have_a_reason(cast: Cast) -> None:
    olena = cast.actor("olena")
    by_phone = create_contact(olena, ContactFacts(name="Somebody", phones=["0048 58 555 01 22"]))
    by_name = create_contact(olena, ContactFacts(name="MARTA NOWAK", companies=[cast.kawa.pk]))
    create_contact(olena, ContactFacts(name="Marta Nowak", companies=[cast.nordwind.pk]))
    found = {each.card: each.reason for each in like_contact(olena, cast.marta)}
    assert found == {by_phone: "the same telephone", by_name: "the same name"}
    same = create_company(olena, CompanyFacts(name="kawa I ciasto"))
    assert [each.card for each in like_company(olena, cast.kawa)] == [same]
