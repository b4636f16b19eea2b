"""What the knowledge base hears of others."""

from __future__ import annotations

from okno.core.events import on
from okno.core.models import Event
from okno.knowledge.operations.sections import forget_role
from okno.people import events as people
from okno.people.models import Role


@on(people.ROLE_DELETED, immediate=True)
def role_deleted(event: Event) -> None:
    """A role that is gone has no rights in any section."""
    for role in Role.objects.filter(pk=event.object_id):
        forget_role(role.code)
