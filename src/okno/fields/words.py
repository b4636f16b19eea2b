"""What is wrong with a value or a limit, as it is told to a person."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from okno.fields.rules import Problem


def in_words(problem: Problem) -> str:
    """The sentence of a problem."""
    facts = dict(problem.facts)
    if problem.code == "decimals":
        limit = int(str(facts["limit"]))
        words = ngettext("At most %(num)d digit after the point.", "At most %(num)d digits after the point.", limit)
        return words.replace("%(num)d", str(limit))
    return (_of_texts() | _of_others()).get(problem.code, _("Choose one of the offered values.")) % facts


def _of_texts() -> dict[str, str]:
    return {
        "text": _("Write a text."),
        "too_long": _("No more than %(limit)s characters."),
        "too_short": _("At least %(limit)s characters."),
        "mask": _("This must look like %(mask)s: 9 is a digit, A a letter, * either."),
        "bad_mask": _("Write at most 60 characters, such as AA-9999: 9 is a digit, A a letter, * either."),
        "length": _("Write a whole number from 1 to %(limit)s."),
        "several_lines": _("It has several lines."),
    }


def _of_others() -> dict[str, str]:
    return {
        "number": _("Write a number."),
        "whole": _("Write a whole number."),
        "least": _("The least is %(limit)s."),
        "most": _("The most is %(limit)s."),
        "decimals_limit": _("At most %(limit)s."),
        "date": _("Write a date such as 2026-03-29."),
        "earliest": _("Not before %(day)s."),
        "latest": _("Not after %(day)s."),
        "crossed": _("This is less than the lower limit."),
        "missing": _("Fill this in."),
        "choice": _("Choose one of the offered values."),
        "file": _("There is no such file. Send it again."),
        "several": _("It holds several values."),
        "turn": _("This kind cannot become that one."),
    }
