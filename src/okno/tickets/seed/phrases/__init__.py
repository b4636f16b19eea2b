"""Sentences for tickets in bulk: what clients ask and what agents answer, in the four languages.

``{thing}``, ``{place}`` and ``{name}``, an invented product, are filled by chance.
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
