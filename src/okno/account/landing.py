"""Who may come in, and where each lands: clients in the portal, employees at the desk."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpResponseRedirect

from okno.people.models import Agent, Contact, User
from okno.people.portal_declarations import PORTAL_IS_OPEN

PORTAL = "/portal/"
FOR_CLIENTS = (PORTAL, "/account/")
"""Where a client may be led after signing in; all else is the desk's."""


def may_come_in(user: User) -> bool:
    """An active employee, or an active contact while the portal is open; an account of nobody harms nothing."""
    agent = Agent.objects.filter(user=user).first()
    if agent is not None:
        return agent.is_active
    contact = Contact.objects.filter(user=user).first()
    return contact is None or (contact.is_active and PORTAL_IS_OPEN())


def landed(user: User, answer: HttpResponseRedirect) -> HttpResponseRedirect:
    """The answer of the sign-in, led into the portal where it is a client's and leads to the desk."""
    if not is_client(user) or urlsplit(answer.url).path.startswith(FOR_CLIENTS):
        return answer
    answer["Location"] = PORTAL
    return answer


def is_client(user: User) -> bool:
    """Whether the account is a contact's."""
    return not Agent.objects.filter(user=user).exists() and Contact.objects.filter(user=user).exists()
