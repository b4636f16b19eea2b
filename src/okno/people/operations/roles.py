"""Roles: made, changed and deleted; what each may do is a list of rights (F157-F160)."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from django.db import transaction
from django.db.models import ManyToOneRel, Max, Q
from django.utils.text import slugify
from django.utils.translation import gettext as _

from okno.core import events
from okno.core.actor import Actor
from okno.core.faults import Conflict, Forbidden, Invalid
from okno.core.notify import changed
from okno.fields.models import Attribute
from okno.people import access
from okno.people import events as kinds
from okno.people.models import LEAD, Agent, Role
from okno.people.operations.facts import Problems
from okno.people.rights import BY_TICKET, RIGHTS, beyond
from okno.people.rules import Level, read_grant

RIGHT = "agents.manage"
FIXED = "administrator"
"""The role that may do everything, for good: nobody locks the desk by a change of it (F157)."""
NAME_LIMIT, GRANT_LIMIT = 80, 100
CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


def create_role(
    actor: Actor, name: str, rights: Sequence[str], *, code: str = "", names: Mapping[str, str] | None = None
) -> Role:
    """Makes a role, last in the order; one that comes from elsewhere keeps its code and its names by language."""
    access.require(actor, RIGHT)
    name, rights, called = _checked(name, rights, None, names or {})
    if code:
        _check_code(actor, code)
    require_not_above(actor, rights)
    with transaction.atomic():
        last = Role.objects.aggregate(last=Max("position"))["last"] or 0
        role = Role.objects.create(
            code=code or _free_code(name), name=name, names=called, rights=rights, position=last + 1
        )
        events.record(actor, kinds.ROLE_CREATED, role, {"name": name, "rights": rights})
    return role


def change_role(
    actor: Actor, role: Role, name: str, rights: Sequence[str], *, names: Mapping[str, str] | None = None
) -> Role:
    """Changes name and rights; everybody of the role has them from the next request on."""
    access.require(actor, RIGHT)
    _refuse_fixed(role)
    with transaction.atomic():
        holders = _lock_administrators()
        locked = Role.objects.select_for_update().get(pk=role.pk)
        name = name if names is not None or name.strip() != locked.label else locked.name
        name, rights, called = _checked(name, rights, locked, names or {})
        require_not_above(actor, rights, locked.rights)
        if RIGHT in locked.rights and RIGHT not in rights and all(each.role_id == locked.pk for each in holders):
            raise Invalid({"rights": [_("Nobody else may manage employees then. Give somebody the right first.")]})
        if names is None:
            called = locked.names if locked.name == name else {}  # those of the product fit no longer
        before = {"name": locked.name, "rights": locked.rights, "names": locked.names}
        after = {"name": name, "rights": rights, "names": called}
        locked.name, locked.rights, locked.names = name, rights, called
        locked.save(update_fields=["name", "names", "rights"])
        if before != after:
            events.record(actor, kinds.ROLE_CHANGED, locked, {"before": before, "after": after})
            changed("access")
    return locked


def delete_role(actor: Actor, role: Role) -> None:
    """Deletes a role that nobody has and nothing names; else ``Conflict`` counts what uses it."""
    access.require(actor, RIGHT)
    _refuse_fixed(role)
    with transaction.atomic():
        locked = Role.objects.select_for_update().get(pk=role.pk)
        require_not_above(actor, locked.rights)
        uses = uses_of(locked)
        if uses:
            counts = {name: uses.get(name, 0) for name in ("agents", "rules", "attributes")}
            raise Conflict(
                _(
                    "The role %(name)s is in use: employees %(agents)d, ways of lifecycles %(rules)d, "
                    "attributes %(attributes)d."
                )
                % {"name": locked.label, **counts},
                code="in_use",
                details=uses,
            )
        events.record(actor, kinds.ROLE_DELETED, locked, {"name": locked.name, "rights": locked.rights})
        locked.delete()


def uses_of(role: Role) -> dict[str, int]:
    """How many employees have the role, also deactivated ones, and how many rules of the desk name it."""
    agents = Agent.objects.filter(role=role).count()
    rules = 0
    for relation in Role._meta.get_fields(include_hidden=True):
        if isinstance(relation, ManyToOneRel) and relation.related_model is not Agent:
            rules += relation.related_model._base_manager.filter(**{relation.field.name: role}).count()
    named = Attribute.objects.filter(Q(seen_by__contains=[role.code]) | Q(changed_by__contains=[role.code])).count()
    counts = (("agents", agents), ("rules", rules), ("attributes", named))
    return {name: count for name, count in counts if count}


def require_not_above(actor: Actor, *lists: Collection[str]) -> None:
    """Nobody gives or takes what he has not himself, lest the right to manage employees be a way to all (T26)."""
    above = [] if actor.kind == "system" else [right for rights in lists for right in beyond(actor.rights, rights)]
    if above:
        raise Forbidden(
            _("You cannot give or take rights that you do not have yourself."), details={"rights": above}
        )


def _refuse_fixed(role: Role) -> None:
    if role.code == FIXED:
        raise Conflict(_("The administrator may do everything; this role stays as it is."), code="fixed_role")


def _lock_administrators() -> list[Agent]:
    """In one order for all, as where employees are changed: two who give up their rights wait in turn."""
    rows = Agent.objects.select_for_update(of=("self",)).filter(is_active=True, role__rights__contains=[RIGHT])
    return list(rows.order_by("pk"))


def _checked(
    name: str, rights: Sequence[str], role: Role | None, names: Mapping[str, str]
) -> tuple[str, list[str], dict[str, str]]:
    problems = Problems()
    called = problems.check_names(names)
    name = problems.check_name(name)
    if len(name) > NAME_LIMIT:
        problems.add("name", _("No more than %(limit)d characters.") % {"limit": NAME_LIMIT})
    if any(each.label.casefold() == name.casefold() for each in Role.objects.exclude(pk=role.pk if role else 0)):
        problems.add("name", _("There is already a role “%(name)s”.") % {"name": name})
    wrong = [text for text in rights if not _is_right(text)]
    if wrong:
        problems.add("rights", _("There is no such right: %(words)s.") % {"words": ", ".join(wrong)})
    if problems:
        raise Invalid(problems)
    return name, sorted(set(rights)), called


def _is_right(text: str) -> bool:
    grant = read_grant(text)
    if grant is None or len(text) > GRANT_LIMIT:
        return False
    is_plain = grant.level is Level.ALL and not grant.type and ":" not in text
    return grant.right in BY_TICKET or (is_plain and grant.right in RIGHTS)


def _check_code(actor: Actor, code: str) -> None:
    """The product's own codes give powers beyond the rights, so that only the operator may bring them back."""
    if not CODE.fullmatch(code) or (code in {FIXED, LEAD} and actor.kind != "system"):
        raise Invalid({"code": [_("Small letters of the Latin alphabet, digits and hyphens, 40 at most.")]})
    if Role.objects.filter(code=code).exists():
        raise Invalid({"code": [_("There is already “%(name)s”.") % {"name": code}]})


def _free_code(name: str) -> str:
    """A code that no role has, nor one of the product's own, which give powers beyond the rights."""
    base = slugify(name)[:30] or "role"
    taken = set(Role.objects.filter(code__startswith=base).values_list("code", flat=True)) | {FIXED, LEAD}
    return (
        base if base not in taken else next(f"{base}-{n}" for n in range(2, 10_000) if f"{base}-{n}" not in taken)
    )
