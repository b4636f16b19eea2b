"""Queries that nearly every page asks: written by the ORM once, planned by the database once, asked many times.

The ORM takes longer to write such a query than the database to answer it, and the database longer to plan it than
to run it. A query with ``hole(n)`` in the place of a value is written once; ``rows`` fills the holes. All other
values stand in its text, so that partial indexes serve it. What decides *which* rows may be read never stands in a
hole: a query of a visibility rule is written for its actor, with all that the rule knows of him.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, cast

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import EmptyResultSet
from django.db import InterfaceError, OperationalError
from django.db import connection as typed_connection
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.models import BigIntegerField, BooleanField, F, Func, Model, QuerySet, Value
from psycopg.sql import Literal

connection: Any = typed_connection  # of PostgreSQL, which knows more than its type says
_FIRST_HOLE = -(2**62)
_MOST_HOLES = 8


def hole(number: int) -> int:
    """The place of a value that is given later: an id, or another whole number."""
    return _FIRST_HOLE - number


def among(column: str, number: int) -> Func:
    """The condition that an id stands in a list which is given later."""
    ids = Value([hole(number)], output_field=ArrayField(BigIntegerField()))
    return Func(F(column), ids, template="%(expressions)s)", arg_joiner=" = ANY(", output_field=BooleanField())


class Statement:
    """A query as the database takes it, with its holes; one without a text finds nothing."""

    def __init__(self, sql: str, params: Sequence[Any] = ()) -> None:
        """``sql`` as Django writes it, with a ``%s`` for each of the parameters."""
        self._holes = [_FIRST_HOLE - number for each in params if (number := _hole_in(each))]
        self.text = sql % tuple("%s" if _hole_in(each) else _literal(each) for each in params) if params else sql

    @classmethod
    def of(cls, queryset: QuerySet[Any, Any]) -> Statement:
        """The query of a queryset."""
        return cls(*_written(queryset))

    def rows(self, *values: Any) -> list[tuple[Any, ...]]:
        """What the query finds with these values in its holes.

        The first query of a request on a kept connection is its own test: one that broke meanwhile is opened anew.
        """
        if not self.text:
            return []
        given = [values[number] for number in self._holes]
        if not _is_untested():
            return self._fetched(given)
        connection.health_check_done = True
        try:
            return self._fetched(given)
        except (OperationalError, InterfaceError):
            connection.close()
            return self._fetched(given)

    def _fetched(self, given: list[Any]) -> list[tuple[Any, ...]]:
        with _cursor() as cursor:
            cursor.execute(self.text, given)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
            return rows


def _written(queryset: QuerySet[Any, Any]) -> tuple[str, tuple[Any, ...]]:
    """The text and the parameters of a query; no text where nothing can be found."""
    try:
        return queryset.query.sql_with_params()
    except EmptyResultSet:
        return "", ()


def _cursor() -> Any:
    """A cursor whose queries the database remembers; Django's own send their values within the text."""
    connection.ensure_connection()
    make: Any = ServerBindingCursor
    plain = make(connection.connection)
    return connection.make_debug_cursor(plain) if connection.queries_logged else connection.make_cursor(plain)


def _is_untested() -> bool:
    """Whether nobody knows if the connection still stands (Django would ask for ``SELECT 1`` now)."""
    kept = connection.connection is not None and not connection.in_atomic_block
    return bool(kept and connection.health_check_enabled and not connection.health_check_done)


def _literal(value: Any) -> str:
    return Literal(value).as_string(None).replace("%", "%%")


def _hole_in(value: Any) -> int | None:
    """The hole that this parameter is, or that stands alone in a list in the place of all of its values."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    return value if isinstance(value, int) and _FIRST_HOLE - _MOST_HOLES < value <= _FIRST_HOLE else None


_PART = "(SELECT coalesce(json_agg(part), '[]')::text FROM ({}) AS part)"


class Gathering:
    """Several queries asked as one: each answers with its rows by name, values of dates as text."""

    def __init__(self, **querysets: QuerySet[Any, Any]) -> None:
        self._names = tuple(querysets)
        parts: list[str] = []
        params: list[Any] = []
        for queryset in querysets.values():
            sql, given = _written(queryset)
            parts.append(_PART.format(sql) if sql else "'[]'")
            params += given
        self._statement = Statement("SELECT " + ", ".join(parts), params)

    def rows(self, *values: Any) -> dict[str, list[dict[str, Any]]]:
        """What each of the queries finds with these values in the holes."""
        [row] = self._statement.rows(*values)
        return {name: json.loads(found) for name, found in zip(self._names, row, strict=True)}


class Instances[Row: Model]:
    """A query for model rows, with the rows of other tables that belong to them."""

    def __init__(self, queryset: QuerySet[Row], *related: str) -> None:
        models = [queryset.model, *(queryset.model._meta.get_field(name).related_model for name in related)]
        self._parts = [(name, _Maker(model)) for name, model in zip(("", *related), models, strict=True)]
        columns = [f"{name}__{each}" if name else each for name, made in self._parts for each in made.columns]
        self._statement = Statement.of(queryset.values_list(*columns))

    def rows(self, *values: Any) -> list[Row]:
        """The rows that the query finds with these values in its holes."""
        return [self._made(row) for row in self._statement.rows(*values)]

    def _made(self, row: tuple[Any, ...]) -> Row:
        made: Any = None
        start = 0
        for name, maker in self._parts:
            end = start + len(maker.columns)
            instance = maker.make(row[start:end])
            if name:
                made._state.fields_cache[name] = instance
            else:
                made = instance
            start = end
        return cast("Row", made)


class _Maker:
    """Makes instances of a model from the values of its columns, as the ORM would."""

    def __init__(self, model: Any) -> None:
        fields = model._meta.concrete_fields
        self.model = model
        self.columns = [field.attname for field in fields]
        self._read = [(at, field) for at, field in enumerate(fields) if hasattr(field, "from_db_value")]
        self._key = [field.primary_key for field in fields].index(True)

    def make(self, values: Sequence[Any]) -> Any:
        """The instance; nothing where there is no such row."""
        if values[self._key] is None:
            return None
        if self._read:
            values = list(values)
            for at, field in self._read:
                values[at] = field.from_db_value(values[at], None, connection)
        return self.model.from_db("default", self.columns, values)
