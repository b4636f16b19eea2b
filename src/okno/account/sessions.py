"""Sessions in the database, as Django keeps them, read by a query that is written once."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.contrib.sessions.backends import db
from django.utils import timezone

from okno.core.statements import Statement, hole

_ALIVE = 'SELECT {columns} FROM "{table}" WHERE session_key = %s AND expire_date > %s'


@cache
def _alive() -> Statement:
    model: Any = db.SessionStore.get_model_class()
    columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
    return Statement(_ALIVE.format(columns=columns, table=model._meta.db_table), [hole(0), hole(1)])


class SessionStore(db.SessionStore):
    """A session; its row is the one that Django's own store writes."""

    def _get_session_from_db(self) -> Any:
        rows = _alive().rows(self.session_key, timezone.now())
        if not rows:
            self._session_key = None
            return None
        model: Any = self.model
        return model(*rows[0])
