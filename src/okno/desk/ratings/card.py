"""The ratings of one ticket as its card shows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from okno.core.actor import Actor
from okno.tickets.rating.rules import Scale
from okno.tickets.rating.showing import Sight, sight_of_ratings
from okno.tickets.rating.wording import Score, score

COLUMNS = ("round", "scale", "score", "comment", "follow_up_question", "follow_up", "author_name", "agent__name")


@dataclass(frozen=True)
class Shown:
    """A rating: the score, the words, who gave it and whom it is about; empty where the reader may not know."""

    round: int
    score: Score
    comment: str
    question: str
    answer: str
    author: str
    about: str


def shown_ratings(actor: Actor, rows: Iterable[Mapping[str, Any]]) -> list[Shown]:
    """As far as the reader may see them, the latest solution first."""
    sight = sight_of_ratings(actor)
    if sight is Sight.NONE:
        return []
    return [
        Shown(
            round=row["round"],
            score=score(Scale(row["scale"]), row["score"]),
            comment=row["comment"],
            question=row["follow_up_question"],
            answer=row["follow_up"],
            author=row["author_name"] if sight is Sight.NAMES else _("The client"),
            about=row["agent__name"] or "",
        )
        for row in rows
    ]
