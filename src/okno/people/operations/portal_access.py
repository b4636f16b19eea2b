"""Access of clients' persons to the portal: given, changed, taken away (F145-F147)."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from okno.core import events
from okno.core.actor import Actor
from okno.core.faults import Conflict, Forbidden, Invalid
from okno.core.notify import changed as tell
from okno.people import access
from okno.people import events as kinds
from okno.people.levels import LEVELS
from okno.people.links import Purpose, end_links, make_link
from okno.people.models import Affiliation, Contact, PersonalLink, User
from okno.people.operations.facts import Problems
from okno.people.operations.passwords import first_password
from okno.people.portal_declarations import DEFAULT_LEVEL

RIGHT = "portal.manage"


def give_access(actor: Actor, contact: Contact, login: str = "") -> Contact:
    """Makes the account of a contact, or opens the one that was shut; the level is the default of the settings.

    ``login`` is the mail address to sign in with, else the contact's first one. There is no password until the
    contact or an employee sets one.
    """
    with transaction.atomic():
        locked = _locked(actor, contact)
        if not locked.is_active:
            raise Conflict(_("The contact is not active."), code="inactive")
        address = _checked_login(locked, login or _first_address(locked))
        user = locked.user
        if user is not None and user.is_active and user.email == address:
            return locked
        if user is None:
            locked.user = _new_account(locked, address)
            locked.save(update_fields=["user"])
            for place in locked.affiliations.all():
                set_default_level(place)
        else:
            user.is_active, user.email = True, address
            user.save(update_fields=["is_active", "email"])
        events.record(actor, kinds.ACCESS_GIVEN, locked, {"login": address})
    return locked


def set_default_level(place: Affiliation) -> None:
    """What the settings open at first to whoever gets access, or joins a company with access."""
    place.level = DEFAULT_LEVEL()
    place.save(update_fields=[f"sees_{code}" for code in LEVELS])


def invite(actor: Actor, contact: Contact, login: str = "") -> tuple[PersonalLink, str]:
    """Gives access and makes the link for a letter of invitation; one sent earlier stops working."""
    with transaction.atomic():
        locked = give_access(actor, contact, login)
        assert_account(locked)
        link, secret = make_link(
            Purpose.INVITATION, locked.user.email if locked.user else "", contact=locked,
            by=actor.id if actor.is_agent else None,
        )  # fmt: skip
        events.record(actor, kinds.ACCESS_INVITED, locked, {"login": link.address})
    return link, secret


def set_password(actor: Actor, contact: Contact, password: str = "") -> str:
    """Gives the account a password and returns it, to be told once; an empty one is made by chance.

    All sessions end, and links in letters stop working.
    """
    with transaction.atomic():
        locked = _locked(actor, contact)
        user = assert_account(locked)
        if password:
            check_password(password, user)
        told = password or first_password()
        user.set_password(told)
        user.save(update_fields=["password"])
        end_links(*Purpose, contact=locked)
        end_sessions_of(locked)
        events.record(actor, kinds.ACCESS_PASSWORD_SET, locked)
    return told


def change_login(actor: Actor, contact: Contact, login: str) -> Contact:
    """Another mail address to sign in with: all sessions end, and letters to the former one let nobody in."""
    with transaction.atomic():
        locked = _locked(actor, contact)
        user = assert_account(locked)
        address = _checked_login(locked, login)
        if address != user.email:
            before, user.email = user.email, address
            user.save(update_fields=["email"])
            _forget_addresses(user)
            end_links(*Purpose, contact=locked)
            end_sessions_of(locked)
            events.record(actor, kinds.ACCESS_LOGIN_CHANGED, locked, {"before": before, "after": address})
    return locked


def revoke_access(actor: Actor, contact: Contact) -> Contact:
    """Shuts the account: sessions end at once, links stop working. Levels and the login are kept."""
    with transaction.atomic():
        locked = _locked(actor, contact)
        user = locked.user
        if user is None or not user.is_active:
            return locked
        user.is_active = False
        user.save(update_fields=["is_active"])
        end_links(*Purpose, contact=locked)
        end_sessions_of(locked)
        events.record(actor, kinds.ACCESS_REVOKED, locked, {"login": user.email})
    return locked


def set_levels(actor: Actor, contact: Contact, levels: Mapping[int, Collection[str]]) -> Contact:
    """What the contact sees in each of the named companies besides his own tickets; others keep their level."""
    with transaction.atomic():
        locked = _locked(actor, contact)
        places = {place.company_id: place for place in locked.affiliations.select_related("company")}
        if not places.keys() >= levels.keys() or any(set(level) - LEVELS.keys() for level in levels.values()):
            raise Invalid({"level": [_("Choose one of the offered values.")]})
        for company, level in levels.items():
            place, before = places[company], sorted(places[company].level)
            if before == sorted(set(level)):
                continue
            place.level = level
            place.save(update_fields=[f"sees_{code}" for code in LEVELS])
            data = {"company": place.company.name, "before": before, "after": sorted(set(level))}
            events.record(actor, kinds.ACCESS_LEVEL_CHANGED, locked, data)
        tell("access", contacts=[locked.pk])
    return locked


def assert_account(contact: Contact) -> User:
    """The account that is open, or ``Conflict``."""
    if contact.user is None or not contact.user.is_active:
        raise Conflict(_("The contact has no access to the portal. Give it first."), code="no_access")
    return contact.user


def check_password(password: str, user: User | None, field: str = "password") -> None:
    """Passes in silence, or says at the field what is wrong with a new password."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Invalid({field: list(error.messages)}) from error


def end_sessions_of(contact: Contact) -> None:
    """Ends all sessions of a contact, and the live streams with them."""
    User.objects.filter(pk=contact.user_id or 0).update(session_round=F("session_round") + 1)
    tell("access", contacts=[contact.pk])


def _locked(actor: Actor, contact: Contact) -> Contact:
    """The contact as he is now, if the actor sees him and may let clients in."""
    access.require(actor, RIGHT)
    access.get_contact(actor, contact.pk)
    locked = Contact.objects.select_for_update(of=("self",)).select_related("user").get(pk=contact.pk)
    if locked.user is not None and hasattr(locked.user, "agent"):
        raise Forbidden(_("This is the account of an employee."))
    return locked


def _new_account(contact: Contact, address: str) -> User:
    try:
        with transaction.atomic():
            return User.objects.create_user(address, None, language=contact.language)
    except IntegrityError as error:
        raise Invalid({"login": [_taken(address)]}) from error


def _first_address(contact: Contact) -> str:
    return contact.addresses.values_list("address", flat=True).first() or ""


def _checked_login(contact: Contact, login: str) -> str:
    """The login in lower case: one of the contact's own mail addresses that no other account signs in with."""
    problems = Problems()
    addresses = problems.check_addresses("login", [login])
    own = set(contact.addresses.values_list("address", flat=True))
    if not problems and not addresses:
        problems.add("login", _("Write a mail address."))
    elif not problems and addresses[0] not in own:
        problems.add("login", _("Choose one of the contact's own mail addresses; add it to the contact first."))
    elif not problems and User.objects.filter(email=addresses[0]).exclude(pk=contact.user_id or 0).exists():
        problems.add("login", _taken(addresses[0]))
    if problems:
        raise Invalid(problems)
    return addresses[0]


def _taken(address: str) -> str:
    return _("“%(address)s” belongs to another account.") % {"address": address}


def _forget_addresses(user: User) -> None:
    """The sign-in library remembers addresses of its own, by which nobody may sign in any more."""
    from allauth.account.models import EmailAddress

    EmailAddress.objects.filter(user=user).delete()
