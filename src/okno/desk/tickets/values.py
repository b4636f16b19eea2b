"""What the side panel of a ticket shows of its attributes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from okno.core.actor import Actor
from okno.fields.showing import Shown
from okno.tickets.attributes import visible_values
from okno.tickets.models import Ticket


def upload_url(code: str) -> str:
    """Where a file that is to be a value is sent."""
    return reverse("desk:attribute-file", args=[code])


def download_url(token: str) -> str:
    """Where a file that is a value is had."""
    return reverse("desk:attribute-download", args=[token])


ADDRESSES = {"attribute_upload": upload_url, "attribute_download": download_url}


def shown_of(actor: Actor, ticket: Ticket) -> dict[str, Any]:
    """What the side panel shows: the attributes that say something, and whether there are any at all."""
    return told(visible_values(actor, ticket))


def told(values: Sequence[Shown]) -> dict[str, Any]:
    """Those of the values that say something, for a panel of a ticket or of a client."""
    return {
        "attributes": [each for each in values if each.says_something],
        "has_attributes": bool(values),
        **ADDRESSES,
    }
