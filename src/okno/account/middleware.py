"""Makes the person of a request known: the actor, the language, the time zone."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable

from django.conf import settings
from django.http import HttpResponseBase
from django.utils import timezone, translation

from okno.core.actor import Actor
from okno.core.http.policy import Request
from okno.people.models import Agent, Contact, User


class PersonMiddleware:
    """Sets ``request.actor`` and speaks the person's language for the time of the request."""

    def __init__(self, get_response: Callable[[Request], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponseBase:
        user = request.user if isinstance(request.user, User) else None
        request.actor = actor_of(user) if user else None
        language = (user.language if user else "") or _accepted(request)
        zone = (user.time_zone if user else "") or settings.DISPLAY_TIME_ZONE
        request.LANGUAGE_CODE = language
        with translation.override(language), timezone.override(zoneinfo.ZoneInfo(zone)):
            answer = self.get_response(request)
        answer.headers.setdefault("Content-Language", language)
        return answer


def actor_of(user: User) -> Actor | None:
    """The active agent, else the active contact, who signs in with this account."""
    agent = Agent.objects.select_related("role", "user").filter(user=user, is_active=True).first()
    if agent is not None:
        return agent.as_actor()
    contact = Contact.objects.filter(user=user, is_active=True).first()
    return contact.as_actor() if contact else None


def _accepted(request: Request) -> str:
    return translation.get_language_from_request(request)
