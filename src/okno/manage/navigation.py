"""The pages of the settings: one list from which the menu, the first page and the checks are made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from okno.core.actor import Actor
from okno.core.settings_store import SETTINGS
from okno.manage.groups import group_of

Text = str | Promise


@dataclass(frozen=True)
class Page:
    """A page of the settings; ``right`` is what a role must grant to see it."""

    name: str
    label: Text
    icon: str
    right: str
    about: Text
    args: tuple[str, ...] = ()

    @property
    def url(self) -> str | None:
        """Its address; nothing when this installation does not have the page."""
        try:
            return reverse(self.name, args=self.args)
        except NoReverseMatch:
            return None


@dataclass(frozen=True)
class Group:
    """Pages that belong together."""

    title: Text
    pages: tuple[Page, ...]


LOOK = Page(
    "manage:look",
    _("Look"),
    "icon-[tabler--palette]",
    "settings.manage",
    _("Colour, logo and title of all pages, and the address of the portal."),
)
OWN_PAGES = frozenset({"look"})
"""Groups of settings that have a page of their own."""

MAIL = Group(
    _("Mail"),
    (
        Page(
            "manage:mailboxes",
            _("Mailboxes"),
            "icon-[tabler--mail]",
            "mail.manage",
            _("Addresses at which requests arrive and from which answers leave."),
        ),
        Page(
            "manage:letters",
            _("Received letters"),
            "icon-[tabler--mail-question]",
            "mail.manage",
            _("What came in, what became of it and why; what needs attention."),
        ),
        Page(
            "manage:deliveries",
            _("Deliveries"),
            "icon-[tabler--send]",
            "mail.manage",
            _("What left or is to leave, and what could not be delivered."),
        ),
        Page(
            "manage:blacklist",
            _("Blacklist"),
            "icon-[tabler--mail-off]",
            "mail.manage",
            _("Senders and texts that never become a ticket."),
        ),
    ),
)
PEOPLE = Group(
    _("People"),
    (
        Page(
            "manage:agents",
            _("Employees"),
            "icon-[tabler--users]",
            "agents.manage",
            _("Who works here, in which role and in which teams."),
        ),
        Page(
            "manage:teams",
            _("Teams"),
            "icon-[tabler--users-group]",
            "agents.manage",
            _("Groups to which tickets are assigned as to one."),
        ),
        Page(
            "manage:roles",
            _("Roles"),
            "icon-[tabler--shield-check]",
            "agents.manage",
            _("What each role may see and do."),
        ),
        Page(
            "manage:categories",
            _("Client categories"),
            "icon-[tabler--category]",
            "settings.manage",
            _("What kinds of clients there are; clients never see it."),
        ),
        Page(
            "manage:why",
            _("Who sees what"),
            "icon-[tabler--eye-question]",
            "agents.manage",
            _("Why somebody sees a ticket or does not, and what he may do to it."),
        ),
        Page(
            "manage:audit",
            _("Audit log"),
            "icon-[tabler--history]",
            "agents.manage",
            _("Who changed what in the settings, and who signed in."),
        ),
    ),
)
SITES = Group(
    _("Websites"),
    (
        Page(
            "manage:web-forms",
            _("Web forms"),
            "icon-[tabler--forms]",
            "settings.manage",
            _("Help buttons and forms for your website and inside your software."),
        ),
    ),
)
ANSWERS = Group(
    _("Answers"),
    (
        Page(
            "manage:canned",
            _("Canned replies"),
            "icon-[tabler--message-2-bolt]",
            "settings.manage",
            _("Prepared answers that agents insert with a slash."),
        ),
    ),
)
TICKETS = Group(
    _("Tickets"),
    (
        Page(
            "manage:types",
            _("Types"),
            "icon-[tabler--ticket]",
            "settings.manage",
            _("What kind of work a ticket is, and which types clients never see."),
        ),
        Page(
            "manage:statuses",
            _("Statuses"),
            "icon-[tabler--progress]",
            "settings.manage",
            _("What a ticket can be, with colours and what the clock does."),
        ),
        Page(
            "manage:lifecycles",
            _("Lifecycles"),
            "icon-[tabler--arrows-split-2]",
            "settings.manage",
            _("What a ticket may become, who may take it there, and what happens by itself."),
        ),
        Page(
            "manage:priorities",
            _("Priorities"),
            "icon-[tabler--flag]",
            "settings.manage",
            _("How urgent tickets are, and what impact and urgency make of it."),
        ),
        Page(
            "manage:services",
            _("Services"),
            "icon-[tabler--sitemap]",
            "settings.manage",
            _("What is done for clients, as a tree."),
        ),
        Page(
            "manage:attributes",
            _("Attributes"),
            "icon-[tabler--forms]",
            "settings.manage",
            _("What else you want to know of tickets, companies and contacts."),
        ),
        Page(
            "manage:request-forms",
            _("Request forms"),
            "icon-[tabler--clipboard-list]",
            "settings.manage",
            _("What is asked when a ticket is registered, by its type and service."),
        ),
    ),
)
PROMISES = Group(
    _("Promises"),
    (
        Page(
            "manage:sla",
            _("SLA rules"),
            "icon-[tabler--clock-check]",
            "settings.manage",
            _("By when tickets are reacted to and resolved."),
        ),
        Page(
            "manage:schedules",
            _("Schedules"),
            "icon-[tabler--calendar-time]",
            "settings.manage",
            _("Working hours, holidays and other days that differ."),
        ),
    ),
)
WORK = Group(
    _("Distribution of work"),
    (
        Page(
            "manage:routing",
            _("Routing"),
            "icon-[tabler--route]",
            "settings.manage",
            _("Whose a new ticket becomes, and who follows it."),
        ),
        Page(
            "manage:workload",
            _("Workload"),
            "icon-[tabler--chart-bar]",
            "agents.manage",
            _("Who has how many open tickets, and what waits in teams."),
        ),
    ),
)


CONFIGURATION = Page(
    "manage:configuration",
    _("Configuration as a file"),
    "icon-[tabler--file-settings]",
    "settings.manage",
    _("All of it in one file: to move it, to keep its history, to see what differs."),
)


def _declared() -> Group:
    """A page for each group of declared settings."""
    codes = dict.fromkeys(setting.group for setting in SETTINGS.values() if setting.group not in OWN_PAGES)
    found = [group_of(code) for code in codes]
    pages = [
        Page("manage:settings", group.title, group.icon, "settings.manage", group.about, (group.code,))
        for group in found
    ]
    return Group(_("The desk"), (*pages, LOOK, CONFIGURATION))


def groups_for(actor: Actor) -> Iterator[tuple[Group, list[tuple[Page, str]]]]:
    """The groups that the actor may open, each with its pages and their addresses."""
    for group in (_declared(), MAIL, SITES, PEOPLE, TICKETS, WORK, PROMISES, ANSWERS):
        pages = [(page, url) for page in group.pages if actor.has(page.right) and (url := page.url)]
        if pages:
            yield group, pages


def settings_menu(request: HttpRequest) -> dict[str, Any]:
    """For templates: the list at the left of every page of the settings, made only where it is drawn."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None or not actor.is_agent:
        return {}
    return {"settings_groups": SimpleLazyObject(lambda: _menu(request.path, actor))}


def _menu(path: str, actor: Actor) -> list[dict[str, Any]]:
    return [
        {
            "title": group.title,
            "items": [
                {"label": page.label, "url": url, "icon": page.icon, "current": path.startswith(url)}
                for page, url in pages
            ],
        }
        for group, pages in groups_for(actor)
    ]
