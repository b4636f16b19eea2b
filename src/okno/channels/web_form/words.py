"""The words that a form has by itself, in the language of whoever fills it in."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okno.channels.web_form.models import WebForm
from okno.channels.web_form.rules import Field

LABELS: Mapping[str, Callable[[], str]] = {
    "name": lambda: _("Your name"),
    "email": lambda: _("E-mail"),
    "phone": lambda: _("Phone"),
    "company": lambda: _("Company"),
    "text": lambda: _("Text of the request"),
    "files": lambda: _("Files"),
}
TEXTS: Mapping[str, Callable[[], str]] = {
    "launcher": lambda: _("Help"),
    "title": lambda: _("How can we help?"),
    "intro": lambda: _("Write to us: we will answer by mail."),
    "send": lambda: _("Send"),
    "done": lambda: _("Thank you! We have received your request and will answer as soon as we can."),
    "consent": lambda: _("I agree that my data is used to answer this request."),
}
NAMES_OF_TEXTS: Mapping[str, str | Promise] = {
    "launcher": gettext_lazy("Text of the button on the page"),
    "title": gettext_lazy("Title"),
    "intro": gettext_lazy("Words above the fields"),
    "send": gettext_lazy("Text of the sending button"),
    "done": gettext_lazy("What is said after sending"),
    "consent": gettext_lazy("Text of the consent"),
}
"""How the settings page calls them."""


def text_of(form: WebForm, name: str) -> str:
    """A text of the form in the present language: the administrator's, else Okno's."""
    return _own(form.texts.get(name) or {}) or TEXTS[name]()


def label_of(field: Field) -> str:
    """What a field is called in the present language."""
    known = LABELS.get(field.code)
    return _own(field.labels) or (known() if known else _("Field"))


def spoken_in(form: WebForm, asked: str) -> str:
    """The language for a visitor: that of the form, else the one asked for, else that of the installation."""
    known = dict(settings.LANGUAGES)
    wanted = asked.split("-", 1)[0].lower()
    return next((each for each in (form.language, wanted) if each in known), settings.LANGUAGE_CODE)


def _own(texts: Mapping[str, str]) -> str:
    language = (translation.get_language() or "en").split("-", 1)[0]
    return texts.get(language) or ""
