"""Strangers are heard, and cannot flood: one place has so many acts an hour (T5)."""

from __future__ import annotations

import hashlib

from django.core.cache import cache
from django.utils.translation import gettext as _

from okno.core import clock
from okno.core.faults import Fault

MOST_AN_HOUR = 60
"""Acts of strangers from one place; an office behind one address has many readers."""


class TooMany(Fault):
    """Somebody does the same again and again."""

    code = "too_many"
    status = 429


def admit(act: str, address: str) -> None:
    """Counts the act, or refuses it until the hour is over. The address itself is not kept."""
    hour = clock.now().strftime("%Y%m%d%H")
    place = hashlib.sha256(f"{hour}:{address}".encode()).hexdigest()[:32]
    key = f"knowledge:{act}:{place}"
    cache.add(key, 0, timeout=3600)
    try:
        count = cache.incr(key)
    except ValueError:
        count = 1
    if count > MOST_AN_HOUR:
        raise TooMany(_("Too many requests. Wait a moment, then try again."))
