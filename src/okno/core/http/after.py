"""What a page answers after a change."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse


def done(request: HttpRequest, text: str, name: str, *args: object) -> HttpResponse:
    """After a change: back to the named page, which says what was done."""
    messages.success(request, text)
    return go(request, reverse(name, args=args))


def refused(request: HttpRequest, text: str, name: str, *args: object) -> HttpResponse:
    """After a refusal that belongs to no field: back to the named page, which says why."""
    messages.error(request, text)
    return go(request, reverse(name, args=args))


def go(request: HttpRequest, url: str) -> HttpResponse:
    """To another page: 303 for a form; htmx is told to go there, so that the message is not lost on the way."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url, status=303)
