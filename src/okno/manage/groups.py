"""How groups of declared settings are called. A group without an entry here is shown under its code."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class SettingGroup:
    """A page of settings."""

    code: str
    title: str | Promise
    about: str | Promise
    icon: str = "icon-[tabler--adjustments-horizontal]"


KNOWN = {
    "portal": SettingGroup(
        "portal",
        _("Client portal"),
        _("Who of the clients gets in, and what they see there."),
        "icon-[tabler--door-enter]",
    ),
    "general": SettingGroup(
        "general", _("General"), _("Name of the company and what all pages share."), "icon-[tabler--building]"
    ),
    "clients": SettingGroup(
        "clients",
        _("Clients"),
        _("How telephone numbers are read, and who of a company gets answers."),
        "icon-[tabler--address-book]",
    ),
    "sla": SettingGroup("sla", _("Promises"), _("What keeps a promise to a client."), "icon-[tabler--clock-check]"),
    "mail": SettingGroup(
        "mail", _("Mail rules"), _("How letters are taken in and how answers look."), "icon-[tabler--mail-cog]"
    ),
    "web_form": SettingGroup(
        "web_form",
        _("Limits of web forms"),
        _("How much may come in by the forms on websites."),
        "icon-[tabler--shield-half]",
    ),
    "rating": SettingGroup(
        "rating",
        _("Acceptance and rating"),
        _("What clients are asked when a solution is proposed, and who sees what they say."),
        "icon-[tabler--mood-smile]",
    ),
    "client_form": SettingGroup(
        "client_form",
        _("System attributes"),
        _("Which of type, priority, service, impact and urgency clients fill in on their form."),
        "icon-[tabler--forms]",
    ),
    "routing": SettingGroup(
        "routing",
        _("Owners of tickets"),
        _("Whose a ticket is when nothing else decides it, and who follows it."),
        "icon-[tabler--user-check]",
    ),
}


def group_of(code: str) -> SettingGroup:
    """The group of this code."""
    return KNOWN.get(code) or SettingGroup(code, code.replace("_", " ").capitalize(), "")


KNOWN["knowledge"] = SettingGroup(
    "knowledge",
    _("Knowledge base"),
    _("Who reads it, what plays in it, and whether readers are asked if it helped."),
    "icon-[tabler--book]",
)
