"""Answers to anonymous questions about addresses: the same words after the same time, and not too many (T25)."""

from __future__ import annotations

import time
from collections.abc import Callable

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse

SECONDS = 0.5
"""How long an answer takes at least: longer than looking up, signing and queueing take together."""
LIMITS = {"link": "20/m/ip,3/h/key", "register": "20/m/ip,3/h/key", "follow": "30/m/ip"}
"""Nobody's mailbox is flooded with links, and nobody tries secrets by the thousand."""


def refused(request: HttpRequest, action: str, key: str = "") -> HttpResponse | None:
    """The answer to one who asks too often; nothing where he may ask."""
    answer: HttpResponse | None = ratelimit.consume_or_429(
        request, app="okno.account", action=action, config=LIMITS, key=key.strip().lower()
    )
    return answer


def at_least(act: Callable[[], object]) -> None:
    """Does it, and takes as long as it ever does."""
    started = time.monotonic()
    act()
    time.sleep(max(0.0, SECONDS - (time.monotonic() - started)))
