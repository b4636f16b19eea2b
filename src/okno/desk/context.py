"""What the frame around every page of an agent shows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    """The signed-in person; the counts of the sections are added by the desk's pages."""
    return {"actor": getattr(request, "actor", None)}
