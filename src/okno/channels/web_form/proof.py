"""What stands behind an anonymous post: a little work of the sender's machine, or a signature of a known program.

The work is a puzzle as in Hashcash (Back, 2002), in the form of ALTCHA: a number is to be found whose hash begins
with given digits. It costs a visitor a fraction of a second, and whoever sends thousands of posts as many of them.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import altcha
from django.utils.translation import gettext as _

from okno.channels.web_form.models import WebForm
from okno.channels.web_form.tokens import secret_of
from okno.core import clock
from okno.core.faults import Invalid
from okno.core.secrets import derived_key, hashed

ALGORITHM = "SHA-256"
PURPOSE = "web form work"
LASTS = timedelta(minutes=20)
EASY, HARD = "0000", "00000"
"""Beginnings that are to be found: some 65 thousand tries, and, where many posts come, some million."""

SIGNED_FOR = timedelta(minutes=5)
LARGEST = 4_000


@dataclass(frozen=True)
class Identity:
    """Whom a program that knows its user names: name and address, vouched for by the signature."""

    name: str
    email: str


def new_work(form: WebForm, *, hard: bool) -> dict[str, Any]:
    """A puzzle for one post by this form; it lasts twenty minutes."""
    challenge = altcha.create_challenge(
        ALGORITHM,
        1,
        key_prefix=HARD if hard else EASY,
        expires_at=clock.now() + LASTS,
        data={"form": form.key},
        hmac_secret=derived_key(PURPOSE),
    )
    return dict(challenge.to_dict())


def checked_work(form: WebForm, solution: str) -> str:
    """The word under which a solved puzzle is spent; raises ``Invalid`` when it is none, or of another form."""
    if not 0 < len(solution) <= LARGEST:
        raise _unproven()
    try:
        verdict = altcha.verify_solution(solution, derived_key(PURPOSE))
        challenge = json.loads(base64.b64decode(solution, validate=True))["challenge"]
        signature, key = str(challenge["signature"]), challenge["parameters"]["data"]["form"]
    except (ValueError, KeyError, TypeError) as error:
        raise _unproven() from error
    if not verdict.verified or key != form.key:
        raise _unproven()
    return hashed(f"work:{signature}")


def signature_of(secret: str, name: str, email: str, moment: int) -> str:
    """How a program signs whom it means: HMAC-SHA256 of address, name and time, one in a line (RFC 2104)."""
    text = f"{email}\n{name}\n{moment}"
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()


def checked_identity(form: WebForm, given: Mapping[str, Any]) -> tuple[Identity, str]:
    """Who is meant, and the word under which the signature is spent; raises ``Invalid`` when it does not fit."""
    name, email = str(given.get("name", ""))[:200], str(given.get("email", "")).strip().lower()
    moment, signature = str(given.get("time", "")), str(given.get("signature", ""))
    secret = secret_of(form)
    is_whole = moment.isascii() and moment.isdigit() and len(moment) < 12 and len(signature) == 64
    if not secret or not is_whole or not signature.isascii():
        raise _unsigned()
    if not hmac.compare_digest(signature_of(secret, name, email, int(moment)), signature):
        raise _unsigned()
    if abs(clock.now().timestamp() - int(moment)) > SIGNED_FOR.total_seconds():
        raise Invalid({"identity": [_("The signature is older than five minutes.")]})
    return Identity(name, email), hashed(f"signed:{form.pk}:{signature}")


def _unproven() -> Invalid:
    return Invalid({"proof": [_("Your browser could not prove that this is not a robot. Please send it again.")]})


def _unsigned() -> Invalid:
    return Invalid({"identity": [_("The signature does not fit.")]})
