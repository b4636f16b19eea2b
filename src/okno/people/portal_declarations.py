"""Settings of the client portal (F146, F148, F149, F223)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from okno.core.settings_store import Setting, declare
from okno.people.levels import OFFERED

GROUP = "portal"

PORTAL_IS_OPEN = declare(
    Setting(
        key="portal.is_open",
        kind=bool,
        default=True,
        label=_("Clients may sign in"),
        help=_(
            "Off: nobody but employees signs in, and the pages of the portal are closed. Letters go on as before."
        ),
        group=GROUP,
    )
)
DEFAULT_LEVEL = declare(
    Setting(
        key="portal.default_level",
        kind=list,
        default=[],
        label=_("Access level of new accounts"),
        help=_(
            "What a contact sees in each of his companies besides the tickets that he takes part in. It is set "
            "when access is given and can be changed on the contact's card; changing it here changes nobody's."
        ),
        group=GROUP,
        choices=OFFERED,
        nothing=_("own tickets only"),
    )
)
SHOWN = declare(
    Setting(
        key="portal.shown",
        kind=list,
        default=[],
        label=_("What clients see of the work on a ticket"),
        help=_(
            "Who of the employees is responsible, who watches, and their photos. The author of an answer "
            "is always seen."
        ),
        group=GROUP,
        choices={"assignee": _("Assignee"), "watchers": _("Watchers"), "photos": _("Photos of employees")},
        nothing=_("nothing"),
    )
)
MAIL_LINKS = declare(
    Setting(
        key="portal.mail_links",
        kind=bool,
        default=True,
        label=_("Sign-in by a link in a letter"),
        help=_(
            "Clients may ask for a link instead of typing a password. It works once and for a quarter of an hour. "
            "A second factor is still asked for; employees always use their passwords or passkeys."
        ),
        group=GROUP,
    )
)
REGISTRATION = declare(
    Setting(
        key="portal.registration",
        kind=str,
        default="off",
        label=_("Self-registration"),
        help=_(
            "Whoever registers proves his mail address first. An address of a contact gets that contact's account; "
            "an address of a company's mail domain joins the company."
        ),
        group=GROUP,
        choices={
            "off": _("Off: access is given by employees"),
            "known": _("For contacts and for mail domains of companies"),
            "all": _("For everybody"),
        },
    )
)
EXPORT_COLUMNS = declare(
    Setting(
        key="portal.export_columns",
        kind=list,
        default=["number", "subject", "status", "type", "priority", "company", "contact", "created", "updated"],
        label=_("Columns of an exported list"),
        help=_("What the file holds when a client exports his list of tickets."),
        group=GROUP,
        choices={
            "number": _("Number"),
            "subject": _("Subject"),
            "status": _("Status"),
            "type": _("Type"),
            "priority": _("Priority"),
            "company": _("Company"),
            "contact": _("Contact"),
            "created": _("Created"),
            "updated": _("Last activity"),
            "due": _("Deadline"),
            "resolved": _("Resolved"),
            "closed": _("Closed"),
            "messages": _("Messages"),
        },
        nothing=_("number and subject"),
    )
)
