"""A form is taken once: sent again, it does nothing more and is answered as the first time (T30).

Each form carries a random key, drawn with it. The key is spent in the transaction of what the form does; whatever
the browser sends late with a spent key, such as what was typed before, is refused.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from okno.core import idempotency
from okno.core.faults import Conflict, Invalid
from okno.core.http.policy import AgentRequest, ContactRequest

Person = AgentRequest | ContactRequest
FIELD = "once"
NOT_SAID = frozenset({"csrfmiddlewaretoken", FIELD, "last_seen", "anyway"})
"""Fields that are not what a person says: equal forms may differ in them."""

Facts = dict[str, Any]


def new_key() -> str:
    """A key for a form that is drawn now."""
    return secrets.token_urlsafe(16)


def key_of(request: Person) -> str:
    """The key of the form; empty where the page was drawn before forms had one."""
    key = request.POST.get(FIELD, "")
    if not idempotency.is_fit(key):
        raise Invalid({FIELD: [_("This form cannot be read. Reload the page; your text is kept.")]})
    return key


def once(request: Person, act: Callable[[], Facts]) -> Facts:
    """What the act led to, done now or when this form was sent before; all of it in one transaction.

    Another text with the same key is refused with ``Conflict``: nobody may believe that it was sent too.
    """
    owner, key = idempotency.owner_of(request.actor), key_of(request)
    with transaction.atomic():
        if key and (facts := _before(owner, key, _digest(request))) is not None:
            return facts
        facts = act()
        if key:
            idempotency.remember(owner, key, json.dumps(facts))
    return facts


def _before(owner: str, key: str, digest: str) -> Facts | None:
    try:
        done = idempotency.claim(owner, key, digest)
    except Conflict as conflict:
        if conflict.code != "idempotency_mismatch":
            raise
        raise Conflict(
            _("What stood here before was sent already. To send this text as well, send it once more."),
            code="form_spent",
        ) from conflict
    facts: Facts | None = json.loads(done.text) if done else None
    return facts


def _digest(request: Person) -> str:
    said = sorted((name, values) for name, values in request.POST.lists() if name not in NOT_SAID)
    return idempotency.digest_of(json.dumps([request.path, said]).encode()).hexdigest()
