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

CLIENT_FORM = {
    "type": (_("Type"), True),
    "priority": (_("Priority"), False),
    "service": (_("Service"), True),
    "impact": (_("Impact"), False),
    "urgency": (_("Urgency"), False),
}
"""What Okno itself asks of a request: its name, and whether clients are asked unless somebody decides (F79)."""

ASKED_OF_CLIENTS = {
    code: declare(
        Setting(
            key=f"client_form.{code}",
            kind=str,
            default="filled" if is_asked else "hidden",
            label=label,
            help=_("Whether clients are asked for it when they register a request."),
            group="client_form",
            choices={"filled": _("filled in by clients"), "hidden": _("hidden from clients")},
        )
    )
    for code, (label, is_asked) in CLIENT_FORM.items()
}
"""System attributes on the clients' form, which the portal, web forms and the like read from here (F79)."""


def asked_of_clients() -> frozenset[str]:
    """Which of type, priority, service, impact and urgency clients fill in; the others take their usual values."""
    return frozenset(code for code, setting in ASKED_OF_CLIENTS.items() if setting() == "filled")
