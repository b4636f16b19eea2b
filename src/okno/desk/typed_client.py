"""A client written by hand into a field where one is usually chosen from a list."""

from __future__ import annotations

from email.utils import parseaddr

from django.utils.translation import gettext as _

from okno.core.actor import Actor
from okno.core.faults import Invalid
from okno.people.models import Contact
from okno.people.operations.contacts import find_or_create_contact


def how_to_choose() -> str:
    """What the field takes, for whoever wrote something that fits nobody."""
    return _("Choose from the list, or write a mail address to register somebody new.")


def typed_contact(actor: Actor, typed: str) -> Contact:
    """The person with the typed address, alone or after a name as in letters, registered if there is none.

    Raises ``Invalid`` for a name alone: a person is then chosen from the list.
    """
    if "@" not in typed:
        raise Invalid({"client": [how_to_choose()]})
    name, address = parseaddr(typed)
    return find_or_create_contact(actor, address or typed, name=name)
