"""Settings of the conversation; those of ratings stand with them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from okno.core.settings_store import Setting, declare
from okno.tickets.rating import declarations as of_ratings

__all__ = ["DEFAULT_MESSAGE", "FIRST_ANSWER", "of_ratings"]

DEFAULT_MESSAGE = declare(
    Setting(
        key="tickets.default_message",
        kind=str,
        default="answer",
        label=_("What employees write at first"),
        help=_("Which of the two is open when a ticket is opened; the other is one key away."),
        group="general",
        choices={"answer": _("Public answer"), "note": _("Private note")},
    )
)

FIRST_ANSWER = declare(
    Setting(
        key="routing.first_answer",
        kind=bool,
        default=True,
        label=_("Who answers first takes the ticket"),
        help=_(
            "The first public answer to a ticket that nobody has makes its author responsible. A team may differ."
        ),
        group="routing",
    )
)
