"""Canned replies: the list by group, and the form of one (F182)."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from okno.core import html
from okno.core.faults import Invalid, NotVisible
from okno.core.http.mistakes import at_fields
from okno.core.http.policy import AgentRequest, agents_with
from okno.manage.pages import done
from okno.tickets.models import CannedReply
from okno.tickets.operations.canned import CannedFacts, change_canned, create_canned, delete_canned

VARIABLES = [
    ("$client", gettext_lazy("name of the client's person")),
    ("$first_name", gettext_lazy("first name")),
    ("$company", gettext_lazy("name of the client's company")),
    ("$number", gettext_lazy("number of the ticket")),
    ("$subject", gettext_lazy("subject of the ticket")),
    ("$agent", gettext_lazy("name of the employee who answers")),
]
FACTS = ("title", "group", "shortcut", "language", "html", "is_active", "is_closing")


class CannedForm(forms.Form):
    """One reply."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    group = forms.CharField(
        label=gettext_lazy("Group"), max_length=80, required=False, widget=forms.TextInput(attrs={"list": "groups"})
    )
    shortcut = forms.CharField(
        label=gettext_lazy("Shortcut"), max_length=41, required=False,
        help_text=gettext_lazy("Typed behind a slash in the answer."),
    )  # fmt: skip
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), required=False, choices=[("", gettext_lazy("any")), *settings.LANGUAGES]
    )
    html = forms.CharField(label=gettext_lazy("Text"), required=False)
    is_active = forms.BooleanField(label=gettext_lazy("Offered to employees"), required=False, initial=True)
    is_closing = forms.BooleanField(
        label=gettext_lazy("Offered as a reason for closing"),
        required=False,
        help_text=gettext_lazy("Employees close a request with it, and the client reads why."),
    )

    def facts(self) -> CannedFacts:
        """What the form says, after it was found valid."""
        return CannedFacts(**self.cleaned_data)


@require_safe
@agents_with("settings.manage")
def listing(request: AgentRequest) -> HttpResponseBase:
    """Every reply by its group."""
    replies = CannedReply.objects.order_by("group", "title")
    rows: list[dict[str, Any]] = [{"reply": reply, "words": html.to_text(reply.html)} for reply in replies]
    groups = [(name, list(each)) for name, each in groupby(rows, key=lambda row: row["reply"].group)]
    return render(request, "manage/canned/list.jinja", {"groups": groups})


@require_http_methods(["GET", "HEAD", "POST"])
@agents_with("settings.manage")
def new(request: AgentRequest) -> HttpResponseBase:
    """The form of a new reply."""
    form = CannedForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            create_canned(request.actor, form.facts())
        except Invalid as invalid:
            at_fields(form, invalid)
        else:
            return done(request, _("The reply is added."), "manage:canned")
    return _form(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@agents_with("settings.manage")
def edit(request: AgentRequest, pk: int) -> HttpResponseBase:
    """The form of a reply."""
    reply = load_reply(pk)
    initial: dict[str, Any] = {name: getattr(reply, name) for name in FACTS}
    form = CannedForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change_canned(request.actor, reply, form.facts())
        except Invalid as invalid:
            at_fields(form, invalid)
        else:
            return done(request, _("Saved."), "manage:canned")
    return _form(request, form, reply)


@require_POST
@agents_with("settings.manage")
def delete(request: AgentRequest, pk: int) -> HttpResponseBase:
    """Gone."""
    delete_canned(request.actor, load_reply(pk))
    return done(request, _("The reply is deleted."), "manage:canned")


def load_reply(pk: int) -> CannedReply:
    """The reply of this id; 404 when it is gone."""
    reply = CannedReply.objects.filter(pk=pk).first()
    if reply is None:
        raise NotVisible(_("There is no such reply."))
    return reply


def _form(request: AgentRequest, form: CannedForm, reply: CannedReply | None) -> HttpResponseBase:
    known = CannedReply.objects.exclude(group="").order_by("group").values_list("group", flat=True).distinct()
    context = {
        "form": form,
        "reply": reply,
        "body": html.strict(str(form["html"].value() or "")),
        "files": list(reply.attachments.order_by("id")) if reply else [],
        "groups": list(known),
        "variables": VARIABLES,
    }
    return render(request, "manage/canned/edit.jinja", context, status=422 if form.errors else 200)
