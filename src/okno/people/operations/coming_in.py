"""What a client's person does to get in: accepts an invitation, follows a link to sign in, registers."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from okno.core import events
from okno.core.actor import SYSTEM
from okno.core.faults import Conflict
from okno.people import events as kinds
from okno.people.links import Purpose, find_link, is_of_browser, make_link, use_up
from okno.people.models import CompanyDomain, Contact, ContactAddress, PersonalLink, User
from okno.people.operations.contacts import find_or_create_contact
from okno.people.operations.portal_access import check_password, give_access
from okno.people.portal_declarations import MAIL_LINKS, PORTAL_IS_OPEN, REGISTRATION

Made = tuple[PersonalLink, str]


def accept_invitation(secret: object, password: str) -> User:
    """The contact chooses a password and so takes the account; whoever holds the letter is its owner."""
    with transaction.atomic():
        link = find_link(Purpose.INVITATION, secret, lock=True)
        user = _account_of(link)
        check_password(password, user)
        _set_password(user, password)
        _arrived(link)
    return user


def ask_for_sign_in(address: str, browser: str) -> Made | None:
    """A link by which the contact of this address may sign in, in the browser that asked; nothing for others.

    Employees have their passwords and passkeys, so that their accounts are no weaker than these.
    """
    if not links_are_offered() or not browser:
        return None
    contact = Contact.objects.filter(
        user__email=address.strip().lower(), user__is_active=True, user__agent=None, is_active=True
    ).first()
    if contact is None:
        return None
    return make_link(Purpose.SIGN_IN, address.strip().lower(), contact=contact, browser=browser)


def follow_sign_in(secret: object, browser: str) -> User:
    """The link is used up and its account told; a second factor is still to be asked for."""
    with transaction.atomic():
        link = find_link(Purpose.SIGN_IN, secret, lock=True)
        if not is_of_browser(link, browser):
            raise Conflict(_("Open the link in the browser in which you asked for it."), code="other_browser")
        user = _account_of(link)
        use_up(link)
    return user


def ask_to_register(address: str) -> Made | None:
    """A link by which the owner of the address makes himself an account; nothing where he may not."""
    address = address.strip().lower()
    if not _may_register(address) or User.objects.filter(email=address).exists():
        return None
    return make_link(Purpose.REGISTRATION, address)


def register(secret: object, name: str, password: str, language: str = "") -> User:
    """The address is proven now: its contact gets the account; one that is not known becomes a contact first."""
    with transaction.atomic():
        link = find_link(Purpose.REGISTRATION, secret, lock=True)
        if not _may_register(link.address):
            raise Conflict(_("Registration is closed."), code="closed")
        check_password(password, User(email=link.address))
        contact = find_or_create_contact(SYSTEM, link.address, name=name, language=language)
        contact = give_access(SYSTEM, contact, link.address)
        user = contact.user
        if user is None:
            raise LookupError("access without an account")
        _set_password(user, password)
        link.contact = contact
        link.save(update_fields=["contact"])
        _arrived(link)
    return user


def has_account(address: str) -> bool:
    """Whether a contact signs in with this address already; told to nobody but its owner, by letter."""
    return Contact.objects.filter(
        user__email=address.strip().lower(), user__is_active=True, is_active=True
    ).exists()


def links_are_offered() -> bool:
    """Whether clients may sign in by a link in a letter."""
    return PORTAL_IS_OPEN() and MAIL_LINKS()


def registration_is_open() -> bool:
    """Whether anybody may register at all."""
    return PORTAL_IS_OPEN() and REGISTRATION() != "off"


def _may_register(address: str) -> bool:
    """Whether the settings let the owner of this address register; an employee's address never is a client's."""
    if not registration_is_open():
        return False
    contact = ContactAddress.objects.filter(address=address).select_related("contact__user").first()
    if contact is not None:
        account = contact.contact.user
        return contact.contact.is_active and (account is None or account.is_active)
    return REGISTRATION() == "all" or CompanyDomain.objects.filter(domain=address.rpartition("@")[2]).exists()


def _account_of(link: PersonalLink) -> User:
    contact = link.contact
    closed = Conflict(_("Your access is closed. Ask whoever invited you."), code="closed")
    if contact is None or not contact.is_active or not PORTAL_IS_OPEN():
        raise closed
    user = contact.user
    if user is None or not user.is_active or user.email != link.address or hasattr(user, "agent"):
        raise closed
    return user


def _set_password(user: User, password: str) -> None:
    user.set_password(password)
    user.save(update_fields=["password"])


def _arrived(link: PersonalLink) -> None:
    use_up(link)
    if link.contact is not None:
        events.record(link.contact.as_actor(), kinds.ACCESS_ACCEPTED, link.contact, {"by": link.purpose})
