"""The look of this installation, with a preview: colour, title, logo, icon, address of the portal (F164)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from okno.core import settings_store
from okno.core.addresses import PORTAL_ADDRESS
from okno.core.brand import brand
from okno.core.brand.declarations import COLOUR, TITLE
from okno.core.brand.pictures import ROLES, remove_picture, set_picture
from okno.core.brand.rules import READABLE, VISIBLE, WHITE, contrast, is_colour, letters_on
from okno.core.faults import Invalid
from okno.core.http.mistakes import at_fields
from okno.core.http.policy import AgentRequest, agents_with
from okno.manage.pages import done

FIELDS = {"colour": COLOUR, "title": TITLE, "address": PORTAL_ADDRESS}
USUAL = "#1d67b8"
"""The product's own blue, as the picker of colours shows it."""


def _words(label: str | Promise, help_text: str | Promise) -> dict[str, Any]:
    """What a field says; none of the look's is required."""
    return {"label": label, "help_text": help_text, "required": False}


class LookForm(forms.Form):
    """What can be typed or chosen; pictures are files of the same form."""

    colour = forms.CharField(
        **_words(COLOUR.label, COLOUR.help), max_length=20,
        widget=forms.TextInput(attrs={"placeholder": USUAL, "autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    title = forms.CharField(**_words(TITLE.label, TITLE.help), max_length=200)
    address = forms.CharField(
        **_words(PORTAL_ADDRESS.label, PORTAL_ADDRESS.help), max_length=300,
        widget=forms.URLInput(attrs={"placeholder": "https://help.example.com"}),
    )  # fmt: skip
    logo = forms.FileField(**_words(ROLES["logo"], gettext_lazy("On light pages and at the sign-in.")))
    dark_logo = forms.FileField(
        **_words(ROLES["dark_logo"], gettext_lazy("Where there is none, the logo stands there too."))
    )
    icon = forms.FileField(**_words(ROLES["icon"], gettext_lazy("A square picture.")))

    def clean_colour(self) -> str:
        """As it is kept: lower case, with the sign."""
        colour = str(self.cleaned_data["colour"]).strip().lower()
        return f"#{colour}" if colour and not colour.startswith("#") else colour

    def clean_address(self) -> str:
        """Without a slash at the end."""
        return str(self.cleaned_data["address"]).strip().rstrip("/")


@require_http_methods(["GET", "HEAD", "POST"])
@agents_with("settings.manage")
def look(request: AgentRequest) -> HttpResponseBase:
    """The form beside its preview. All is saved at once; a picture is removed by its own button."""
    if request.method == "POST" and request.POST.get("remove") in ROLES:
        remove_picture(request.actor, request.POST["remove"])
        return done(request, _("Removed."), "manage:look")
    initial = {name: setting() for name, setting in FIELDS.items()}
    form = LookForm(request.POST, request.FILES) if request.method == "POST" else LookForm(initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, form)
        except Invalid as invalid:
            at_fields(form, invalid, {setting.key: name for name, setting in FIELDS.items()})
        else:
            return done(request, _("Saved."), "manage:look")
    colour = str(form["colour"].value() or "")
    context = {"form": form, "pictures": _pictures(), "usual": USUAL, **told_of(colour)}
    return render(request, "manage/look/page.jinja", context, status=422 if form.errors else 200)


@require_safe
@agents_with("settings.manage")
def contrast_of(request: AgentRequest) -> HttpResponseBase:
    """What is to be said of a colour that is being chosen."""
    return render(request, "manage/look/contrast.jinja", told_of(request.GET.get("colour", "")))


def told_of(colour: str) -> dict[str, Any]:
    """The contrast of letters on the colour and of the colour on a white page, and whether these are enough."""
    colour = colour.strip().lower()
    chosen = colour if is_colour(colour) else ""
    if not chosen:
        return {"colour": "", "is_none": not colour}
    letters, page = contrast(chosen, letters_on(chosen)), contrast(chosen, WHITE)
    return {
        "colour": chosen,
        "letters": letters,
        "page": page,
        "is_readable": letters >= READABLE,
        "is_visible": page >= VISIBLE,
    }


def _save(request: AgentRequest, form: LookForm) -> None:
    """Pictures first: one that is none is told, and nothing else is changed."""
    for role in ROLES:
        upload = form.cleaned_data[role]
        if upload is not None:
            set_picture(request.actor, role, upload.read())
    settings_store.change(request.actor, {setting.key: form.cleaned_data[name] for name, setting in FIELDS.items()})


def _pictures() -> dict[str, str]:
    """Where each picture is now, without the one that stands in for another."""
    shown = brand()
    dark = shown.dark_logo_url if shown.dark_logo_url != shown.logo_url else ""
    return {"logo": shown.logo_url, "dark_logo": dark, "icon": shown.icon_url}
