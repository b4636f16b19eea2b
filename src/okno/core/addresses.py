"""Where the product is reached: links in letters are built from the configured addresses only (T27)."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okno.core.settings_store import Setting, declare

FOREIGN = "<>\"'\\"
"""Characters that no address has."""


def _problem(value: str) -> str | None:
    """Why this is not the beginning of an address; empty is the desk's own."""
    if not value:
        return None
    wrong = _("Write the beginning of an address such as https://help.example.com, without a path.")
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        return wrong
    plain = f"{parts.scheme}://{parts.netloc}" == value and "@" not in parts.netloc and value.isascii()
    is_good = plain and parts.scheme in {"https", "http"} and bool(parts.hostname) and not value.endswith(":")
    if not is_good or port == 0 or any(each.isspace() or each in FOREIGN for each in value):
        return wrong
    return None


PORTAL_ADDRESS = declare(
    Setting(
        key="portal.address",
        kind=str,
        default="",
        label=gettext_lazy("Address of the portal"),
        help=gettext_lazy(
            "Such as https://help.example.com: a domain of its own that leads to this installation. Links in "
            "letters to clients begin with it, and its first page is the portal. Empty: the desk's own address."
        ),
        group="look",
        check=_problem,
    )
)


def portal_url(path: str) -> str:
    """A link for clients, below the portal's own address where there is one."""
    return f"{PORTAL_ADDRESS() or settings.BASE_URL}{path}"
