"""Settings of the look. They have a page of their own with a preview."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okno.core.brand.rules import is_colour
from okno.core.settings_store import Setting, declare

GROUP = "look"
TITLE_LIMIT = 80


def _colour_problem(value: str) -> str | None:
    return None if not value or is_colour(value) else _("Write a colour such as #1f6feb.")


def _title_problem(value: str) -> str | None:
    if len(value) > TITLE_LIMIT:
        return _("No more than %(limit)d characters.") % {"limit": TITLE_LIMIT}
    return _("Write the title in one line.") if len(value.splitlines()) > 1 else None


COLOUR = declare(
    Setting(
        key="look.colour",
        kind=str,
        default="",
        label=gettext_lazy("Main colour"),
        help=gettext_lazy("Buttons, links and what is chosen have it; all shades are computed from it."),
        group=GROUP,
        check=_colour_problem,
    )
)
TITLE = declare(
    Setting(
        key="look.title",
        kind=str,
        default="",
        label=gettext_lazy("Title of all pages"),
        help=gettext_lazy("Stands in the browser's tab and beside the logo. Empty: the name of your company."),
        group=GROUP,
        check=_title_problem,
    )
)
PICTURES = declare(
    Setting(
        key="look.pictures",
        kind=dict,
        default={},
        label=gettext_lazy("Pictures"),
        help=gettext_lazy("The tokens of the logo, of the logo for the dark theme, and of the icon."),
        group=GROUP,
    )
)
