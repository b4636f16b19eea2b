"""Everything that web processes and worker need, loaded before they are split off: what none changes, all share."""

from __future__ import annotations

import ctypes
import gc
import sys
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.template import engines
from django.urls import get_resolver
from django.utils import timezone, translation

_M_ARENA_MAX = -8  # of glibc's malloc.h
_ARENAS = 2  # few memory arenas keep processes with threads small


def load() -> None:
    """Loads code, templates, catalogues and addresses, and has the collector of garbage leave them alone.

    Django is set up already. Nothing here asks the database or starts a thread: both would not outlive the split.
    """
    gc.disable()  # holes in shared pages would be filled, and the pages copied; the processes enable it again
    _spare_memory()
    from okno.channels.email import receiving
    from okno.config import web, work

    engine: Any = engines["jinja2"]
    templates = [engine.env.get_template(name) for name in engine.env.list_templates(extensions=["html", "txt"])]
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            _speak()
    loaded = (receiving, web, work, templates)
    gc.collect()
    gc.freeze()
    del loaded


def _speak() -> None:
    """Reads what one language needs: catalogue, addresses, names of days and months."""
    from okno.core import jinja

    translation.gettext("Save")
    get_resolver().reverse_dict.keys()
    moment = datetime(2026, 1, 5, tzinfo=UTC)
    jinja.datetime_full(moment)
    jinja.datetime_local(moment)
    jinja.timeago(timezone.now())


def _spare_memory() -> None:
    if sys.platform == "linux":
        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # musl has none, and no arenas
        if mallopt is not None:
            mallopt(_M_ARENA_MAX, _ARENAS)
