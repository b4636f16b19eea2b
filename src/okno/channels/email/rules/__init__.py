"""Reading letters: pure functions from bytes to facts, without Django and without a database."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from okno.channels.email.rules.cutting import cut_reply, cut_reply_html
    from okno.channels.email.rules.kinds import may_be_auto_answered
    from okno.channels.email.rules.parsing import parse_letter

__all__ = ["cut_reply", "cut_reply_html", "may_be_auto_answered", "parse_letter"]

_HOMES = {
    "cut_reply": "cutting",
    "cut_reply_html": "cutting",
    "may_be_auto_answered": "kinds",
    "parse_letter": "parsing",
}


def __getattr__(name: str) -> object:
    """Import a function when it is first asked for, so that one of them does not load all."""
    from importlib import import_module

    if name not in _HOMES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
