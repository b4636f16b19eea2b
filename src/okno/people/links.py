"""Making and finding links that let a client's person in (T23): nothing but a hash of the secret is stored."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import timedelta

from django.utils.translation import gettext as _

from okno.core import clock
from okno.core.faults import NotVisible
from okno.people.models import Agent, Contact, PersonalLink

BYTES = 24
"""192 bits of chance."""
LENGTH = 32
"""Characters of a secret."""
Purpose = PersonalLink.Purpose
LIFETIMES = {
    Purpose.INVITATION: timedelta(days=7),
    Purpose.SIGN_IN: timedelta(minutes=15),
    Purpose.REGISTRATION: timedelta(hours=24),
}
KEPT = timedelta(days=30)
"""How long a link is remembered after its time, for the card that tells of it."""


def make_link(
    purpose: Purpose, address: str, *, contact: Contact | None = None, browser: str = "", by: int | None = None
) -> tuple[PersonalLink, str]:
    """A new link and its secret, told this once. Earlier ones of the same purpose and address end with it."""
    now = clock.now()
    end_links(purpose, address=address)
    secret = secrets.token_urlsafe(BYTES)
    link = PersonalLink.objects.create(
        purpose=purpose,
        digest=_digest(purpose, secret),
        contact=contact,
        address=address,
        browser=_digest("browser", browser) if browser else "",
        made_by=Agent.objects.filter(pk=by).first() if by else None,
        made_at=now,
        expires_at=now + LIFETIMES[purpose],
    )
    return link, secret


def find_link(purpose: Purpose, secret: object, *, lock: bool = False) -> PersonalLink:
    """The link of this secret if it can still be used; else ``NotVisible``, in the same words whatever is wrong."""
    gone = NotVisible(_("This link has been used already, or its time is over. Ask for a new one."))
    if not isinstance(secret, str) or len(secret) != LENGTH or not secret.isascii():
        raise gone
    digest = _digest(purpose, secret)
    rows = PersonalLink.objects.select_for_update(of=("self",)) if lock else PersonalLink.objects.all()
    link = rows.filter(digest=digest, purpose=purpose, ended_at=None, expires_at__gt=clock.now()).first()
    if link is None or not hmac.compare_digest(link.digest, digest):
        raise gone
    return link


def is_of_browser(link: PersonalLink, browser: str) -> bool:
    """Whether the link may be used in the browser that keeps this value."""
    return not link.browser or (bool(browser) and hmac.compare_digest(link.browser, _digest("browser", browser)))


def use_up(link: PersonalLink) -> None:
    """The link has done its work; called in the transaction of what it did, on the locked row."""
    link.ended_at, link.is_used = clock.now(), True
    link.save(update_fields=["ended_at", "is_used"])


def end_links(*purposes: Purpose, address: str = "", contact: Contact | None = None) -> int:
    """Ends what is open of these purposes for an address or a contact; how many links these were."""
    found = PersonalLink.objects.filter(purpose__in=purposes, ended_at=None)
    found = found.filter(contact=contact) if contact is not None else found.filter(address=address)
    return found.update(ended_at=clock.now())


def forget_old_links() -> int:
    """Removes links whose time has long been over."""
    removed, _by_model = PersonalLink.objects.filter(expires_at__lt=clock.now() - KEPT).delete()
    return removed


def _digest(purpose: str, secret: str) -> str:
    return hashlib.sha256(f"{purpose}:{secret}".encode()).hexdigest()
