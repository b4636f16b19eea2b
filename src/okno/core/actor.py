"""Who acts: every operation takes an actor, so that no act is without an author."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

ActorKind = Literal["agent", "contact", "rule", "partner", "system"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody or something that acts, with all that the visibility rule needs to know of it.

    ``rights`` are the verbs that a role grants; ``teams`` the ids of an agent's teams; ``companies``
    the ids of a contact's companies. ``limits`` narrows the rights (the scopes of an API token);
    ``None`` means no narrowing. ``role`` is the code of an employee's role. ``reserved_teams`` are those of the
    teams in which a ticket that a colleague has taken is hidden from the actor (C4); ``stands_for`` the ids of
    absent colleagues whose substitute an employee is. ``open_companies`` are those of a contact's companies all of
    whose tickets he sees, ``supervised`` the companies that these supervise and whose tickets he sees too (F147).
    ``participant`` is the place in one ticket of somebody of the client's side who came by a link in a letter and
    is not signed in: he sees nothing else.
    """

    kind: ActorKind
    id: int | None
    name: str
    rights: frozenset[str] = frozenset()
    teams: tuple[int, ...] = ()
    companies: tuple[int, ...] = ()
    limits: frozenset[str] | None = field(default=None)
    language: str = ""
    role: str = ""
    reserved_teams: tuple[int, ...] = ()
    stands_for: tuple[int, ...] = ()
    open_companies: tuple[int, ...] = ()
    supervised: tuple[int, ...] = ()
    participant: int | None = None

    def has(self, right: str) -> bool:
        """Whether the role grants the right and no token narrows it away; the system may do all.

        A right that reaches only so far (``tickets.status:team``, see ``people.rules``) counts: how far is asked
        of ``access``.
        """
        if self.kind == "system":
            return True
        if self.limits is not None and right not in self.limits:
            return False
        return right in self.rights or any(
            each.startswith(f"{right}:") and not each.startswith(f"{right}:none") for each in self.rights
        )

    @property
    def is_agent(self) -> bool:
        return self.kind == "agent"

    @property
    def is_contact(self) -> bool:
        return self.kind == "contact"


SYSTEM = Actor(kind="system", id=None, name="Okno")
