"""The rights that a role may grant, in product words, and the three roles that Okno brings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

RIGHTS = {
    "tickets.view_all": _("See all tickets, not only one's own and one's teams'"),
    "tickets.create": _("Create tickets"),
    "tickets.answer": _("Answer clients"),
    "tickets.note": _("Write private notes"),
    "tickets.assign": _("Assign tickets"),
    "tickets.status": _("Change the status"),
    "tickets.edit": _("Change subject, type, priority, client and watchers"),
    "people.view": _("See companies and contacts"),
    "people.manage": _("Change companies and contacts"),
    "mail.manage": _("Mailboxes, deliveries and failed letters"),
    "settings.manage": _("Settings of the whole desk"),
    "agents.manage": _("Employees, teams and roles"),
}
