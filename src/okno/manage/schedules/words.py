"""How hours and days are said on the pages of schedules."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from okno.calendars.models import ScheduleException, WorkSchedule
from okno.calendars.rules.hours import day_text, minutes_of
from okno.core.jinja import current_locale


def weekdays() -> list[str]:
    """The names of the days from Monday on."""
    names = current_locale().days["stand-alone"]["wide"]
    return [str(names[day]) for day in range(7)]


def short_weekdays() -> list[str]:
    """The same as on a calendar's head."""
    names = current_locale().days["stand-alone"]["abbreviated"]
    return [str(names[day]) for day in range(7)]


def full_date(day: date) -> str:
    """A day with its weekday and year."""
    return format_date(day, "full", locale=current_locale())


def hours_words(hours: list[list[str]] | None) -> str:
    """What holds on a day."""
    if hours is None:
        return _("as usual")
    if not hours:
        return _("closed all day")
    return _("around the clock") if minutes_of(hours) == 24 * 60 else day_text(hours)


def week_length(schedule: WorkSchedule) -> str:
    """How much work a usual week holds."""
    minutes = sum(minutes_of(hours) for hours in schedule.weekly)
    hours, rest = divmod(minutes, 60)
    said = ngettext("%(num)d hour a week", "%(num)d hours a week", hours) % {"num": hours}
    return said if not rest else _("%(hours)d h %(minutes)d min a week") % {"hours": hours, "minutes": rest}


def source_words(exception: ScheduleException) -> str:
    """Where a day that differs comes from."""
    source = ScheduleException.Source
    return {source.HAND: _("by hand"), source.COUNTRY: _("holiday"), source.FILE: _("from a file")}[
        source(exception.source)
    ]
