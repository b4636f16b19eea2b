"""The Jinja environment of every page: translations, assets, URLs, and the filters that format values."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, MutableMapping
from datetime import datetime, tzinfo
from functools import lru_cache
from types import FunctionType
from typing import Any, cast

import jinja2
from babel import Locale
from django.conf import settings
from django.db.models import Model
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone, translation
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from okno.core import display
from okno.core.assets import asset
from okno.core.brand import brand
from okno.core.pictures import picture_of

EXTENSIONS = ["jinja2.ext.i18n", "jinja2.ext.do"]
REGIONS = {"en": "en-GB"}  # 24 hours and the day before the month, as in the other languages of Okno
DRAWINGS = 4096
"""Drawings of macros that a process remembers, about a kilobyte each."""
WORDS = 16_384
"""Words of all languages that a process remembers as the pages show them."""
_PLAIN = {FunctionType, type(lru_cache(abs))}
_PLACE = "\N{START OF TEXT}{}\N{END OF TEXT}"
"""Where a later value goes; no text of ours holds these signs (see ``core.text``)."""


class PageContext(Context):
    """A page calls hundreds of macros and functions: those that take neither context nor environment are called."""

    def call(self, __obj: Any, *args: Any, **kwargs: Any) -> Any:
        if type(__obj) is Macro or (type(__obj) in _PLAIN and not hasattr(__obj, "jinja_pass_arg")):
            kwargs.pop("_block_vars", None)
            kwargs.pop("_loop_vars", None)
            return __obj(*args, **kwargs)
        return super().call(__obj, *args, **kwargs)


class PageTemplate(jinja2.Template):
    """What macros have drawn is markup already, and most of what a page puts out comes from macros."""

    @classmethod
    def _from_namespace(
        cls, environment: jinja2.Environment, namespace: MutableMapping[str, Any], known: MutableMapping[str, Any]
    ) -> PageTemplate:
        namespace["escape"] = _escaped
        return cast("PageTemplate", super()._from_namespace(environment, namespace, known))


def _escaped(value: Any) -> Markup:
    return value if type(value) is Markup else escape(value)


class Environment(jinja2.Environment):
    """Globals are the same for every template, and stay as they are."""

    context_class = PageContext
    template_class = PageTemplate

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """One dict for all: the chain of two that Jinja would make is asked hundreds of times for a page."""
        return {**self.globals, **d} if d else self.globals


def environment(**options: Any) -> jinja2.Environment:
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
        _=translated,
        gettext=translated,
        asset=asset,
        static=static,
        url=url,
        drawn=drawn,
        drawn_all=drawn_all,
        drawn_but=drawn_but,
        choice=choice,
        picture_of=picture_of,
        now=timezone.now,
        language=translation.get_language,
        languages=settings.LANGUAGES,
        debug=settings.DEBUG,
        brand=brand,
    )
    env.filters.update(
        timeago=timeago,
        datetime_local=datetime_local,
        datetime_full=datetime_full,
        filesize=filesize,
        initials=display.initials,
        tint=display.tint,
    )
    return cast("jinja2.Environment", env)


@lru_cache(maxsize=8192)
def url(name: str, *args: object, **kwargs: object) -> str:
    """The address of a named page: ``url("desk:ticket", ticket.number)``. Addresses never change while we run."""
    return reverse(name, args=args, kwargs=kwargs)


def translated(text: str, /, **values: Any) -> Markup:
    """The words of the current language, with values in their places, escaped."""
    if values:
        return _words(translation.get_language(), text) % values
    return _plain_words(translation.get_language(), text)


@lru_cache(maxsize=WORDS)
def _words(_language: str | None, text: str) -> Markup:
    return Markup(translation.gettext(text))


@lru_cache(maxsize=WORDS)
def _plain_words(language: str | None, text: str) -> Markup:
    return _words(language, text) % {}  # a percent sign is written twice, as where there are values


def choice(row: Model, field: str) -> str:
    """What a row's value of this field is called, as Django's ``get_..._display``, remembered for each language."""
    return _choice(type(row), field, getattr(row, field), translation.get_language())


@lru_cache(maxsize=WORDS)
def _choice(model: type[Model], field: str, value: Any, _language: str | None) -> str:
    return str(getattr(model(**{field: value}), f"get_{field}_display")())


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


def drawn_but(macro: Macro, *given: Any, **later: Any) -> Markup:
    """As ``drawn``, for a macro that puts some of its values (``later``) into the page just as they are.

    So one drawing of a long menu serves every ticket; its address and the ticket's version are put in afterwards.
    """
    names = tuple(later)
    drawing = _drawn_but(macro, translation.get_language(), timezone.get_current_timezone(), given, names)
    for name in names:
        drawing = drawing.replace(_PLACE.format(name), escape(later[name]))
    return drawing


@lru_cache(maxsize=DRAWINGS)
def _drawn_but(
    macro: Macro, language: str, zone: tzinfo, given: tuple[Hashable, ...], names: tuple[str, ...]
) -> Markup:
    _refuse_markup(given)
    return cast("Markup", macro(*given, **{name: _PLACE.format(name) for name in names}))


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
