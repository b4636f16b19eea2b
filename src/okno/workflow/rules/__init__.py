"""What a ticket may become: states, lifecycles as values, and what is wrong with a drawn one. Pure."""

from __future__ import annotations

from okno.workflow.rules.asking import Asked, Check, ItemKind, Verdict, When, hidden_items, holds, verdict_of
from okno.workflow.rules.faults import Mistake, mistakes_of
from okno.workflow.rules.lifecycle import (
    Comment,
    Mover,
    Place,
    Refusal,
    Rules,
    Way,
    after_answer,
    after_client_message,
    due_at,
    is_closed_for_good,
    place_for,
    refusal_of,
)
from okno.workflow.rules.states import ACTIVE, DONE, State, is_reopening

__all__ = [
    "ACTIVE",
    "DONE",
    "Asked",
    "Check",
    "Comment",
    "ItemKind",
    "Mistake",
    "Mover",
    "Place",
    "Refusal",
    "Rules",
    "State",
    "Verdict",
    "Way",
    "When",
    "after_answer",
    "after_client_message",
    "due_at",
    "hidden_items",
    "holds",
    "is_closed_for_good",
    "is_reopening",
    "mistakes_of",
    "place_for",
    "refusal_of",
    "verdict_of",
]
