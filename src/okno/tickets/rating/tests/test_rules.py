"""Who may rate what and when, and what scores come to, as tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from okno.tickets.rating.rules import (
    Case,
    Comments,
    Level,
    Refusal,
    Scale,
    level_of,
    needs_comment,
    refusal_of,
    share_of,
    worst_of,
)

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
GOOD = Case(
    is_on=True,
    is_rated_type=True,
    is_internal=False,
    is_requester=True,
    is_participant=True,
    others_may=False,
    done_at=NOW - DAY,
    rated_at=None,
    open_for=30 * DAY,
    change_for=7 * DAY,
)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({}, None),
        ({"is_on": False}, Refusal.OFF),
        ({"is_on": False, "done_at": None}, Refusal.OFF),
        ({"is_rated_type": False}, Refusal.TYPE),
        ({"is_internal": True}, Refusal.INTERNAL),
        ({"is_requester": False}, Refusal.NOT_ASKED),
        ({"is_requester": False, "others_may": True}, None),
        ({"is_requester": False, "is_participant": False, "others_may": True}, Refusal.NOT_ASKED),
        ({"done_at": None}, Refusal.NOT_DONE),
        ({"done_at": None, "rated_at": NOW - DAY}, Refusal.NOT_DONE),
        ({"done_at": NOW - 30 * DAY}, None),
        ({"done_at": NOW - 30 * DAY - timedelta(seconds=1)}, Refusal.TOO_LATE),
        ({"rated_at": NOW - 7 * DAY}, None),
        ({"rated_at": NOW - 7 * DAY - timedelta(seconds=1)}, Refusal.SETTLED),
        ({"rated_at": NOW - DAY, "change_for": timedelta(0)}, Refusal.SETTLED),
        ({"done_at": NOW - 31 * DAY, "rated_at": NOW - DAY}, None),
    ],
)
def test_who_may_rate_and_when(changes: dict[str, object], refusal: Refusal | None) -> None:
    assert refusal_of(replace(GOOD, **changes), NOW) is refusal


@pytest.mark.parametrize(
    ("scale", "shares", "levels"),
    [
        (Scale.SMILEYS_3, [0, 50, 100], [1, 2, 3]),
        (Scale.SMILEYS_5, [0, 25, 50, 75, 100], [1, 1, 2, 3, 3]),
        (Scale.STARS_5, [0, 25, 50, 75, 100], [1, 1, 2, 3, 3]),
        (Scale.THUMBS, [0, 100], [1, 3]),
    ],
)
def test_what_scores_come_to(scale: Scale, shares: list[int], levels: list[int]) -> None:
    numbers = range(1, scale.size + 1)
    assert [share_of(scale, number) for number in numbers] == shares
    assert [level_of(scale, number) for number in numbers] == levels


@pytest.mark.parametrize("score", [0, -1, 4])
def test_what_is_not_on_the_scale_counts_for_nothing(score: int) -> None:
    with pytest.raises(ValueError, match="not on the scale"):
        share_of(Scale.SMILEYS_3, score)


@pytest.mark.parametrize(
    ("comments", "needed"),
    [
        (Comments.NONE, set()),
        (Comments.OPTIONAL, set()),
        (Comments.BAD, {Level.BAD}),
        (Comments.ALWAYS, {Level.BAD, Level.NEUTRAL, Level.GOOD}),
    ],
)
def test_for_which_scores_words_are_needed(comments: Comments, needed: set[Level]) -> None:
    assert {level for level in Level if needs_comment(comments, level)} == needed


def test_one_who_is_not_content_is_not_outvoted() -> None:
    assert worst_of([3, 3, 1]) == 1
    assert worst_of([]) is None
