"""What every page of the help shows: who reads, in which language, where the way back leads."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import translation

from okno.core.http.policy import Request
from okno.core.jinja import url
from okno.knowledge import access
from okno.knowledge.models import Section
from okno.knowledge.reading import own_language

View = Callable[..., HttpResponseBase]


def in_language(view: View) -> View:
    """The page in the language of ``?language=``, which readers choose and search engines follow."""

    @wraps(view)
    def spoken(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        asked = request.GET.get("language", "")
        if asked not in dict(settings.LANGUAGES):
            return view(request, *args, **kwargs)
        with translation.override(asked):
            answer = view(request, *args, **kwargs)
        answer.headers["Content-Language"] = asked
        return answer

    return spoken


def show(request: Request, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page within the frame of whoever reads."""
    return render(request, template, around(request) | context)


def around(request: Request) -> dict[str, Any]:
    """Languages, the way back, and whether search engines may know of the page."""
    actor = request.actor
    keep = kept(request)
    languages = [
        (code, label, f"{request.path}?{_with_language(request, code)}", code == own_language())
        for code, label in settings.LANGUAGES
    ]
    return {
        "keep": keep,
        "asked": request.GET["language"] if keep else "",
        "choices": languages,
        "is_public": actor is None,
        "is_contact": actor is not None and actor.is_contact,
        "is_agent": actor is not None and actor.is_agent,
        "canonical": settings.BASE_URL + request.path + keep,
        "feed_url": settings.BASE_URL + url("help:feed") + keep,
        "typed": "",
    }


def kept(request: HttpRequest) -> str:
    """The chosen language as it goes on in links."""
    asked = request.GET.get("language", "")
    return f"?language={asked}" if asked in dict(settings.LANGUAGES) else ""


def path_of(request: Request, section: Section) -> list[Section]:
    """The visible sections from the top down to this one."""
    sight = access.sight_of(request.actor)
    rows = access.sections_visible_to(request.actor, sight).in_bulk(sight.tree.path(section.pk))
    return [rows[pk] for pk in sight.tree.path(section.pk) if pk in rows]


def _with_language(request: Request, code: str) -> str:
    given = request.GET.copy()
    given["language"] = code
    return given.urlencode()
