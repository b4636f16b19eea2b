"""Public holidays of countries and their regions, from the ``holidays`` library."""

from __future__ import annotations

from datetime import date
from typing import Any

import holidays
from babel import Locale
from django.conf import settings

YEARS_AHEAD = 3
"""Holidays are written down for so many years after the present one, and one before it."""


def countries(locale: Locale) -> list[tuple[str, str]]:
    """Every country that the library knows, by its name in the language of the reader."""
    codes = holidays.list_supported_countries(include_aliases=False)
    named = [(code, str(locale.territories.get(code, code))) for code in codes if len(code) == 2]
    return sorted(named, key=lambda each: each[1].casefold())


def regions(country: str) -> list[tuple[str, str]]:
    """The regions of a country that have holidays of their own, by name where one is known."""
    if not is_country(country):
        return []
    known: Any = holidays.country_holidays(country)
    names: dict[str, str] = {code: name for name, code in getattr(known, "subdivisions_aliases", {}).items()}
    listed = [(code, names.get(code, code)) for code in known.subdivisions]
    return sorted(listed, key=lambda each: each[1].casefold())


def is_country(code: str) -> bool:
    """Whether the library knows holidays of the country."""
    return len(code) == 2 and code in holidays.list_supported_countries(include_aliases=False)


def is_region(country: str, region: str) -> bool:
    """Whether the country has such a region; none is always good."""
    return not region or region in dict(regions(country))


def days_of(country: str, region: str, first_year: int, last_year: int) -> dict[date, str]:
    """The public holidays of these years with their names, where possible in the language of the installation."""
    years = range(first_year, last_year + 1)
    found = holidays.country_holidays(
        country, subdiv=region or None, years=years, expand=False, language=_language(country)
    )
    return dict(sorted(found.items()))


def _language(country: str) -> str | None:
    known = holidays.list_localized_countries().get(country, [])
    wanted = settings.LANGUAGE_CODE.split("-", maxsplit=1)[0]
    return next((code for code in known if code.split("_", maxsplit=1)[0] == wanted), None)
