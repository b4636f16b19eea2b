"""Settings of acceptance and rating (F99)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from django.conf import settings
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from okno.core.settings_store import Setting, declare
from okno.workflow.catalogue import TYPES

GROUP = "rating"
LONGEST_QUESTION = 200


class _Types(Mapping[str, str]):
    """The types of tickets as choices, read anew each time; internal ones are never rated anyway."""

    def _all(self) -> dict[str, str]:
        return {kind.code: kind.name for kind in TYPES.all() if not kind.is_internal}

    def __getitem__(self, key: str) -> str:
        return self._all()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())


def _between(lowest: int, highest: int) -> Callable[[int], str | None]:
    def problem(value: int) -> str | None:
        if lowest <= value <= highest:
            return None
        return gettext("Write a number from %(lowest)d to %(highest)d.") % {"lowest": lowest, "highest": highest}

    return problem


def _short(value: str) -> str | None:
    if len(value) <= LONGEST_QUESTION:
        return None
    return gettext("Write at most %(limit)d characters.") % {"limit": LONGEST_QUESTION}


IS_ON = declare(
    Setting(
        key="rating.is_on",
        kind=bool,
        default=True,
        label=_("Clients rate solutions"),
        help=_("One click in the letter about the solution, or on the page of the request."),
        group=GROUP,
    )
)
LETTER = declare(
    Setting(
        key="rating.letter",
        kind=bool,
        default=True,
        label=_("Write to the client when an employee proposes a solution"),
        help=_(
            "The letter lets the client accept, rate, or have the work resumed. With an answer it is one letter."
        ),
        group=GROUP,
    )
)
SCALE = declare(
    Setting(
        key="rating.scale",
        kind=str,
        default="smileys_3",
        label=_("Scale"),
        help=_("Earlier ratings keep theirs; averages are out of 100, so that scales can be compared."),
        group=GROUP,
        choices={
            "smileys_3": _("Three smileys"),
            "smileys_5": _("Five smileys"),
            "stars_5": _("Five stars"),
            "thumbs": _("Thumbs down and up"),
        },
    )
)
WHO = declare(
    Setting(
        key="rating.who",
        kind=str,
        default="requester",
        label=_("Who rates"),
        help=_("Others in copy are asked only if an employee has confirmed their address."),
        group=GROUP,
        choices={"requester": _("Who asked"), "participants": _("Who asked, and the others in copy")},
    )
)
TYPES_LEFT_OUT = declare(
    Setting(
        key="rating.types_left_out",
        kind=list,
        default=[],
        label=_("Types that nobody rates"),
        help=_("Internal types are never rated."),
        group=GROUP,
        choices=_Types(),
    )
)
COMMENT = declare(
    Setting(
        key="rating.comment",
        kind=str,
        default="optional",
        label=_("Comment"),
        help=_("It is asked for after the click, so that a rating is never lost for want of words."),
        group=GROUP,
        choices={
            "none": _("not asked for"),
            "optional": _("may be written"),
            "bad": _("must be written with a bad score"),
            "always": _("must be written with every score"),
        },
    )
)
OPEN_DAYS = declare(
    Setting(
        key="rating.open_days",
        kind=int,
        default=30,
        label=_("Days in which a solution may be rated"),
        help=_("For so long the links in the letter work."),
        group=GROUP,
        check=_between(1, 365),
    )
)
CHANGE_DAYS = declare(
    Setting(
        key="rating.change_days",
        kind=int,
        default=7,
        label=_("Days in which a rating may be changed"),
        help=_("0: what was given stays."),
        group=GROUP,
        check=_between(0, 365),
    )
)
REMIND_DAYS = declare(
    Setting(
        key="rating.remind_days",
        kind=int,
        default=0,
        label=_("Remind once after so many days without a rating"),
        help=_("0: never."),
        group=GROUP,
        check=_between(0, 90),
    )
)
SHOWN = declare(
    Setting(
        key="rating.shown",
        kind=str,
        default="names",
        label=_("What employees see of ratings"),
        help=_("In tickets that they see. Roles with the right to all ratings always see who rated and how."),
        group=GROUP,
        choices={
            "names": _("score, comment and who gave it"),
            "plain": _("score and comment, without the name"),
            "none": _("nothing"),
        },
    )
)


def _in_languages(key: str, label: Promise, about: Promise) -> dict[str, Setting[str]]:
    """A text of its own for each language of the product."""
    return {
        code: declare(
            Setting(
                key=f"rating.{key}_{code}",
                kind=str,
                default="",
                label=format_lazy("{label} ({language})", label=label, language=name),
                help=about,
                group=GROUP,
                check=_short,
            )
        )
        for code, name in settings.LANGUAGES
    }


QUESTION = _in_languages(
    "question", _("Question to the client"), _("Empty: “Are you satisfied with our work?” in this language.")
)
FOLLOW_UP = _in_languages(
    "follow_up", _("Further question after a bad score"), _("Empty: no such question in this language.")
)
