"""Secrets of second factors are stored encrypted, like all secrets (T28)."""

from __future__ import annotations

from allauth.mfa.adapter import DefaultMFAAdapter

from okno.core import secrets

PURPOSE = "second-factor"


class SecondFactorAdapter(DefaultMFAAdapter):
    """Encrypts what the sign-in library stores of authenticator apps and recovery codes."""

    def encrypt(self, text: str) -> str:
        return secrets.encrypt(PURPOSE, text)

    def decrypt(self, encrypted_text: str) -> str:
        return secrets.decrypt(PURPOSE, encrypted_text)
