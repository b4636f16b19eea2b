"""What scores, questions and refusals are called."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from okno.tickets.rating.declarations import FOLLOW_UP, QUESTION
from okno.tickets.rating.rules import Level, Refusal, Scale, level_of

LEVELS: dict[Level, str | Promise] = {
    Level.BAD: gettext_lazy("bad"),
    Level.NEUTRAL: gettext_lazy("so-so"),
    Level.GOOD: gettext_lazy("good"),
}
_WORDS: dict[Scale, tuple[str | Promise, ...]] = {
    Scale.SMILEYS_3: (
        gettext_lazy("Bad"),
        gettext_lazy("So-so"),
        gettext_lazy("Good"),
    ),
    Scale.SMILEYS_5: (
        gettext_lazy("Very bad"),
        gettext_lazy("Bad"),
        gettext_lazy("So-so"),
        gettext_lazy("Good"),
        gettext_lazy("Very good"),
    ),
    Scale.THUMBS: (gettext_lazy("Bad"), gettext_lazy("Good")),
}
_SIGNS: dict[Scale, tuple[str, ...]] = {
    Scale.SMILEYS_3: ("\U0001f61e", "\U0001f610", "\U0001f60a"),
    Scale.SMILEYS_5: ("\U0001f61e", "\U0001f615", "\U0001f610", "\U0001f60a", "\U0001f603"),
    Scale.STARS_5: ("★", "★★", "★★★", "★★★★", "★★★★★"),
    Scale.THUMBS: ("\U0001f44e", "\U0001f44d"),
}
"""Characters for letters, which load no pictures; old ones, which every mail program knows. Pages have icons."""

REFUSALS: dict[Refusal, str | Promise] = {
    Refusal.OFF: gettext_lazy("Ratings are not asked for here."),
    Refusal.TYPE: gettext_lazy("Requests of this type are not rated."),
    Refusal.INTERNAL: gettext_lazy("Internal tickets are not rated."),
    Refusal.NOT_ASKED: gettext_lazy("Whoever asked rates the solution."),
    Refusal.NOT_DONE: gettext_lazy("There is no solution to rate: the work goes on."),
    Refusal.TOO_LATE: gettext_lazy("The time in which the solution could be rated is over."),
    Refusal.SETTLED: gettext_lazy("The rating can no longer be changed."),
}


@dataclass(frozen=True)
class Score:
    """A place on a scale: its number, its word, its sign for letters, and what it comes to."""

    scale: Scale
    number: int
    word: str
    sign: str
    level: Level


def score(scale: Scale, number: int) -> Score:
    """One place on the scale in the reader's language."""
    if scale is Scale.STARS_5:
        word = ngettext("%(num)d star", "%(num)d stars", number) % {"num": number}
    else:
        word = str(_WORDS[scale][number - 1])
    return Score(scale, number, word, _SIGNS[scale][number - 1], level_of(scale, number))


def scores(scale: Scale) -> list[Score]:
    """Every place on the scale, the worst first."""
    return [score(scale, number) for number in range(1, scale.size + 1)]


def question() -> str:
    """What the client is asked, in the reader's language."""
    setting = QUESTION.get(_code())
    return (setting() if setting else "") or _("Are you satisfied with our work?")


def follow_up() -> str:
    """What is asked besides after a bad score; empty for nothing."""
    setting = FOLLOW_UP.get(_code())
    return setting() if setting else ""


def _code() -> str:
    return (get_language() or "en").split("-", maxsplit=1)[0]
