"""Pages of the sign-in library that this desk does not have: addresses are changed by administrators."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from okno.core.faults import NotVisible
from okno.core.http.policy import anybody


@anybody
def closed(request: HttpRequest, key: str = "") -> HttpResponseBase:
    """Nobody changes the address that he signs in with, or signs in by a mailed code."""
    raise NotVisible(_("There is nothing here. Your address is changed by an administrator."))
