"""What a person chooses for himself: language, time zone."""

from __future__ import annotations

import zoneinfo

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from okno.core.http.policy import signed_in
from okno.people.models import User
from okno.people.operations.accounts import change_preferences


class PreferencesForm(forms.Form):
    """Language and time zone of the pages."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=[(zone, zone) for zone in sorted(zoneinfo.available_timezones()) if "/" in zone],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def profile(request: HttpRequest) -> HttpResponseBase:
    """The person's own page."""
    user = _user(request)
    initial = {"language": request.LANGUAGE_CODE, "time_zone": user.time_zone or settings.DISPLAY_TIME_ZONE}
    form = PreferencesForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        change_preferences(user, language=form.cleaned_data["language"], time_zone=form.cleaned_data["time_zone"])
        return redirect("account:profile")
    context = {"form": form, "person": user}
    return render(request, "account/profile.jinja", context, status=422 if form.errors else 200)


@require_POST
@signed_in
def language(request: HttpRequest) -> HttpResponseBase:
    """Another language, from the menu of any page; back to where one was."""
    wanted = request.POST.get("language", "")
    if wanted in dict(settings.LANGUAGES):
        change_preferences(_user(request), language=wanted)
    back = request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return HttpResponse(status=303, headers={"Location": back if safe else reverse("desk:home")})


def _user(request: HttpRequest) -> User:
    user = request.user
    if not isinstance(user, User):
        raise TypeError("the policy lets only signed-in people through")
    return user
