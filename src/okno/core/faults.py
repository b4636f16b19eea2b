"""What can go wrong in an operation, in words that a person understands.

Faces turn these into a message at the field, a page or the API's one error shape; they carry a
stable ``code`` for programs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Fault(Exception):
    """An operation refused. ``message`` is for people, ``code`` for programs, ``status`` for HTTP."""

    code = "fault"
    status = 400

    def __init__(self, message: str, *, code: str | None = None, details: Mapping[str, Any] | None = None) -> None:
        super().__init__(message)
        self.message = message
        if code:
            self.code = code
        self.details = dict(details or {})


class NotVisible(Fault):
    """The object does not exist for this actor, whether or not it exists at all."""

    code = "not_found"
    status = 404


class Forbidden(Fault):
    """The actor sees the object and may not do this to it; the message gives the reason."""

    code = "forbidden"
    status = 403


class Invalid(Fault):
    """Values that cannot be accepted: ``fields`` maps each field's name to its messages."""

    code = "invalid"
    status = 422

    def __init__(self, fields: Mapping[str, list[str]], message: str = "") -> None:
        self.fields = {name: list(messages) for name, messages in fields.items()}
        first = next((messages[0] for messages in self.fields.values() if messages), "")
        super().__init__(message or first, details={"fields": self.fields})


class Conflict(Fault):
    """Somebody else was faster: ``details`` says what changed since the actor looked."""

    code = "conflict"
    status = 409
