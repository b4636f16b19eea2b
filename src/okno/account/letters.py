"""What letters about an account say. The sign-in library names the occasion, we have the words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from okno.core.declarations import COMPANY_NAME

Facts = Mapping[str, Any]


def words(occasion: str, facts: Facts) -> tuple[str, str]:
    """Subject and text for an occasion such as ``account/email/password_reset_key``."""
    name = occasion.rpartition("/")[2]
    if name == "password_reset_key":
        return _reset(facts)
    happened = _HAPPENED.get(name)
    return _news(happened() if happened else _("Something about your account was changed."), facts)


def _reset(facts: Facts) -> tuple[str, str]:
    hours = settings.PASSWORD_RESET_TIMEOUT // 3600
    paragraphs = [
        _("Somebody asked for a new password for your account at %(desk)s. Choose one here:") % {"desk": _desk()},
        str(facts["password_reset_url"]),
        _("The link works once and for %(hours)d hours.") % {"hours": hours},
        _("If it was not you, do nothing: your password stays as it is."),
    ]
    return _("A new password for %(desk)s") % {"desk": _desk()}, "\n\n".join(paragraphs)


def _news(happened: str, facts: Facts) -> tuple[str, str]:
    paragraphs = [
        happened,
        _("It was done from the address %(ip)s.") % {"ip": facts.get("ip", "?")},
        _("If it was not you, tell your administrator at once and choose a new password: %(url)s")
        % {"url": settings.BASE_URL},
    ]
    return _("Your account at %(desk)s was changed") % {"desk": _desk()}, "\n\n".join(paragraphs)


def _desk() -> str:
    return COMPANY_NAME() or "Okno"


_HAPPENED: dict[str, Callable[[], str]] = {
    "password_changed": lambda: _("The password of your account was changed."),
    "password_reset": lambda: _("The password of your account was chosen anew."),
    "password_set": lambda: _("A password was chosen for your account."),
    "totp_activated": lambda: _("An authenticator app was added to your account."),
    "totp_deactivated": lambda: _("The authenticator app was removed from your account."),
    "recovery_codes_generated": lambda: _("New recovery codes were made for your account."),
    "webauthn_added": lambda: _("A passkey was added to your account."),
    "webauthn_removed": lambda: _("A passkey was removed from your account."),
}
