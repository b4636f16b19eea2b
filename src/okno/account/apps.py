"""The ``account`` package as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class AccountConfig(AppConfig):
    name = "okno.account"
    label = "okno_account"

    def ready(self) -> None:
        """Has the sign-in library tell of passwords and second factors that became others."""
        from allauth.account import signals
        from allauth.mfa import signals as factors

        from okno.account import noting

        for signal in (signals.password_changed, signals.password_set, signals.password_reset):
            signal.connect(noting.note_password)
        factors.authenticator_added.connect(noting.note_factor_added)
        factors.authenticator_removed.connect(noting.note_factor_removed)
        factors.authenticator_reset.connect(noting.note_factor_renewed)
