"""Random conditions over everything that is registered, right in form and of any content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hypothesis import strategies as st

from okno.tickets.conditions.fields import FIELDS, Field
from okno.tickets.conditions.rules.kinds import ZONED, Kind
from okno.tickets.conditions.rules.tree import BARE, SINGLE, Clause, Group, Mode, Operator, Value

References = Mapping[str, Sequence[Value]]
"""The values of fields that name rows, by the key of the field."""
ZONES = [
    "",
    "Europe/Kyiv",
    "Europe/Warsaw",
    "Europe/Moscow",
    "America/New_York",
    "Australia/Sydney",
    "Australia/Lord_Howe",
    "Pacific/Kiritimati",
    "Asia/Kathmandu",
]
WORDS = [
    "printer", "принтер", "ЕЩЕ", "vpn", "lodz", "łódź", "ганок", "[", "100%", "c:\\TEMP", "strasse", "ß", "i", ".b*c", "^$",
    "not there at all",
]  # fmt: skip
TIMES = st.sampled_from(["00:00", "02:30", "03:00", "09:00", "12:15", "18:00", "23:59"])


@st.composite
def _hours(draw: st.DrawFn) -> str:
    begins = draw(TIMES)
    ends = draw(TIMES.filter(lambda value: value != begins or value == "00:00"))
    return f"{begins}-{ends}"


def _values(field: Field, references: References) -> st.SearchStrategy[Value]:
    if field.key in references:
        gone: Value = "no-such-code" if isinstance(references[field.key][0], str) else 999_999
        return st.sampled_from([*references[field.key], gone])
    if field.kind is Kind.CHOICE:
        known = sorted((field.source.known() if field.source else None) or frozenset(), key=str)
        return st.sampled_from([*known, "no-such-code"])
    return {
        Kind.TEXT: st.sampled_from(WORDS) | st.text(min_size=1, max_size=3).filter(_is_word),
        Kind.NUMBER: st.integers(-1, 4) | st.floats(-1, 4),
        Kind.DATE: st.dates().map(str) | st.sampled_from(["2025-10-26", "2025-12-31", "2026-01-01", "2026-03-29"]),
        Kind.DAY: st.dates().map(str) | st.sampled_from(["2025-12-31", "2026-04-02", "2026-04-03", "2026-04-04"]),
        Kind.WEEKDAY: st.integers(1, 7),
        Kind.HOURS: _hours(),
    }[field.kind]


def _is_word(text: str) -> bool:
    """What a form lets through and PostgreSQL can hold."""
    return bool(text.strip()) and "\x00" not in text and text.isprintable()


@st.composite
def clause_of(draw: st.DrawFn, field: Field, operator: Operator, references: References) -> Clause:
    """A comparison on this field with this operator."""
    zone = draw(st.sampled_from(ZONES)) if field.kind in ZONED else ""
    if operator in BARE:
        return Clause(field.key, operator)
    if operator in {Operator.WITHIN_DAYS, Operator.BEFORE_DAYS}:
        return Clause(field.key, operator, (draw(st.sampled_from([1, 7, 30, 200, 36_500])),), zone)
    most = 1 if operator in SINGLE else 3
    values = draw(st.lists(_values(field, references), min_size=1, max_size=most, unique=True))
    return Clause(field.key, operator, tuple(values), zone)


@st.composite
def clauses(draw: st.DrawFn, references: References) -> Clause:
    """A comparison on any registered field, with any of its operators."""
    field = draw(st.sampled_from(list(FIELDS.values())))
    return draw(clause_of(field, draw(st.sampled_from(field.operators)), references))


def conditions(references: References) -> st.SearchStrategy[Group]:
    """Groups of comparisons and of groups."""
    modes = st.sampled_from(list(Mode))
    simple = clauses(references)
    parts = st.recursive(
        simple,
        lambda inner: st.builds(Group, modes, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        max_leaves=6,
    )
    return st.builds(Group, modes, st.lists(parts, max_size=4).map(tuple))
