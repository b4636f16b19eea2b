"""The look of this installation (F164): main colour, title, logo, the sign in the browser's tab.

Everything comes from the remembered settings, so that no page asks the database for it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache

from django.db import Error

from okno.core.brand.declarations import COLOUR, PICTURES, TITLE
from okno.core.declarations import COMPANY_NAME

PATH = "/brand/"  # written out: it stands on every page


@dataclass(frozen=True)
class Brand:
    """What a page shows of the brand; addresses are empty where the product's own look stands."""

    name: str
    css_url: str = ""
    logo_url: str = ""
    dark_logo_url: str = ""
    icon_url: str = ""


_LAST = [Brand("Okno")]


def brand() -> Brand:
    """The brand as it is set now; as it was last known where the database cannot be asked."""
    try:
        pictures = PICTURES()
        name, colour = TITLE() or COMPANY_NAME() or "Okno", COLOUR()
    except Error:
        return last_brand()
    key = tuple(str(pictures.get(role, "")) for role in ("logo", "dark_logo", "icon"))
    _LAST[0] = _made(name, colour, *key)
    return _LAST[0]


def last_brand() -> Brand:
    """The brand that this process showed last, for pages that must do without a database."""
    return _LAST[0]


@lru_cache(maxsize=16)
def _made(name: str, colour: str, logo: str, dark_logo: str, icon: str) -> Brand:
    return Brand(
        name=name,
        css_url=f"{PATH}{version_of(colour)}/colours.css" if colour else "",
        logo_url=_url(logo),
        dark_logo_url=_url(dark_logo) or _url(logo),
        icon_url=_url(icon),
    )


def _url(token: str) -> str:
    return f"{PATH}{token}/picture" if token else ""


def version_of(colour: str) -> str:
    """A name for the style sheet of this colour, under which it may be kept for ever."""
    return hashlib.sha256(f"1:{colour}".encode()).hexdigest()[:16]


def style_sheet(colour: str) -> str:
    """The one variable from which the theme computes all shades."""
    return f":root {{ --brand: {colour}; }}\n" if colour else ""
