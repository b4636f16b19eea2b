"""What is wrong with written hours, in words."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from okno.calendars.rules.hours import MOST, Hours, HoursMistake, check_day


def check_hours(pairs: Sequence[Sequence[str]]) -> Hours:
    """The hours of a day in order; raises ``HoursMistake`` also for pairs that are none."""
    for pair in pairs:
        if len(pair) != 2:
            raise HoursMistake("unreadable", " ".join(pair)[:40])
    return check_day(pairs)


def words_of(mistake: HoursMistake) -> str:
    """The mistake as a sentence that says what to do."""
    text = {"text": mistake.text, "limit": MOST}
    if mistake.kind == "backwards":
        return _("%(text)s ends before it begins. Work over midnight is written as two parts.") % text
    if mistake.kind == "overlap":
        return _("%(text)s overlaps the hours before it.") % text
    if mistake.kind == "too_many":
        return _("No more than %(limit)d intervals a day.") % text
    return _("“%(text)s” is not a time. Write hours such as 09:00 and 18:00.") % text
