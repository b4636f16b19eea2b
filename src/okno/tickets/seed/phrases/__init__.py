"""Sentences for tickets in bulk: what clients ask and what agents answer, in the four languages.

``{thing}``, ``{place}``, ``{name}`` and ``{code}`` are filled by chance; a name is an invented product, a
code is the only one of its kind.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Phrases:
    """One language: how often it is written (parts of a hundred), and its sentences."""

    language: str
    share: int
    things: list[str]
    places: list[str]
    subjects: list[str]
    asking: list[str]
    answering: list[str]
    greetings: list[str]
    names: list[str]
    surnames: list[str]
