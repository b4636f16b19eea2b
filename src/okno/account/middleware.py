"""Makes the person of a request known: the actor, the language, the time zone."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable

from django.conf import settings
from django.http import HttpResponseBase
from django.utils import timezone, translation

from okno.account.backend import actor_of
from okno.core.http.policy import Request
from okno.people.models import User


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


def _accepted(request: Request) -> str:
    return translation.get_language_from_request(request)
