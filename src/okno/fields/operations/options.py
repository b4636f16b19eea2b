"""The values that can be chosen for an attribute: added, called otherwise, put in order, switched off, deleted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from okno.core.actor import Actor
from okno.core.faults import Conflict, Invalid
from okno.fields import access
from okno.fields.catalogue import ATTRIBUTES
from okno.fields.models import Attribute
from okno.fields.operations.checking import Problems, checked_options, stored_option
from okno.fields.operations.definitions import locked, refuse_used, write
from okno.fields.rules import Option

type Change = Callable[[list[Option]], list[Option]]


def add_options(actor: Actor, attribute: Attribute, names: Sequence[Mapping[str, str]]) -> Attribute:
    """Adds values behind the others, each with its names by language."""
    if not names:
        raise Invalid({"options": [_("Write at least one value that can be chosen.")]})
    return _change(actor, attribute, lambda present: [*present, *(Option("", each) for each in names)])


def change_option(actor: Actor, attribute: Attribute, code: str, names: Mapping[str, str]) -> Attribute:
    """Calls a value otherwise, everywhere where it is chosen."""
    return _change(
        actor, attribute, lambda present: _replaced(present, code, lambda one: replace(one, names=names))
    )


def switch_option(actor: Actor, attribute: Attribute, code: str, *, is_active: bool) -> Attribute:
    """Offers a value again, or no longer; what has it keeps it."""
    return _change(
        actor, attribute, lambda present: _replaced(present, code, lambda one: replace(one, is_active=is_active))
    )


def delete_option(actor: Actor, attribute: Attribute, code: str) -> Attribute:
    """Takes away a value that nothing uses."""

    def without(present: list[Option]) -> list[Option]:
        refuse_used(attribute, _of(present, code))
        return [option for option in present if option.code != code]

    return _change(actor, attribute, without)


def reorder_options(actor: Actor, attribute: Attribute, wanted: Sequence[str], seen: Sequence[str]) -> Attribute:
    """Puts the values in the wanted order of their codes; ``seen`` is the order that the actor looked at."""

    def ordered(present: list[Option]) -> list[Option]:
        codes = [option.code for option in present]
        if codes != list(seen):
            raise Conflict(_("Somebody has changed the list meanwhile. This is how it is now; nothing was moved."))
        if sorted(wanted) != sorted(codes):
            raise Invalid({"order": [_("The order must name each row once.")]})
        return [_of(present, code) for code in wanted]

    return _change(actor, attribute, ordered)


def _change(actor: Actor, attribute: Attribute, change: Change) -> Attribute:
    access.require_manage(actor)
    with transaction.atomic():
        present = locked(attribute)
        problems = Problems()
        options = checked_options(change(list(present.definition.options)), problems)
        problems.check()
        write(actor, present, {"options": [stored_option(option) for option in options]})
    ATTRIBUTES.forget()
    return present


def _replaced(present: list[Option], code: str, change: Callable[[Option], Option]) -> list[Option]:
    _of(present, code)
    return [change(option) if option.code == code else option for option in present]


def _of(present: list[Option], code: str) -> Option:
    found = next((option for option in present if option.code == code), None)
    if found is None:
        raise Conflict(_("Somebody has deleted this meanwhile."))
    return found
