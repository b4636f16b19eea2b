"""Rows into tables by COPY, the fastest door that PostgreSQL has."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Model
from django.db.models.fields import NOT_PROVIDED

NULL = r"\N"


def escaped(text: str) -> str:
    """Text as COPY's own format wants it."""
    return text.replace("\\", r"\\").replace("\n", r"\n").replace("\t", r"\t").replace("\r", r"\r")


def moment(value: datetime | None) -> str:
    """A moment, or nothing."""
    return value.isoformat() if value else NULL


@dataclass(frozen=True, slots=True)
class Load:
    """Lines for one table, ready to be sent."""

    statement: str
    lines: list[str]

    def send(self) -> None:
        """Sends them over the connection of this thread."""
        with connection.cursor() as cursor, cursor.copy(self.statement) as copy:
            for start in range(0, len(self.lines), 500):
                copy.write("".join(self.lines[start : start + 500]))


class Table:
    """A table that is filled line by line: the named columns by the caller, all others with their defaults."""

    def __init__(self, model: type[Model], *filled: str) -> None:
        constants: dict[str, str] = {}
        for field in model._meta.concrete_fields:
            if field.attname in filled or field.db_default is not NOT_PROVIDED:
                continue
            if field.column and (field.has_default() or field.null):
                constants[field.column] = _plain(field.get_db_prep_save(field.get_default(), connection))
        columns = ", ".join(f'"{name}"' for name in [*filled, *constants])
        self.statement = f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN'
        self._tail = "".join(f"\t{value}" for value in constants.values()) + "\n"
        self._lines: list[str] = []

    def add(self, *values: str) -> None:
        """One row, its values in the order of the named columns, as COPY wants them."""
        self._lines.append("\t".join(values) + self._tail)

    def take(self) -> Load:
        """What was gathered, and nothing is gathered any more."""
        lines, self._lines = self._lines, []
        return Load(self.statement, lines)


def _plain(value: Any) -> str:
    if value is None:
        return NULL
    if isinstance(value, bool):
        return "t" if value else "f"
    adapted = getattr(value, "obj", value)  # psycopg's wrapper of JSON
    return escaped(json.dumps(adapted) if isinstance(adapted, dict | list) else str(adapted))
