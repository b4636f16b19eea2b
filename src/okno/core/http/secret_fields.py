"""The fields for a password or a key: what it opens, and the value, which no page ever brings back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

NAMES: Final[Mapping[str, str]] = {"label": "secret_label", "value": "secret_value"}
"""Fields of the operation by those of the form."""
_QUIET = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}


class SecretFields(forms.Form):
    """What is typed here leaves the browser once. With ``optional`` both may be empty: nothing is given."""

    secret_label = forms.CharField(
        label=_("What does it open?"),
        max_length=100,
        widget=forms.TextInput(attrs=_QUIET),
        help_text=_("For instance “VPN” or “shop, user admin”. Everybody who works on it reads this line."),
    )
    secret_value = forms.CharField(
        label=_("Password or key"),
        max_length=8_000,
        strip=False,
        widget=forms.PasswordInput(render_value=False, attrs={**_QUIET, "data-secret": True}),
    )

    def __init__(self, data: Any = None, *, optional: bool = False) -> None:
        super().__init__(data)
        self.optional = optional
        for bound in self.fields.values():
            bound.required = not optional

    def clean(self) -> dict[str, Any]:
        """Where one of the two is given, the other is missing."""
        values: dict[str, Any] = super().clean() or {}
        if self.optional:
            label, value = values.get("secret_label", ""), values.get("secret_value", "")
            if value.strip() and not label.strip() and "secret_label" not in self.errors:
                self.add_error("secret_label", _("Say what the password or key opens."))
            if label.strip() and not value.strip() and "secret_value" not in self.errors:
                self.add_error("secret_value", _("Write the password or the key."))
        return values

    def ask_again(self) -> None:
        """Something else was refused, and the value is not sent back to the page: it is typed once more."""
        if self.is_bound and self.given is not None:
            self.add_error("secret_value", _("Type it once more: a password is never sent back to the page."))

    @property
    def given(self) -> tuple[str, str] | None:
        """Label and value, where the form is right and there is a value."""
        values = self.cleaned_data if self.is_valid() else {}
        value = values.get("secret_value", "")
        return (values["secret_label"], value) if value.strip() else None
