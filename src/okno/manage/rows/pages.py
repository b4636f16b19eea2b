"""The pages of a small catalogue: list, order, form, switch, default, deleting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from okno.core.faults import Conflict, Invalid, NotVisible
from okno.core.http.mistakes import at_fields
from okno.core.http.ordering import answer_order
from okno.core.http.policy import AgentRequest, agents_with
from okno.manage.pages import done, refused
from okno.manage.rows.kind import Kind
from okno.manage.rows.names import first_name_field

form_methods = require_http_methods(["GET", "HEAD", "POST"])


class Pages:
    """The views of one catalogue; ``folder`` holds its templates ``list`` and ``edit``."""

    def __init__(self, kind: Kind, folder: str) -> None:
        self.kind = kind
        self.folder = folder
        self.list_name = f"manage:{kind.plural}"
        self.row_name = f"manage:{kind.name}"

    def urls(self) -> list[URLPattern]:
        """The URLs of all pages, each with its policy."""
        gate: Callable[..., Any] = agents_with(self.kind.right)
        name = self.kind.name
        found = [
            path("", gate(require_safe(self.listing)), name=self.kind.plural),
            path("order/", gate(require_POST(self.order)), name=f"{name}-order"),
            path("new/", gate(form_methods(self.new)), name=f"{name}-new"),
            path("<int:pk>/", gate(form_methods(self.edit)), name=name),
            path("<int:pk>/switch/", gate(require_POST(self.switch)), name=f"{name}-switch"),
            path("<int:pk>/delete/", gate(require_POST(self.delete)), name=f"{name}-delete"),
        ]
        if self.kind.make_default is not None:
            found.append(path("<int:pk>/default/", gate(require_POST(self.default)), name=f"{name}-default"))
        return found

    def load(self, pk: int) -> Any:
        """The row of this id; 404 when it is gone."""
        row = self.kind.model._default_manager.filter(pk=pk).first()
        if row is None:
            raise NotVisible(str(self.kind.words.missing))
        return row

    def listing(self, request: AgentRequest) -> HttpResponseBase:
        """Every row in its order."""
        context = {"groups": self.kind.groups(), **self.common()}
        return render(request, f"{self.folder}/list.jinja", context)

    def order(self, request: AgentRequest) -> HttpResponseBase:
        """Rows put into another order."""
        key = request.GET.get("group", "")
        return answer_order(
            request, lambda wanted, seen: self.kind.reorder(request.actor, key, wanted, seen), self.list_name
        )

    def new(self, request: AgentRequest) -> HttpResponseBase:
        """The form of a new row."""
        return self.form_page(request, None)

    def edit(self, request: AgentRequest, pk: int) -> HttpResponseBase:
        """The form of a row."""
        return self.form_page(request, self.load(pk))

    def form_page(self, request: AgentRequest, row: Any) -> HttpResponseBase:
        """The form shown, or sent: what is wrong is told at its field, and nothing typed is lost."""
        form = self.kind.form(request.POST if request.method == "POST" else None, row=row)
        if request.method == "POST" and form.is_valid():
            try:
                saved = self.kind.save(request.actor, form, row)
            except Invalid as invalid:
                at_fields(form, invalid, {"names": first_name_field()})
            except Conflict as conflict:
                return refused(request, conflict.message, self.list_name)
            else:
                text = _("Saved.") if row else _("%(name)s is added.") % {"name": saved.name}
                return done(request, text, self.list_name)
        context = {"form": form, **self.row_context(row)}
        return render(request, f"{self.folder}/edit.jinja", context, status=422 if form.errors else 200)

    def switch(self, request: AgentRequest, pk: int) -> HttpResponseBase:
        """Offered again, or no longer."""
        wanted = request.POST.get("active") == "1"
        row = self.load(pk)
        try:
            self.kind.switch(request.actor, row, is_active=wanted)
        except Conflict as conflict:
            return refused(request, conflict.message, self.list_name)
        words = _("%(name)s is switched on.") if wanted else _("%(name)s is switched off.")
        return done(request, words % {"name": row.name}, self.list_name)

    def default(self, request: AgentRequest, pk: int) -> HttpResponseBase:
        """Taken from now on where nothing else was chosen."""
        row = self.load(pk)
        if self.kind.make_default is not None:
            try:
                self.kind.make_default(request.actor, row)
            except Conflict as conflict:
                return refused(request, conflict.message, self.list_name)
        return done(request, _("%(name)s is the default now.") % {"name": row.name}, self.list_name)

    def delete(self, request: AgentRequest, pk: int) -> HttpResponseBase:
        """Gone; what used it has the replacement."""
        row = self.load(pk)
        name, chosen = row.name, request.POST.get("replacement", "")
        replacement = next((each for each in self.kind.replacements(row) if str(each.pk) == chosen), None)
        try:
            self.kind.delete(request.actor, row, *([replacement] if replacement else []))
        except Conflict as conflict:
            return refused(request, conflict.message, self.row_name, pk)
        except Invalid as invalid:
            return refused(request, invalid.message, self.row_name, pk)
        return done(request, _("%(name)s is deleted.") % {"name": name}, self.list_name)

    def common(self) -> dict[str, Any]:
        """What every template of the catalogue needs."""
        return {
            "kind": self.kind.name,
            "plural": self.kind.plural,
            "words": self.kind.words,
            "has_default": bool(self.kind.make_default),
        }

    def row_context(self, row: Any) -> dict[str, Any]:
        """What the form's page needs of a row beside the form."""
        context = {"row": row, "uses": [], "replacements": [], **self.common(), **self.kind.more(row)}
        if row is not None:
            context["uses"] = self.kind.uses(row)
            context["replacements"] = self.kind.replacements(row) if context["uses"] else []
        return context
