"""Settings of letters that leave."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okno.channels.email.declarations import GROUP, between
from okno.channels.email.outgoing.layout import CONTENT, DEFAULT_TEMPLATE
from okno.channels.email.rules.addresses import normalise_address
from okno.core.settings_store import Setting, declare


def _template_problem(value: str) -> str | None:
    if CONTENT not in value:
        return _("The template must contain %(variable)s, where the text of the letter goes.") % {
            "variable": CONTENT
        }
    if len(value) > 100_000:
        return _("The template is longer than 100,000 characters.")
    return None


def _copy_problem(value: str) -> str | None:
    if value and normalise_address(value) is None:
        return _("This is not a mail address.")
    return None


SENDER_NAME = declare(
    Setting(
        key="mail.sender_name",
        kind=str,
        default="{agent} via {company}",
        label=gettext_lazy("Name of the sender of answers"),
        help=gettext_lazy("{agent} is the name of the employee, {company} that of your company."),
        group=GROUP,
        check=lambda value: None if value.strip() else _("Write a name."),
    )
)
LETTER_TEMPLATE = declare(
    Setting(
        key="mail.letter_template",
        kind=str,
        default=DEFAULT_TEMPLATE,
        label=gettext_lazy("Look of letters (HTML)"),
        help=gettext_lazy(
            "(((CONTENT))) is the text of the letter and must stay. Also: (((COMPANY))), (((NUMBER))), "
            "(((SUBJECT))), (((LANGUAGE))), (((BASE_URL))), (((COLOUR)))."
        ),
        group=GROUP,
        check=_template_problem,
    )
)
COPY_TO = declare(
    Setting(
        key="mail.copy_to",
        kind=str,
        default="",
        label=gettext_lazy("Address to which all answers to clients are copied"),
        help=gettext_lazy("Leave it empty for no copies."),
        group=GROUP,
        check=_copy_problem,
    )
)
SEND_RECEIPTS = declare(
    Setting(
        key="mail.send_receipts",
        kind=bool,
        default=True,
        label=gettext_lazy("Confirm requests that come by mail or web form"),
        help=gettext_lazy("The sender is told the number of the new ticket. Robots and lists are not answered."),
        group=GROUP,
    )
)
RECEIPTS_PER_HOUR = declare(
    Setting(
        key="mail.receipts_per_hour",
        kind=int,
        default=200,
        label=gettext_lazy("Confirmations an hour, at most"),
        help=gettext_lazy("For all addresses together. One address gets at most one an hour and five a day."),
        group=GROUP,
        check=between(0, 100_000),
    )
)
LARGEST_LETTER = declare(
    Setting(
        key="mail.largest_letter",
        kind=int,
        default=20,
        label=gettext_lazy("Files in one letter, in megabytes"),
        help=gettext_lazy("Files above this stay in the ticket and are named in the letter."),
        group=GROUP,
        check=between(1, 100),
    )
)
