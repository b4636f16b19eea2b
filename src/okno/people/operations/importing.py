"""A file with clients: taken, its columns named, looked at without writing, written, stopped."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from itertools import islice

from django.db import transaction
from django.utils.translation import gettext as _

from okno.core import clock, events, files
from okno.core.actor import Actor
from okno.core.faults import Conflict, Invalid, NotVisible
from okno.core.media import clean_name
from okno.core.notify import wake
from okno.people import access
from okno.people import events as kinds
from okno.people.imports.attributes import targets_for
from okno.people.imports.batches import write_rows
from okno.people.imports.columns import TARGETS, guessed, mistake_in, values_of
from okno.people.imports.reading import Sheet, read_sheet, sample_of
from okno.people.imports.rows import FIELDS, Writer, first, keys_of
from okno.people.models import Agent, ClientImport, Company, ImportProblem

RIGHT = "people.manage"
BATCH = 500
ROUNDS = 10
DRAIN = "imports"
State = ClientImport.State


def get_import(actor: Actor, pk: int) -> ClientImport:
    """The import of this id, for those who may change clients; else ``NotVisible``."""
    found = ClientImport.objects.filter(pk=pk).first() if actor.has(RIGHT) else None
    if found is None:
        raise NotVisible(_("There is no such import."))
    return found


def take_file(actor: Actor, kind: str, name: str, content: bytes) -> ClientImport:
    """Stores the file and guesses what its columns hold; nothing of it is brought in yet."""
    access.require(actor, RIGHT)
    if kind not in TARGETS:
        raise Invalid({"kind": [_("Choose one of the offered values.")]})
    sheet = read_sheet(content)
    sample = sample_of(sheet)
    return ClientImport.objects.create(
        kind=kind,
        file=files.store(content),
        name=clean_name(name),
        by_id=actor.id or 0,
        headings=sheet.headings,
        sample=sample,
        mapping=guessed(targets_for(actor, kind), sheet.headings, sample),
        total=len(sheet.rows),
    )


def look_at(
    actor: Actor, row: ClientImport, mapping: Mapping[str, str], *, updates_known: bool, makes_companies: bool
) -> ClientImport:
    """Has the worker go through the whole file and write nothing, to tell what would come of it."""
    access.require(actor, RIGHT)
    chosen = {place: code for place, code in mapping.items() if code and place.isdigit()}
    if mistake := mistake_in(targets_for(actor, row.kind), chosen):
        raise Invalid({"mapping": [str(mistake)]})
    with transaction.atomic():
        locked = _locked(row, State.MAPPING, State.CHECKED)
        locked.mapping, locked.updates_known, locked.makes_companies = chosen, updates_known, makes_companies
        _begin(locked, State.CHECKING)
    return locked


def run(actor: Actor, row: ClientImport) -> ClientImport:
    """Has the worker bring in every row that can be taken; those that cannot are told and left out."""
    access.require(actor, RIGHT)
    with transaction.atomic():
        locked = _locked(row, State.CHECKED)
        _begin(locked, State.RUNNING)
        data = {"name": locked.name, "kind": locked.kind, "rows": locked.total}
        events.record(actor, kinds.IMPORT_STARTED, locked, data)
    return locked


def stop(actor: Actor, row: ClientImport) -> ClientImport:
    """Ends it where it is: what was written stays, the rest is not."""
    access.require(actor, RIGHT)
    with transaction.atomic():
        locked = _locked(row, *(each for each in State if each not in {State.DONE, State.STOPPED}))
        locked.state, locked.finished_at = State.STOPPED, clock.now()
        locked.save()
    return locked


def work() -> int:
    """Goes through the next rows of the oldest import that is under way; how many they were.

    One reading of the file serves several batches, each of which is kept by itself.
    """
    reading, total = None, 0
    for _round in range(ROUNDS):
        done, reading = _next_batch(reading)
        total += done
        if not done:
            break
    return total


@dataclass
class _Reading:
    """A file that was read for an import as it stood then."""

    of: ClientImport
    sheet: Sheet
    writer: Writer

    def is_of(self, row: ClientImport) -> bool:
        """Whether it still is what is to be gone through."""
        return all(getattr(self.of, name) == getattr(row, name) for name in _READ_BY)


_READ_BY = ("pk", "state", "mapping", "updates_known", "makes_companies")


def _next_batch(reading: _Reading | None) -> tuple[int, _Reading | None]:
    with transaction.atomic():
        waiting = ClientImport.objects.select_for_update(skip_locked=True, of=("self",))
        row = (
            waiting.filter(state__in=[State.CHECKING, State.RUNNING]).select_related("file").order_by("id").first()
        )
        if row is None:
            return 0, None
        if reading is None or not reading.is_of(row):
            reading = _read(row)
        batch = list(islice(reading.sheet.rows, row.position, row.position + BATCH))
        _go_through(row, reading, batch)
        row.position += len(batch)
        if row.position >= len(reading.sheet.rows):
            _end(row, reading.sheet)
        row.save()
    return len(batch) or 1, reading


def _read(row: ClientImport) -> _Reading:
    sheet = read_sheet(files.read(row.file))
    actor = Agent.objects.get(pk=row.by_id).as_actor()
    writer = Writer(actor, row.updates_known, row.makes_companies, _first_lines(row, sheet))
    return _Reading(copy(row), sheet, writer)


def _go_through(row: ClientImport, reading: _Reading, batch: list[tuple[int, list[str]]]) -> None:
    """All rows of the batch; a look takes everything back at the end, so that the same code tells what would be."""
    writer, problems = reading.writer, list[ImportProblem]()
    writer.actor = Agent.objects.get(pk=row.by_id).as_actor()
    rows = [(line, values_of(row.mapping, cells)) for line, cells in batch]
    with transaction.atomic():
        results = write_rows(writer, row.kind, rows)
        if row.state == State.CHECKING:
            writer.promised |= {
                first(values, "company").lower() for line, values in rows if results[line] == "made"
            }
            transaction.set_rollback(True)
    for line, cells in batch:
        result = results[line]
        if isinstance(result, Invalid):
            row.faulty += 1
            problems += _problems(row, line, cells, result)
        else:
            setattr(row, result, getattr(row, result) + 1)
    ImportProblem.objects.bulk_create(problems)


def _first_lines(row: ClientImport, sheet: Sheet) -> dict[str, int]:
    """Where each address or name stands first in the file."""
    found: dict[str, int] = {}
    for line, cells in sheet.rows:
        for key in keys_of(row.kind, values_of(row.mapping, cells)):
            found.setdefault(key, line)
    return found


def _problems(row: ClientImport, line: int, cells: list[str], invalid: Invalid) -> list[ImportProblem]:
    values = values_of(row.mapping, cells)
    found = []
    for name, messages in (invalid.fields or {"": [invalid.message]}).items():
        code = FIELDS.get(name, name)
        value = ", ".join(values.get(code, []))[:500]
        found.append(ImportProblem(of=row, line=line, field=code, value=value, message=" ".join(messages)))
    return found


def _begin(row: ClientImport, state: str) -> None:
    row.problems.all().delete()
    row.state, row.position = state, 0
    row.made = row.changed = row.left = row.faulty = row.new_companies = 0
    row.finished_at = None
    row.save()
    wake(DRAIN)


def _end(row: ClientImport, sheet: Sheet) -> None:
    was_look = row.state == State.CHECKING
    row.state = State.CHECKED if was_look else State.DONE
    row.finished_at = clock.now()
    if was_look and row.kind == ClientImport.Kind.CONTACTS:
        row.new_companies = _unknown_companies(row, sheet)


def _unknown_companies(row: ClientImport, sheet: Sheet) -> int:
    """How many companies the file names that nobody has registered, counted once each."""
    faulty = set(row.problems.values_list("line", flat=True))
    named = {
        name[0].lower()
        for line, cells in sheet.rows
        if line not in faulty and (name := values_of(row.mapping, cells).get("company"))
    }
    return len(named - {name.lower() for name in Company.objects.values_list("name", flat=True)}) if named else 0


def _locked(row: ClientImport, *states: str) -> ClientImport:
    locked = ClientImport.objects.select_for_update().get(pk=row.pk)
    if locked.state not in states:
        raise Conflict(
            _("The import has gone on meanwhile: it is “%(state)s”.") % {"state": locked.get_state_display()}
        )
    return locked
