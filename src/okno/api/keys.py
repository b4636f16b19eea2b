"""Pages by id for the smaller lists: the cursor is the last id, wrapped so that nobody counts on what it holds."""

from __future__ import annotations

import base64
from typing import Annotated

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from pydantic import Field

from okno.core.faults import Invalid

Limit = Annotated[int, Field(ge=1, le=100, description="How many rows, at most 100.")]
CursorText = Annotated[str, Field(max_length=400, description="`next_cursor` of the page before.")]
LARGEST_ID = 2**63 - 1


def page_by_id[M: Model](rows: QuerySet[M], cursor: str, limit: int) -> tuple[list[M], str | None]:
    """The rows after the cursor by growing id, and the cursor of the next page."""
    after = _read(cursor) if cursor else 0
    found = list(rows.filter(pk__gt=after).order_by("pk")[: limit + 1])
    more = len(found) > limit
    found = found[:limit]
    return found, _write(found[-1].pk) if more else None


def _write(pk: int) -> str:
    return base64.urlsafe_b64encode(f"id:{pk}".encode()).decode().rstrip("=")


def _read(cursor: str) -> int:
    try:
        text = base64.b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        pk = int(text.decode("ascii").removeprefix("id:"))
    except ValueError as error:
        raise Invalid({"cursor": [_("This cursor belongs to no page of this list.")]}) from error
    if not 0 <= pk <= LARGEST_ID:
        raise Invalid({"cursor": [_("This cursor belongs to no page of this list.")]})
    return pk
