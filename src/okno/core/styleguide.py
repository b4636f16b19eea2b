"""The pages that show every component, for those who build pages. Only in DEBUG."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

PAGES = {
    "": "styleguide.jinja",
    "list": "styleguide/list_page.jinja",
    "item": "styleguide/item_page.jinja",
    "settings": "styleguide/settings_page.jinja",
    "plain": "styleguide/plain_page.jinja",
    "rules": "styleguide/rules_page.jinja",
}


class ExampleForm(forms.Form):
    """A field of each kind, one of them filled in wrongly."""

    name = forms.CharField(help_text="As clients see it.")
    address = forms.EmailField()
    language = forms.ChoiceField(choices=[("en", "English"), ("uk", "Українська")])
    note = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), required=False)
    channel = forms.ChoiceField(choices=[("mail", "Mail"), ("phone", "Phone")], widget=forms.RadioSelect)
    notify = forms.BooleanField(required=False, help_text="A letter for each answer.")


@require_GET
def page(request: HttpRequest, name: str = "") -> HttpResponse:
    """One page of the guide."""
    if not settings.DEBUG or name not in PAGES:
        raise Http404
    now = timezone.now()
    form = ExampleForm({"name": "North Service", "address": "not an address", "language": "uk", "channel": "mail"})
    context = {
        "form": form,
        "minutes": [now - timedelta(minutes=count) for count in (2, 11, 26, 48, 90, 300, 1500, 3000)],
    }
    return render(request, PAGES[name], context)


@require_GET
def suggestions(request: HttpRequest) -> JsonResponse:
    """Canned replies for the editor of the guide."""
    if not settings.DEBUG:
        raise Http404
    query = request.GET.get("q", "").lower()
    replies = {"Greeting": "Good morning, thank you for writing.", "Restart": "Please restart the device."}
    items = [
        {"id": title, "title": title, "hint": text, "html": f"<p>{text}</p>"}
        for title, text in replies.items()
        if query in title.lower()
    ]
    return JsonResponse({"items": items})


@require_POST
def order(request: HttpRequest) -> HttpResponse:
    """Takes any order of the guide's rules, and keeps none."""
    if not settings.DEBUG:
        raise Http404
    return HttpResponse(status=204)
