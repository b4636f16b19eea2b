"""New rows of any tables in one exchange with the database.

The ORM builds the text of each INSERT anew, which costs more than running it: where many rows are written all day
long, the text is kept. What is written is the same, but no signals are sent.
"""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.models import Field, Model
from django.db.models.expressions import DatabaseDefault
from django.db.models.sql import InsertQuery

type Column = Field[Any, Any]

_known: dict[tuple[type[Model], frozenset[str]], tuple[str, list[Column], list[Column]]] = {}
"""Texts by table and by the columns that the database fills, as the ORM once made them."""


def insert(*rows: Model) -> None:
    """Writes the rows in their order; each gets its id and what the database fills in by itself."""
    if not rows:
        return
    statements, values, returned = [], [], []
    for row in rows:
        text, given, back = _statement(row)
        statements.append(text)
        values += [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in given]
        returned.append(back)
    with connection.cursor() as cursor:
        cursor.execute(";\n".join(statements), values)
        for row, back in zip(rows, returned, strict=True):
            for field, value in zip(back, cursor.fetchone(), strict=True):
                setattr(row, field.attname, value)
            row._state.adding, row._state.db = False, connection.alias
            cursor.nextset()


def _left_out(row: Model) -> frozenset[str]:
    """The columns that the database is to fill: an id not yet known, and defaults of its own."""
    values = row.__dict__
    left = {field.attname for field in row._meta.db_returning_fields if values.get(field.attname) is None}
    return frozenset(left | {name for name, value in values.items() if isinstance(value, DatabaseDefault)})


def _statement(row: Model) -> tuple[str, list[Column], list[Column]]:
    """The text for this row, the columns that it takes values for, and those that it gives back."""
    left_out = _left_out(row)
    key = (type(row), left_out)
    if key not in _known:
        fields: list[Column] = list(row._meta.local_concrete_fields)
        given = [field for field in fields if field.attname not in left_out]
        back = [field for field in fields if field.attname in left_out or field.primary_key]
        query = InsertQuery(type(row))
        query.insert_values(given, [row])
        compiler: Any = query.get_compiler(connection=connection)
        compiler.returning_fields = back
        ((text, _values),) = compiler.as_sql()
        _known[key] = text, given, back
    return _known[key]
