"""The form of a lifecycle: drawn while it is written, saved in one go, and nothing typed is lost."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST

from okno.core.faults import Conflict, Invalid
from okno.core.http.policy import AgentRequest, agents_with
from okno.manage.lifecycles.acts import pressed
from okno.manage.lifecycles.draft import Draft, stored, typed
from okno.manage.lifecycles.kind import KIND
from okno.manage.lifecycles.reading import Faults, facts_of, numbers_wrong, tell
from okno.manage.lifecycles.showing import beginning, known_statuses, page_context
from okno.manage.pages import done
from okno.manage.rows.pages import Pages
from okno.workflow.lifecycles import read
from okno.workflow.models import Lifecycle
from okno.workflow.operations.lifecycles import change_lifecycle, copy_lifecycle, create_lifecycle

MOST_COPIES = 100


class LifecyclePages(Pages):
    """The pages of lifecycles."""

    def urls(self) -> list[URLPattern]:
        """Those of every catalogue, and making another one that says the same."""
        gate: Any = agents_with(self.kind.right)
        return [*super().urls(), path("<int:pk>/copy/", gate(require_POST(self.copy)), name="lifecycle-copy")]

    def form_page(self, request: AgentRequest, row: Any) -> HttpResponseBase:
        """The form shown, changed by one of its buttons (``act``), or saved."""
        faults, focus, status = Faults(), "", 200
        statuses = known_statuses()
        if request.method == "POST":
            draft = typed(request.POST)
            act = request.POST.get("act", "")
            if act:
                offered = {code for code, each in statuses.items() if each.is_active}
                focus = pressed(draft, act, request.POST.get("add", ""), offered)
            else:
                saved = _save(request, row, draft, faults)
                if saved is not None:
                    return done(request, _("Saved."), "manage:lifecycle", saved.pk)
                status = 422
        else:
            draft = stored(row, read(row)) if row else beginning()
        context = page_context(row, draft, statuses) | self.row_context(row)
        context |= {"faults": faults, "focus": focus}
        return render(request, f"{self.folder}/edit.jinja", context, status=status)

    def copy(self, request: AgentRequest, pk: int) -> HttpResponseBase:
        """Another one that says the same, under a name of its own."""
        row: Lifecycle = self.load(pk)
        for number in range(2, MOST_COPIES):
            try:
                made = copy_lifecycle(request.actor, row, _copied(row, number))
            except Invalid as invalid:
                if set(invalid.fields) != {"names"}:
                    raise
            else:
                text = _("%(name)s is added.") % {"name": made.name}
                return done(request, text, "manage:lifecycle", made.pk)
        raise Conflict(_("There are too many copies. Rename some of them first."))


PAGES = LifecyclePages(KIND, "manage/lifecycles")


def _save(request: AgentRequest, row: Lifecycle | None, draft: Draft, faults: Faults) -> Lifecycle | None:
    """The saved lifecycle; nothing when something is wrong, which is noted then."""
    numbers_wrong(draft, faults)
    if faults.links:
        return None
    facts = facts_of(draft)
    try:
        if row is None:
            return create_lifecycle(request.actor, facts)
        return change_lifecycle(request.actor, row, facts, expected_version=draft.version)
    except Invalid as invalid:
        tell(draft, known_statuses(), invalid, faults)
    except Conflict as conflict:
        faults.note([], "moves" if "tickets" in conflict.details else "", conflict.message)
    return None


def _copied(row: Lifecycle, number: int) -> dict[str, str]:
    """The names of a copy in the languages in which the lifecycle has one."""
    names = {}
    for language, _label in settings.LANGUAGES:
        name = row.names.get(language)
        if name:
            with override(language):
                words = _("%(name)s (copy)") if number == 2 else _("%(name)s (copy %(number)d)")
            names[language] = words % {"name": name[:60], "number": number - 1}
    return names
