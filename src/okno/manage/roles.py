"""Roles: a table of all, and the matrix of one: what it may do, how far, and in tickets of which type (F160)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from okno.core.faults import Conflict, Forbidden, Invalid, NotVisible
from okno.core.http.mistakes import at_fields
from okno.core.http.policy import AgentRequest, agents_with
from okno.manage.pages import done, refused
from okno.manage.role_form import LEVELS, RoleForm
from okno.people.models import Role
from okno.people.operations.roles import FIXED, change_role, create_role, delete_role, uses_of
from okno.people.rights import BY_TICKET, RIGHTS, VIEW, VIEW_ALL, reach_in
from okno.people.rules import Level


@dataclass(frozen=True)
class Cell:
    """What a role may of one right: all of it, a part in words, or nothing."""

    role: Role
    level: Level
    words: str
    differs: bool


@require_safe
@agents_with("agents.manage")
def roles(request: AgentRequest) -> HttpResponseBase:
    """A table of rights by role."""
    active = Count("agents", filter=Q(agents__is_active=True))
    rows = list(Role.objects.annotate(people=active).order_by("position", "pk"))
    table = [(label, [_cell(role, right) for role in rows]) for right, label in RIGHTS.items()]
    return render(request, "manage/roles/list.jinja", {"roles": rows, "table": table})


def _cell(role: Role, right: str) -> Cell:
    name = VIEW if right == VIEW_ALL else right
    if name not in BY_TICKET:
        level = Level.ALL if right in role.rights else Level.NONE
        return Cell(role, level, _("yes") if level else _("no"), False)
    reach = reach_in(role.rights, name)
    return Cell(role, reach.general, str(LEVELS[reach.general]), bool(reach.by_type))


@require_http_methods(["GET", "HEAD", "POST"])
@agents_with("agents.manage")
def new(request: AgentRequest) -> HttpResponseBase:
    """The matrix of a new role; ``like`` names a role from which it starts."""
    like = Role.objects.filter(code=request.GET.get("like", "specialist")).first()
    form = RoleForm(request.POST if request.method == "POST" else None, rights=like.rights if like else [])
    if request.method == "POST" and form.is_valid():
        try:
            role = create_role(request.actor, form.cleaned_data["name"], form.rights())
        except (Invalid, Forbidden) as fault:
            _told(form, fault)
        else:
            return done(request, _("The role %(name)s is made.") % {"name": role.label}, "manage:roles")
    return _form(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@agents_with("agents.manage")
def edit(request: AgentRequest, pk: int) -> HttpResponseBase:
    """The matrix of a role."""
    role = _load(pk)
    form = RoleForm(
        request.POST if request.method == "POST" else None, rights=role.rights, name=role.label,
        fixed=role.code == FIXED,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            change_role(request.actor, role, form.cleaned_data["name"], form.rights())
        except (Invalid, Forbidden, Conflict) as fault:
            _told(form, fault)
        else:
            return done(request, _("Saved. It holds from now on."), "manage:roles")
    return _form(request, form, role)


@require_POST
@agents_with("agents.manage")
def delete(request: AgentRequest, pk: int) -> HttpResponseBase:
    """Gone, unless somebody has it or a way of a lifecycle names it."""
    role = _load(pk)
    try:
        delete_role(request.actor, role)
    except Conflict as conflict:
        return refused(request, conflict.message, "manage:role", pk)
    return done(request, _("The role %(name)s is deleted.") % {"name": role.label}, "manage:roles")


def _load(pk: int) -> Role:
    role = Role.objects.filter(pk=pk).first()
    if role is None:
        raise NotVisible(_("There is no such role."))
    return role


def _told(form: RoleForm, fault: Invalid | Forbidden | Conflict) -> None:
    if isinstance(fault, Invalid):
        at_fields(form, fault, {"rights": "others"})
    else:
        form.add_error(None, fault.message)


def _form(request: AgentRequest, form: RoleForm, role: Role | None) -> HttpResponseBase:
    context = {
        "form": form,
        "role": role,
        "is_fixed": role is not None and role.code == FIXED,
        "uses": uses_of(role) if role else {},
    }
    return render(request, "manage/roles/edit.jinja", context, status=422 if form.errors else 200)
