"""The names of forms in addresses, and the secrets with which programs sign."""

from __future__ import annotations

import secrets

from okno.channels.web_form.models import WebForm
from okno.core.secrets import decrypt, encrypt, random_token

PURPOSE = "web form secret"


def new_key() -> str:
    """A name that tells nothing and that nobody guesses."""
    return secrets.token_hex(8)


def new_secret() -> tuple[str, str]:
    """A secret to be shown once, and how it is stored."""
    text = random_token(32)
    return text, encrypt(PURPOSE, text)


def secret_of(form: WebForm) -> str:
    """The secret of a form, empty where it has none."""
    return decrypt(PURPOSE, form.secret) if form.secret else ""
