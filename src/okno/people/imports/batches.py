"""Many rows of a file: plain new contacts in a few exchanges with the database, all others one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models.functions import Lower

from okno.core.faults import Invalid
from okno.people import access
from okno.people.imports.rows import Outcome, Values, Writer, addresses_in, first
from okno.people.models import Contact, ContactAddress
from okno.people.operations.contacts import ContactFacts, create_contacts

type Row = tuple[int, Values]
type Result = Outcome | Invalid


def write_rows(writer: Writer, kind: str, rows: Sequence[Row]) -> dict[int, Result]:
    """Brings the rows in, each of them wholly or not at all; by line what came of it."""
    if kind != "contacts":
        return {line: _alone(writer, kind, line, values) for line, values in rows}
    batch = _Batch(writer, _owned(rows), _companies(writer, {first(values, "company") for _line, values in rows}))
    for line, values in rows:
        batch.take(line, values)
    batch.write()
    return batch.results


@dataclass
class _Batch:
    """Rows of contacts on their way. ``companies`` are those of one name, by the name in lower case."""

    writer: Writer
    owned: set[str]
    companies: dict[str, list[int]]
    results: dict[int, Result] = field(default_factory=dict)
    plain: dict[int, ContactFacts] = field(default_factory=dict)
    values: dict[int, Values] = field(default_factory=dict)

    def take(self, line: int, values: Values) -> None:
        """Keeps a plain new contact for the end; all else, and what needs a new company first, is written now."""
        name = first(values, "company").lower()
        found = self.companies.get(name, [])
        is_known = not self.owned.isdisjoint(addresses_in(values))
        if is_known or (name and len(found) != 1 and name not in self.writer.promised):
            self.results[line] = _alone(self.writer, "contacts", line, values)
            if name and not found and not isinstance(self.results[line], Invalid):
                self.companies |= _companies(self.writer, {name})
            return
        try:
            self.writer.refuse_repeated("email", addresses_in(values), line)
            self.plain[line] = self.writer.contact_facts(None, found or None, values)
        except Invalid as invalid:
            self.results[line] = invalid
        self.values[line] = values

    def write(self) -> None:
        """Writes the plain ones; where somebody else has just taken one of the addresses, one by one."""
        try:
            made = create_contacts(self.writer.actor, list(self.plain.values()))
        except Invalid:
            for line in self.plain:
                self.results[line] = _alone(self.writer, "contacts", line, self.values[line])
        else:
            for line, each in zip(self.plain, made, strict=True):
                self.results[line] = "made" if isinstance(each, Contact) else each


def _alone(writer: Writer, kind: str, line: int, values: Values) -> Result:
    try:
        with transaction.atomic():
            return writer.write(kind, line, values)
    except Invalid as invalid:
        return invalid


def _owned(rows: Sequence[Row]) -> set[str]:
    """The addresses of these rows that somebody has."""
    addresses = {address for _line, values in rows for address in addresses_in(values)}
    return set(ContactAddress.objects.filter(address__in=addresses).values_list("address", flat=True))


def _companies(writer: Writer, names: set[str]) -> dict[str, list[int]]:
    low = {name.lower() for name in names if name}
    rows = access.companies_visible_to(writer.actor).filter(is_active=True).annotate(low=Lower("name"))
    found: dict[str, list[int]] = {}
    for name, pk in rows.filter(low__in=low).values_list("low", "pk"):
        found.setdefault(name, []).append(pk)
    return found
