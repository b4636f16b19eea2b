"""The one place where a view's answer becomes a whole page or a fragment for htmx."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def is_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of the page rather than the browser for a whole one."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-Request-Type") != "full"


def respond(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    fragment: str = "",
    status: int = 200,
    toast: str = "",
    undo_url: str = "",
) -> HttpResponse:
    """The page, or its fragment when htmx asks for one; ``toast`` is shown at the bottom right."""
    name = fragment if fragment and is_fragment(request) else template
    answer = render(request, name, dict(context), status=status)
    if toast:
        add_toast(answer, toast, undo_url=undo_url)
    answer["Vary"] = "HX-Request"
    return answer


def add_toast(
    answer: HttpResponse,
    text: str,
    *,
    tone: str = "success",
    undo_url: str = "",
    clear: str = "",
    close: bool = False,
    link: Mapping[str, str] | None = None,
) -> None:
    """Has the browser show a short message, with an undo button when there is a way back.

    ``clear`` is the id of an editor whose text was taken and is to be empty now; ``close`` closes the window
    whose form was taken. ``link`` is a way (``url`` and ``label``) to what was made.
    """
    facts: dict[str, object] = {"text": text, "tone": tone}
    if undo_url:
        facts["undo"] = {"url": undo_url}
    if link:
        facts["link"] = dict(link)
    triggers: dict[str, object] = {"toast": facts}
    if clear:
        triggers["composer:clear"] = {"id": clear}
    if close:
        triggers["dialog:close"] = {}
    answer["HX-Trigger"] = json.dumps(triggers)
