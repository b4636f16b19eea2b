"""Forms of the sign-in library that behave in our way."""

from __future__ import annotations

import time

from allauth.account.forms import ResetPasswordForm as BaseResetPasswordForm
from django.http import HttpRequest

SECONDS = 0.5
"""How long the answer takes at least: longer than looking up, signing and queueing take together."""


class ResetPasswordForm(BaseResetPasswordForm):
    """Asks for a link. The answer says and takes the same whether or not there is such an account (T25)."""

    def save(self, request: HttpRequest, **kwargs: object) -> str:
        started = time.monotonic()
        email: str = super().save(request, **kwargs)
        time.sleep(max(0.0, SECONDS - (time.monotonic() - started)))
        return email
