"""The tones in which statuses and priorities are shown, to choose from."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from okno.workflow.operations.rows import COLOURS

NAMES = {
    "neutral": _("Grey"),
    "info": _("Sky"),
    "primary": _("Blue"),
    "success": _("Green"),
    "warning": _("Amber"),
    "error": _("Red"),
    "accent": _("Violet"),
    "teal": _("Teal"),
}


def tone_field(initial: str) -> Any:
    """The choice of a tone."""
    return forms.ChoiceField(
        label=_("Colour"),
        choices=[(tone, NAMES[tone]) for tone in COLOURS],
        initial=initial,
        widget=forms.RadioSelect,
    )
