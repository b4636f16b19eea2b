"""The clock of a promise: deadlines out of a ticket's stays, warnings, and the account of both. Pure."""

from __future__ import annotations

from okno.sla.rules.account import Part, account_of
from okno.sla.rules.clock import (
    ALWAYS,
    Phase,
    Promise,
    Reckoning,
    Stay,
    consumed,
    reckon,
    reckon_manual,
)
from okno.sla.rules.marks import Level, Mark, next_moment, still_told
from okno.sla.rules.reaction import Reaction, reacted_at

__all__ = [
    "ALWAYS",
    "Level",
    "Mark",
    "Part",
    "Phase",
    "Promise",
    "Reaction",
    "Reckoning",
    "Stay",
    "account_of",
    "consumed",
    "next_moment",
    "reacted_at",
    "reckon",
    "reckon_manual",
    "still_told",
]
