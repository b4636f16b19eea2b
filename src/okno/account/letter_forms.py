"""Forms behind the links of letters."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

PASSWORD_LIMIT = 1000


class AddressForm(forms.Form):
    """To which address a letter is to go."""

    email = forms.EmailField(label=gettext_lazy("E-mail"), max_length=254)


class PasswordForm(forms.Form):
    """A new password, typed twice."""

    password = forms.CharField(
        label=gettext_lazy("Password"), max_length=PASSWORD_LIMIT, strip=False, widget=forms.PasswordInput,
        help_text=gettext_lazy("At least 10 characters, and no common word."),
    )  # fmt: skip
    again = forms.CharField(
        label=gettext_lazy("Password once more"), max_length=PASSWORD_LIMIT, strip=False, widget=forms.PasswordInput
    )

    def clean(self) -> dict[str, Any]:
        """The same twice."""
        values = super().clean() or self.cleaned_data
        if values.get("password") and values.get("again") and values["password"] != values["again"]:
            self.add_error("again", _("The two passwords differ."))
        return values

    def facts(self) -> dict[str, str]:
        """What the form says, after it was found valid."""
        return {"password": self.cleaned_data["password"]}


class RegistrationForm(PasswordForm):
    """... with the name of whom it is for."""

    name = forms.CharField(label=gettext_lazy("Full name"), max_length=200)
    field_order = ["name", "password", "again"]

    def facts(self) -> dict[str, str]:
        """... and in which language the person reads."""
        return super().facts() | {"name": self.cleaned_data["name"], "language": get_language() or ""}
