"""How far a contact's access to the portal reaches in each of his companies (F147). Pure."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

COMPANY, SITES, SUPERVISED, REPORTS = "company", "sites", "supervised", "reports"

LEVELS: dict[str, str | Promise] = {
    COMPANY: _("All tickets of the company, colleagues' too"),
    SITES: _("Tickets of the sites that are linked to the contact"),
    SUPERVISED: _("Tickets of the companies that it supervises"),
    REPORTS: _("Reports about the tickets of the company"),
}
"""What may be open to a contact besides the tickets that he takes part in; any of these, in any combination."""

OFFERED: dict[str, str | Promise] = {code: words for code, words in LEVELS.items() if code != SITES}
"""What can be chosen: there are no sites yet to which a ticket could belong."""


def in_words(level: Collection[str]) -> list[str]:
    """The level as it is told; one's own tickets are always open and need no word."""
    return [str(words) for code, words in LEVELS.items() if code in level] or [str(_("Own tickets only"))]
