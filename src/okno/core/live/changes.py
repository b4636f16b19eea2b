"""What a notification says: the topic that changed, and facts that help to find its audience."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

EVERYTHING = "*"
"""The topic that has a page refresh all it shows: something may have been missed."""

ACCESS = "access"
"""Somebody's role, teams or sessions have changed: streams look up whose they are."""

REST = "rest"
"""What a stream says last when newer ones of the same person took its place: its page comes back after a while."""


@dataclass(frozen=True)
class Change:
    """A change under a topic such as ``ticket:42`` (kind and number) or ``deliveries`` (kind alone)."""

    topic: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        return self.topic.partition(":")[0]

    @property
    def number(self) -> int:
        """The number behind the colon; zero, which no row has, when there is none."""
        rest = self.topic.partition(":")[2]
        return int(rest) if rest.isdecimal() and rest.isascii() else 0


def read(payload: str) -> Change | None:
    """The change that a payload describes; nothing when it was not written by us."""
    try:
        facts = json.loads(payload)
    except ValueError:
        return None
    topic = facts.pop("topic", None) if isinstance(facts, dict) else None
    return Change(topic, facts) if isinstance(topic, str) and topic else None
