"""What the script on a foreign page is told of a form: words in the visitor's language, look, fields."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from okno.channels.web_form.declarations import MOST_MEGABYTES
from okno.channels.web_form.models import WebForm
from okno.channels.web_form.operations.receiving import MOST_FILES
from okno.channels.web_form.rules import LONGEST, fields_of
from okno.channels.web_form.words import TEXTS, label_of, spoken_in, text_of
from okno.core.declarations import COMPANY_NAME


def configuration_of(form: WebForm, asked_language: str) -> dict[str, Any]:
    """All that the script needs, and nothing that is not for everybody."""
    language = spoken_in(form, asked_language)
    with translation.override(language):
        return {
            "key": form.key,
            "language": language,
            "company": COMPANY_NAME(),
            "colour": form.colour,
            "side": form.side,
            "theme": form.theme,
            "launcher": form.has_launcher,
            "texts": {name: text_of(form, name) for name in TEXTS} | _own_words(),
            "consent": form.asks_consent,
            "fields": [
                {
                    "code": each.code,
                    "kind": each.kind,
                    "label": label_of(each),
                    "required": each.required,
                    "limit": LONGEST[each.kind],
                }
                for each in fields_of(form.fields)
            ],
            "files": {"most": MOST_FILES, "megabytes": MOST_MEGABYTES()},
            "post": f"{settings.BASE_URL}/form/{form.key}/",
            "work": f"{settings.BASE_URL}/form/{form.key}/work/",
        }


def _own_words() -> dict[str, str]:
    """What the script itself says."""
    return {
        "close": _("Close"),
        "optional": _("(optional)"),
        "choose": _("Choose files or drop them here"),
        "remove": _("Remove"),
        "sending": _("Sending…"),
        "again": _("Write another request"),
        "number": _("Number of your request:"),
        "lost": _("The server cannot be reached. What you wrote is kept: try again in a moment."),
        "required": _("Please fill this in."),
        "too_large": _("These files are too large."),
    }
