"""Settings that any installation has."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from okno.core.settings_store import Setting, declare

COMPANY_NAME = declare(
    Setting(
        key="general.company_name",
        kind=str,
        default="",
        label=_("Name of your company"),
        help=_("Shown at the top of the desk and in letters to clients."),
        group="general",
    )
)
