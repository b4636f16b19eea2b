"""Laying a file over the installation: tried out and rolled back, or done as a whole.

The trial is the act itself in a transaction that is given up: it asks the same operations, with the same checks,
and what it shows is the difference between the configuration before and after. Whoever applies a plan gets exactly
what was shown, or nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from okno.core import events, settings_store
from okno.core.actor import Actor
from okno.core.configuration.documents import Document
from okno.core.configuration.plans import Change, Plan, Problem, SectionPlan, digest_of, lines_between
from okno.core.configuration.sections import Importing, Options, Row, Section, in_order
from okno.core.faults import Conflict, Fault, Invalid
from okno.core.models import SettingValue
from okno.core.rehearsal import rehearsal

EXPORTED = events.kind("configuration.exported", "The configuration was taken away as a file")
IMPORTED = events.kind(
    "configuration.imported",
    "A file was laid over the configuration; each change has its own event. data: added, changed, sections",
)
ORDER_LOCK = 706_001_081
Key = tuple[str, ...]


@dataclass
class _Work:
    """A section while the file is laid over it."""

    section: Section[Any]
    wanted: dict[Key, Any]
    before: dict[Key, tuple[int, Any]]
    failed: dict[Key, list[Problem]] = field(default_factory=dict)
    trouble: list[Problem] = field(default_factory=list)


def rehearse(actor: Actor, document: Document, options: Options) -> Plan:
    """What the file would change; nothing is changed."""
    with _alone():
        plan = _laid(actor, document, options)
        transaction.set_rollback(True)
    settings_store.forget()
    return plan


def apply(actor: Actor, document: Document, options: Options, shown: str = "") -> Plan:
    """Lays the file over the configuration, all or nothing; ``shown`` is the digest of the plan that was shown.

    ``Conflict`` when something has changed since; ``Invalid`` when a row cannot be taken.
    """
    with _alone():
        plan = _laid(actor, document, options)
        if plan.problems:
            first = plan.problems[0]
            raise Invalid({"file": [f"{first.name}: {first.message}"]})
        if shown and shown != plan.digest:
            raise Conflict(
                _("The configuration has changed since you looked at this. Look at what would be changed now.")
            )
        if not plan.is_empty:
            touched = [section.key for section in plan.sections if not section.is_empty]
            data = {"added": plan.counts["added"], "changed": plan.counts["changed"], "sections": touched}
            events.record(actor, IMPORTED, SettingValue(key="configuration"), data)
    settings_store.forget()
    return plan


def note_export(actor: Actor, subject: Model | None = None) -> None:
    """Writes down who took the configuration away."""
    events.record(actor, EXPORTED, subject or SettingValue(key="configuration"))


@contextmanager
def _alone() -> Iterator[None]:
    """One file at a time, and nothing of it remembered by this process before it is committed."""
    with rehearsal(), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ORDER_LOCK])
        yield


def _laid(actor: Actor, document: Document, options: Options) -> Plan:
    importing = Importing(actor, options)
    named = [section for section in in_order() if section.key in document.rows]
    works = [_work(section, document) for section in named]
    for work in works:
        if not actor.has(work.section.right):
            _refuse(work)
    allowed = [work for work in works if actor.has(work.section.right)]
    for work in allowed:
        _write(importing, work)
    for work in reversed(allowed):
        _settle(importing, work)
    for work in allowed:
        if work.section.is_ordered:
            _attempt(work.trouble, "", partial(_arrange, actor, work))
    return _plan(importing, works)


def _work(section: Section[Any], document: Document) -> _Work:
    rows = document.of(section)
    held = list(section.held())
    keys = section.keys([item for _pk, item in held])
    return _Work(section, dict(zip(section.keys(rows), rows, strict=True)), dict(zip(keys, held, strict=True)))


def _refuse(work: _Work) -> None:
    """What the role does not allow is told without what is there."""
    if any(key not in work.before or work.before[key][1] != item for key, item in work.wanted.items()):
        work.trouble.append(Problem("", "", _("Your role does not change this.")))


def _write(importing: Importing, work: _Work) -> None:
    """New and changed rows; what fails is tried again after the others, since it may need one of them."""
    pending = [key for key, item in work.wanted.items() if key not in work.before or work.before[key][1] != item]
    while pending:
        left = []
        for key in pending:
            item, (pk, _item) = work.wanted[key], work.before.get(key, (None, None))
            problems: list[Problem] = []
            name = work.section.name_of(item)
            _attempt(problems, name, partial(work.section.write, importing, item, pk))
            work.failed.pop(key, None)
            if problems:
                work.failed[key] = problems
                left.append(key)
        if len(left) == len(pending):
            return
        pending = left


def _settle(importing: Importing, work: _Work) -> None:
    section, held = work.section, list(work.section.held())
    present = dict(zip(section.keys([item for _pk, item in held]), held, strict=True))
    for key, item in work.wanted.items():
        if key in present and key not in work.failed and present[key][1] != item:
            pk = present[key][0]
            name = section.name_of(item)
            _attempt(work.trouble, name, partial(section.settle, importing, item, pk))
    if importing.options.switch_off_absent:
        for key, (pk, item) in present.items():
            if key not in work.wanted:
                kept: list[Problem] = []
                _attempt(kept, section.name_of(item), partial(section.switch_off, importing, pk))
                for problem in kept:
                    importing.note(section.key, f"{problem.name}: {problem.message}")


def _attempt(problems: list[Problem], name: str, act: Callable[[], None]) -> None:
    """One act in a savepoint of its own; what it refuses is noted with the field."""
    try:
        with transaction.atomic():
            act()
    except Invalid as invalid:
        for place, messages in invalid.fields.items():
            problems.extend(Problem(name, place, message) for message in messages)
    except Fault as fault:
        problems.append(Problem(name, "", fault.message))
    except (DataError, IntegrityError):
        problems.append(Problem(name, "", _("A value is too long or too large, or is taken by another.")))


def _arrange(actor: Actor, work: _Work) -> None:
    """The rows of the file in its order; those that it does not have keep their places among them."""
    held = list(work.section.held())
    keys = work.section.keys([item for _pk, item in held])
    seen = [pk for pk, _item in held]
    by_key = dict(zip(keys, seen, strict=True))
    wanted = iter([by_key[key] for key in work.wanted if key in by_key])
    order = [next(wanted) if key in work.wanted else pk for key, pk in zip(keys, seen, strict=True)]
    if order != seen:
        work.section.reorder(actor, order, seen)


def _plan(importing: Importing, works: list[_Work]) -> Plan:
    sections, values = [], []
    for work in works:
        plan = SectionPlan(work.section.key, work.section.label)
        plan.problems = [*work.trouble, *(problem for problems in work.failed.values() for problem in problems)]
        plan.notes = list(importing.notes.get(work.section.key, []))
        if importing.actor.has(work.section.right):
            values.append([work.section.key, _compare(work, plan)])
        sections.append(plan)
    return Plan(sections, digest_of(values))


def _compare(work: _Work, plan: SectionPlan) -> list[Any]:
    """Fills the plan from what is here now and what was; returns what the digest is made of."""
    section, values = work.section, list[Any]()
    held = list(section.held())
    keys = section.keys([item for _pk, item in held])
    for key, (_pk, item) in zip(keys, held, strict=True):
        before = _data(work.before[key][1]) if key in work.before else {}
        after = _data(item)
        if before == after:
            plan.same += key in work.wanted
        else:
            change = Change(section.name_of(item), lines_between(section, before, after))
            (plan.changed if before else plan.added).append(change)
            values.append([before, after])
        if key not in work.wanted:
            plan.absent.append(section.name_of(item))
        elif key not in work.failed:
            _note_kept(section, plan, after, _data(work.wanted[key]))
    shared = [key for key in keys if key in work.before]
    plan.is_reordered = section.is_ordered and shared != [key for key in work.before if key in keys]
    return [values, keys if plan.is_reordered else []]


def _note_kept(section: Section[Any], plan: SectionPlan, after: dict[str, Any], wanted: dict[str, Any]) -> None:
    kept = [name for name, value in wanted.items() if after[name] != value]
    if kept:
        name = " · ".join(str(after[each]) for each in section.identity if after[each])
        text = _("%(name)s: not as in the file: %(fields)s.")
        plan.notes.append(text % {"name": name, "fields": ", ".join(kept)})


def _data(item: Row) -> dict[str, Any]:
    return item.model_dump(mode="json")
