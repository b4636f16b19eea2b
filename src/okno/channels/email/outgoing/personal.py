"""Letters that let a client's person in: an invitation, a link to sign in, a link to register (T23)."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from okno.channels.email.outgoing.notices import NoMailbox, notice_mailbox, send_notice
from okno.channels.email.outgoing.senders import company_name
from okno.core.actor import Actor
from okno.core.addresses import portal_url
from okno.core.faults import Conflict
from okno.people.links import LIFETIMES, Purpose
from okno.people.models import Contact, PersonalLink
from okno.people.operations import coming_in, portal_access

PAGES = {
    Purpose.INVITATION: "account:invitation",
    Purpose.SIGN_IN: "account:link",
    Purpose.REGISTRATION: "account:registration",
}


def send_invitation(actor: Actor, contact: Contact, login: str = "") -> PersonalLink:
    """Gives access and sends the letter of invitation, both or neither."""
    with transaction.atomic():
        link, secret = portal_access.invite(actor, contact, login)
        try:
            _send(link, secret, contact.language, contact.name)
        except NoMailbox as error:
            raise Conflict(_("No letter can leave: there is no active mailbox."), code="no_mailbox") from error
    return link


def send_sign_in_link(address: str, browser: str) -> None:
    """Sends a link to sign in, if a contact signs in with this address; nobody learns whether (T25)."""
    with transaction.atomic():
        made = coming_in.ask_for_sign_in(address, browser)
        if made is not None and made[0].contact is not None:
            _send(*made, made[0].contact.language, made[0].contact.name)


def send_registration(address: str, language: str) -> None:
    """Sends a link to register, or word that there is an account already; nobody else learns which (T25)."""
    with transaction.atomic():
        made = coming_in.ask_to_register(address)
        if made is not None:
            _send(*made, language, "")
        elif coming_in.has_account(address) and coming_in.registration_is_open():
            _say_that_there_is_one(address, language)


def _send(link: PersonalLink, secret: str, language: str, name: str) -> None:
    mailbox = notice_mailbox()
    if mailbox is None:
        raise NoMailbox
    url = portal_url(reverse(PAGES[Purpose(link.purpose)], args=[secret]))
    with translation.override(language or translation.get_language()):
        subject, paragraphs = _words(Purpose(link.purpose), company_name(mailbox), url)
    send_notice(link.address, subject, "\n\n".join(paragraphs), name=name)


def _words(purpose: Purpose, company: str, url: str) -> tuple[str, list[str]]:
    facts = {"company": company}
    match purpose:
        case Purpose.INVITATION:
            return _("Your access to the client portal of %(company)s") % facts, [
                _("%(company)s has given you access to its client portal.") % facts,
                _("There you see your requests with all answers, add to them, and write new ones."),
                _("Choose a password and come in:"),
                url,
                _lifetime(purpose),
            ]
        case Purpose.REGISTRATION:
            return _("Your account at %(company)s") % facts, [
                _("Somebody, probably you, wants an account in the client portal of %(company)s.") % facts,
                _("Choose a name and a password here:"),
                url,
                _lifetime(purpose),
                _("If it was not you, do nothing: no account is made."),
            ]
    return _("Sign in at %(company)s") % facts, [
        _("By this link you sign in, in the browser in which you asked for it:"),
        url,
        _lifetime(purpose),
        _("If it was not you, do nothing, and pass this letter on to nobody."),
    ]


def _lifetime(purpose: Purpose) -> str:
    seconds = int(LIFETIMES[purpose].total_seconds())
    if seconds >= 86_400:
        days = seconds // 86_400
        return ngettext(
            "The link works once and for %(count)d day.", "The link works once and for %(count)d days.", days
        ) % {"count": days}
    minutes = seconds // 60
    return ngettext(
        "The link works once and for %(count)d minute.", "The link works once and for %(count)d minutes.", minutes
    ) % {"count": minutes}


def _say_that_there_is_one(address: str, language: str) -> None:
    mailbox = notice_mailbox()
    if mailbox is None:
        raise NoMailbox
    with translation.override(language):
        facts = {"company": company_name(mailbox)}
        paragraphs = [
            _("Somebody, probably you, wants an account in the client portal of %(company)s.") % facts,
            _("You have one already. Sign in here:"),
            portal_url(reverse("account_login")),
            _("If it was not you, do nothing."),
        ]
        subject = _("Your account at %(company)s") % facts
    send_notice(address, subject, "\n\n".join(paragraphs))
