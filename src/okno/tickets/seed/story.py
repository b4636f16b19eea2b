"""The words in which the demo's tickets are told: who wrote what to whom, and how long after the beginning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["client", "answer", "note", "assign", "status", "watch", "rate", "secret"]


@dataclass(frozen=True)
class Step:
    """One thing that happened ``after`` so many hours. People, teams and files go by their short names."""

    kind: Kind
    after: float
    who: str = ""
    text: str = ""
    status: str = ""
    agent: str = ""
    team: str = ""
    files: tuple[str, ...] = ()
    score: int = 0
    label: str = ""


@dataclass(frozen=True)
class Story:
    """One ticket: how it began ``days`` ago, and what followed."""

    days: float
    who: str
    subject: str
    text: str
    type: str = "request"
    priority: str = "normal"
    channel: str = "email"
    files: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()


def client(after: float, who: str, text: str, *files: str) -> Step:
    """The client writes."""
    return Step("client", after, who, text, files=files)


def answer(after: float, who: str, text: str, *files: str, status: str = "") -> Step:
    """An agent answers, and may set a status with it."""
    return Step("answer", after, who, text, status=status, files=files)


def note(after: float, who: str, text: str, *files: str) -> Step:
    """An agent writes something for colleagues only."""
    return Step("note", after, who, text, files=files)


def secret(after: float, who: str, label: str, value: str) -> Step:
    """The client gives a password or a key."""
    return Step("secret", after, who, value, label=label)


def assign(after: float, who: str, agent: str = "", team: str = "") -> Step:
    """An agent says whose ticket it is."""
    return Step("assign", after, who, agent=agent, team=team)


def status(after: float, who: str, code: str) -> Step:
    """An agent changes the status."""
    return Step("status", after, who, status=code)


def watch(after: float, who: str) -> Step:
    """An agent begins to follow the ticket."""
    return Step("watch", after, who)


def rated(after: float, who: str, score: int, text: str = "") -> Step:
    """The client rates the solution, and may say why."""
    return Step("rate", after, who, text, score=score)
