"""Photos of employees: chosen on a page of their own, handed out to whoever is signed in (F155, T13)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from okno.core import files
from okno.core.faults import Forbidden, Invalid, NotVisible
from okno.core.http.mistakes import at_fields
from okno.core.http.policy import AgentRequest, Request, agents, signed_in
from okno.people.models import Agent
from okno.people.operations.photos import may_set_photo, photo_file, remove_photo, set_photo

HARMLESS = "default-src 'none'; sandbox"
FOR_EVER = "private, max-age=31536000, immutable"
"""Another photo has another name."""


class PhotoForm(forms.Form):
    """A file with a picture."""

    photo = forms.FileField(
        label=gettext_lazy("Picture"),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/gif,image/webp"}),
        help_text=gettext_lazy(
            "A square out of its middle is shown. Place, camera and time of the shot are not kept."
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@agents
def own(request: AgentRequest) -> HttpResponseBase:
    """One's own photo."""
    return _page(request, Agent.objects.get(pk=request.actor.id or 0))


@require_http_methods(["GET", "HEAD", "POST"])
@agents
def of(request: AgentRequest, pk: int) -> HttpResponseBase:
    """That of another employee, for who manages employees."""
    agent = Agent.objects.filter(pk=pk).first()
    if agent is None:
        raise NotVisible(_("There is no such employee."))
    if not may_set_photo(request.actor, agent):
        raise Forbidden(_("Only the employee and an administrator choose the photo."))
    return _page(request, agent)


@require_safe
@signed_in
def small(request: Request, token: str) -> HttpResponseBase:
    """The size that stands beside names."""
    return _picture(token, is_large=False)


@require_safe
@signed_in
def large(request: Request, token: str) -> HttpResponseBase:
    """The size for pages about the person."""
    return _picture(token, is_large=True)


def _page(request: AgentRequest, agent: Agent) -> HttpResponseBase:
    if request.method == "POST" and "remove" in request.POST:
        remove_photo(request.actor, agent)
        return _done(request, _("The photo is removed."))
    form = PhotoForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        try:
            set_photo(request.actor, agent, form.cleaned_data["photo"].read())
        except Invalid as invalid:
            at_fields(form, invalid)
        else:
            return _done(request, _("Saved."))
    context: dict[str, Any] = {"form": form, "agent": agent, "is_own": agent.pk == request.actor.id}
    return render(request, "account/photo.jinja", context, status=422 if form.errors else 200)


def _done(request: AgentRequest, words: str) -> HttpResponseBase:
    messages.success(request, words)
    return HttpResponseRedirect(request.path, status=303)


def _picture(token: str, *, is_large: bool) -> HttpResponseBase:
    file = photo_file(token, is_large=is_large)
    if file is None:
        raise NotVisible(_("There is no such picture."))
    answer = HttpResponse(files.read(file), content_type="image/webp")
    answer["Cache-Control"] = FOR_EVER
    answer["Content-Security-Policy"] = HARMLESS
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
