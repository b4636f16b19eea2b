"""An act with a key happens once: the same act with the same key is answered as the first time.

What is remembered is stored in the transaction of the change, so a crash leaves both or neither. Of two
equal acts at once one does the work; the other waits for it and gets its answer. Refusals are not
remembered, since nothing has happened that could happen twice.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta

from django.db import OperationalError, connection
from django.utils.translation import gettext as _
from psycopg.errors import LockNotAvailable

from okno.core import clock
from okno.core.actor import Actor
from okno.core.faults import Conflict
from okno.core.models import IdempotentAnswer
from okno.core.secrets import derived_key

KEPT = timedelta(hours=24)
LONGEST_KEY = 200
CLAIM = """
SET LOCAL lock_timeout = '8s';
INSERT INTO core_idempotentanswer (owner, key, request_hash) VALUES (%s, %s, %s)
    ON CONFLICT (owner, key) DO NOTHING RETURNING id;
SET LOCAL lock_timeout TO DEFAULT;
"""
"""The second of two equal acts waits for the first, but not for more than eight seconds."""


def owner_of(actor: Actor) -> str:
    """Under which name an actor's keys are kept, apart from everybody else's."""
    return f"{actor.kind}:{actor.id}"


def digest_of(words: bytes) -> hmac.HMAC:
    """The digest of what makes an act what it is, to which more may be added.

    It has a key, since there may be a password among the words: a stolen table gives nothing to guess it by.
    """
    return hmac.new(derived_key("idempotency"), words, hashlib.sha256)


def is_fit(key: str) -> bool:
    """Whether a text may be a key."""
    return len(key) <= LONGEST_KEY and key.isascii() and key.isprintable()


def take(owner: str, key: str, digest: str = "") -> IdempotentAnswer | None:
    """Takes the key in the transaction that is open, or gives what was remembered under it."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(CLAIM, [owner, key, digest])
            cursor.nextset()
            taken = cursor.fetchone() is not None
    except OperationalError as error:
        if not isinstance(error.__cause__, LockNotAvailable):
            raise
        raise Conflict(_("The first request with this key is still under way."), code="in_progress") from error
    return None if taken else IdempotentAnswer.objects.get(owner=owner, key=key)


def claim(owner: str, key: str, digest: str) -> IdempotentAnswer | None:
    """Takes the key for the act with this digest, or gives what it led to; with another act it is refused."""
    stored = take(owner, key, digest)
    if stored is not None and stored.request_hash != digest:
        raise Conflict(_("This key was used for another request."), code="idempotency_mismatch")
    return stored


def remember(owner: str, key: str, text: str, *, status: int = 200) -> None:
    """Stores under the claimed key what the act led to, letter by letter."""
    IdempotentAnswer.objects.filter(owner=owner, key=key).update(status=status, text=text)


def give_back(owner: str, key: str) -> None:
    """Frees a key that was taken in this transaction and not spent."""
    IdempotentAnswer.objects.filter(owner=owner, key=key).delete()


def forget_old() -> int:
    """Removes what is older than a day; returns how many."""
    removed, _kinds = IdempotentAnswer.objects.filter(created_at__lt=clock.now() - KEPT).delete()
    return removed
