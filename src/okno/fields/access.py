"""Who may see and change the values of an attribute (F78). The row itself is asked of its own ``access``.

Employees by their roles; the administrator's role and Okno itself are never shut out. Clients see what is shown to
them, and fill in only what they are asked for, when they register something (T20).
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from okno.core.actor import Actor
from okno.core.faults import Forbidden
from okno.fields.models import Attribute

RIGHT = "settings.manage"
EVERYTHING = "administrator"


def may_see(actor: Actor, attribute: Attribute) -> bool:
    """Whether the actor may know the values of the attribute, or that there is one."""
    if actor.kind in {"system", "rule"}:
        return True
    if actor.is_contact:
        return attribute.for_clients != Attribute.ForClients.HIDDEN
    return actor.is_agent and _is_for(actor, attribute.seen_by)


def may_change(actor: Actor, attribute: Attribute, *, creating: bool = False) -> bool:
    """Whether the actor may give the attribute another value; ``creating``: of a row that is being registered."""
    if actor.is_contact:  # they attach files to the request itself
        is_asked = attribute.for_clients == Attribute.ForClients.FILLED and attribute.kind != Attribute.Kind.FILE
        return creating and is_asked
    return may_see(actor, attribute) and (not actor.is_agent or _is_for(actor, attribute.changed_by))


def seen_by(actor: Actor, attributes: Iterable[Attribute]) -> list[Attribute]:
    """Those that the actor may see."""
    return [each for each in attributes if may_see(actor, each)]


def is_for_everybody(attribute: Attribute) -> bool:
    """Whether every employee sees it, whatever the role."""
    return not attribute.seen_by


def require_manage(actor: Actor) -> None:
    """Passes in silence, or raises ``Forbidden``: definitions belong to the settings of the desk."""
    if not actor.has(RIGHT):
        raise Forbidden(_("Your role or token does not allow this."), details={"right": RIGHT})


def _is_for(actor: Actor, roles: list[str]) -> bool:
    return not roles or actor.role == EVERYTHING or actor.role in roles
