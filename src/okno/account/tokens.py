"""A person's own tokens of the API: made here, shown once, revoked here."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from okno.api.operations.tokens import NAME_LIMIT, create_token, revoke_token, tokens_visible_to
from okno.api.scopes import SCOPES
from okno.core import clock
from okno.core.faults import Invalid
from okno.core.http.policy import AgentRequest, agents
from okno.people.models import Agent

LIFETIMES = [
    ("30", gettext_lazy("30 days")),
    ("90", gettext_lazy("90 days")),
    ("365", gettext_lazy("a year")),
    ("0", gettext_lazy("until it is revoked")),
]


class TokenForm(forms.Form):
    """What a new token is for, what it may do, and for how long."""

    name = forms.CharField(
        label=gettext_lazy("What it is for"),
        max_length=NAME_LIMIT,
        help_text=gettext_lazy("For example: monitoring, web shop."),
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What it may do"), choices=list(SCOPES.items()), widget=forms.CheckboxSelectMultiple
    )
    days = forms.ChoiceField(label=gettext_lazy("How long it works"), choices=LIFETIMES, initial="90")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@agents
def tokens(request: AgentRequest) -> HttpResponseBase:
    """The list, the form, and once the new token itself."""
    form = TokenForm(request.POST or None, initial={"scopes": ["tickets:read"]})
    if request.method != "POST" or not form.is_valid():
        return _page(request, form)
    try:
        token, text = _made(request, form.cleaned_data)
    except Invalid as invalid:
        for name, messages in invalid.fields.items():
            form.add_error(name if name in form.fields else None, messages)
        return _page(request, form)
    fresh = TokenForm(initial={"scopes": ["tickets:read"]})
    return _page(request, fresh, made=token.name, text=text)


@require_POST
@agents
def revoke(request: AgentRequest, pk: int) -> HttpResponseBase:
    """Ends one of one's own tokens."""
    revoke_token(request.actor, pk)
    return redirect("account:tokens")


def _made(request: AgentRequest, values: dict[str, Any]) -> Any:
    agent = Agent.objects.get(pk=request.actor.id or 0)
    days = int(values["days"])
    expires = clock.now() + timedelta(days=days) if days else None
    return create_token(request.actor, agent, name=values["name"], scopes=values["scopes"], expires_at=expires)


def _page(request: AgentRequest, form: TokenForm, *, made: str = "", text: str = "") -> HttpResponse:
    rows = tokens_visible_to(request.actor).filter(agent=request.actor.id or 0).order_by("-pk")
    context = {
        "form": form,
        "rows": rows,
        "made": made,
        "text": text,
        "now_at": clock.now(),
        "title": _("API tokens"),
    }
    return render(request, "account/tokens.jinja", context, status=422 if form.errors else 200)
