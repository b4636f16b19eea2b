"""The Jinja environment of every page: translations, assets, URLs, and the filters that format values."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from datetime import datetime, tzinfo
from functools import lru_cache
from typing import Any, cast

from babel import Locale
from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone, translation
from jinja2 import Environment
from jinja2.runtime import Macro
from markupsafe import Markup

from okno.core import display
from okno.core.assets import asset

EXTENSIONS = ["jinja2.ext.i18n", "jinja2.ext.do"]
REGIONS = {"en": "en-GB"}  # 24 hours and the day before the month, as in the other languages of Okno
DRAWINGS = 4096
"""Drawings of macros that a process remembers, about a kilobyte each."""


def environment(**options: Any) -> Environment:
    """What Django's Jinja2 backend calls to make the environment."""
    options |= {"trim_blocks": True, "lstrip_blocks": True, "extensions": EXTENSIONS}
    options.pop("autoescape", None)  # never a matter of settings
    env: Any = Environment(autoescape=True, **options)
    env.install_gettext_callables(
        translation.gettext,
        translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )
    env.globals.update(
        asset=asset,
        static=static,
        url=url,
        drawn=drawn,
        drawn_all=drawn_all,
        now=timezone.now,
        language=translation.get_language,
        languages=settings.LANGUAGES,
        debug=settings.DEBUG,
    )
    env.filters.update(
        timeago=timeago,
        datetime_local=datetime_local,
        datetime_full=datetime_full,
        filesize=filesize,
        initials=display.initials,
        tint=display.tint,
    )
    return cast("Environment", env)


@lru_cache(maxsize=8192)
def url(name: str, *args: object, **kwargs: object) -> str:
    """The address of a named page: ``url("desk:ticket", ticket.number)``. Addresses never change while we run."""
    return reverse(name, args=args, kwargs=kwargs)


def drawn(macro: Macro, *given: Any) -> Markup:
    """What an imported macro draws for these values: drawn once, remembered for this language and time zone.

    For macros that read nothing but what they are given: no request, no person, and not the time of day
    (``timeago`` and ``datetime_local`` are such readings). Values must be hashable.
    """
    try:
        return _drawn(macro, translation.get_language(), timezone.get_current_timezone(), given)
    except TypeError:
        if any(isinstance(each, dict) for each in given):
            return cast("Markup", macro(*given))  # of the style guide
        raise


def drawn_all(macro: Macro, items: Iterable[Hashable]) -> Markup:
    """What the macro draws for each of these, one after the other."""
    language, zone = translation.get_language(), timezone.get_current_timezone()
    return Markup("").join(_drawn(macro, language, zone, (item,)) for item in items)


@lru_cache(maxsize=DRAWINGS)
def _drawn(macro: Macro, language: str, zone: tzinfo, given: tuple[Hashable, ...]) -> Markup:
    _refuse_markup(given)
    return cast("Markup", macro(*given))


def _refuse_markup(values: Iterable[Any]) -> None:
    """Markup is equal to the text of the same letters: one remembered for the other would not be escaped."""
    for each in values:
        if isinstance(each, Markup):
            raise TypeError("values of a remembered drawing are plain texts")
        if isinstance(each, tuple):
            _refuse_markup(each)


def current_locale() -> Locale:
    """The CLDR locale of the language in which the page is written."""
    return _locale(translation.get_language() or settings.LANGUAGE_CODE)


@lru_cache
def _locale(language: str) -> Locale:
    return Locale.parse(REGIONS.get(language, language), sep="-")


def timeago(moment: datetime, *, short: bool = False) -> str:
    """The distance to a moment, in words of the current language."""
    return display.ago(moment, timezone.now(), current_locale(), short=short)


def datetime_local(moment: datetime) -> str:
    """A moment in the current time zone, as briefly as it is clear."""
    return display.clock(moment, timezone.now(), current_locale(), timezone.get_current_timezone())


def datetime_full(moment: datetime) -> str:
    """A moment in the current time zone with weekday, year and zone."""
    return display.full(moment, current_locale(), timezone.get_current_timezone())


def filesize(count: int) -> str:
    """Bytes in units of the current language."""
    return display.size(count, current_locale())
