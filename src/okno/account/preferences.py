"""What a person chooses for himself: language, time zone."""

from __future__ import annotations

import zoneinfo
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from okno.account.safety import safety_of
from okno.core.faults import Invalid
from okno.core.http.mistakes import at_fields
from okno.core.http.policy import Request, signed_in
from okno.people.models import Agent, User
from okno.people.operations.accounts import SIGNATURE_LIMIT, change_own_card, change_preferences


class PreferencesForm(forms.Form):
    """Language and time zone of the pages."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=[(zone, zone) for zone in sorted(zoneinfo.available_timezones()) if "/" in zone],
    )


class CardForm(PreferencesForm):
    """The same of an employee, with what clients see of him."""

    name = forms.CharField(label=_("Full name"), max_length=120, help_text=_("As clients see it."))
    signature = forms.CharField(
        label=_("Signature"), required=False, max_length=SIGNATURE_LIMIT, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stands under your answers in letters."),
    )  # fmt: skip
    field_order = ["name", "language", "time_zone", "signature"]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def profile(request: Request) -> HttpResponseBase:
    """The person's own page."""
    user = own_account(request)
    agent = agent_of(request)
    form = _form(request, user, agent)
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, user, agent, form.cleaned_data)
        except Invalid as invalid:
            at_fields(form, invalid)
        else:
            messages.success(request, gettext("Saved."))
            return HttpResponseRedirect(reverse("account:profile"), status=303)
    context = {"form": form, "person": user, "agent": agent, **safety_of(user)}
    return render(request, "account/profile.jinja", context, status=422 if form.errors else 200)


def _form(request: Request, user: User, agent: Agent | None) -> PreferencesForm:
    language = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
    initial = {"language": language, "time_zone": user.time_zone or settings.DISPLAY_TIME_ZONE}
    data = request.POST if request.method == "POST" else None
    if agent is None:
        return PreferencesForm(data, initial=initial)
    return CardForm(data, initial={**initial, "name": agent.name, "signature": agent.signature})


def _save(request: Request, user: User, agent: Agent | None, values: dict[str, Any]) -> None:
    with transaction.atomic():
        if agent is not None and request.actor is not None:
            change_own_card(request.actor, agent, name=values["name"], signature=values["signature"])
        change_preferences(user, language=values["language"], time_zone=values["time_zone"])


@require_POST
@signed_in
def language(request: HttpRequest) -> HttpResponseBase:
    """Another language, from the menu of any page; back to where one was."""
    wanted = request.POST.get("language", "")
    if wanted in dict(settings.LANGUAGES):
        change_preferences(own_account(request), language=wanted)
    back = request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return HttpResponse(status=303, headers={"Location": back if safe else reverse("desk:home")})


def own_account(request: HttpRequest) -> User:
    """The account of the signed-in person."""
    user = request.user
    if not isinstance(user, User):
        raise TypeError("the policy lets only signed-in people through")
    return user


def agent_of(request: Request) -> Agent | None:
    """The signed-in employee; nothing for a client's person."""
    actor = request.actor
    return (
        Agent.objects.select_related("user").get(pk=actor.id or 0) if actor is not None and actor.is_agent else None
    )
