"""The form of a configuration file, and the token that says which file was looked at."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okno.core import files
from okno.core.actor import Actor
from okno.core.configuration import LARGEST, Options
from okno.core.display import size
from okno.core.jinja import current_locale
from okno.core.models import StoredFile

DAY = 24 * 60 * 60
"""Seconds for which a file that was looked at can be applied; so long it is kept."""


class FileForm(forms.Form):
    """A configuration file, and how far it may go."""

    file = forms.FileField(
        label=gettext_lazy("Configuration file (.json)"),
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
        help_text=gettext_lazy("Nothing is changed before you saw what would be."),
    )
    switch_off_absent = forms.BooleanField(
        label=gettext_lazy("Switch off what the file does not have"),
        help_text=gettext_lazy("Only in the parts that the file has. Nothing is ever deleted."),
        required=False,
    )
    leave_out_people = forms.BooleanField(
        label=gettext_lazy("Leave out people who are not here"),
        help_text=gettext_lazy("Members, watchers and recipients whose address nobody here has."),
        required=False,
    )

    def clean_file(self) -> Any:
        """Not a byte of a file that is too large is read."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            limit = size(LARGEST, current_locale())
            raise forms.ValidationError(_("The file is larger than %(size)s.") % {"size": limit})
        return file

    def options(self) -> Options:
        """What was chosen."""
        values = self.cleaned_data
        return Options(bool(values["switch_off_absent"]), bool(values["leave_out_people"]))


def kept(actor: Actor, content: bytes, options: Options, digest: str) -> str:
    """Keeps the file for a day; the token names it, with what was chosen and what was shown."""
    facts = {"file": files.store(content).sha256, "digest": digest, "options": vars(options)}
    return signing.dumps(facts, salt=_salt(actor))


def found(actor: Actor, token: str) -> tuple[bytes, Options, str] | None:
    """The file of the token, what was chosen and what was shown; nothing when it is somebody else's or too old."""
    try:
        facts = signing.loads(token, salt=_salt(actor), max_age=DAY)
    except signing.BadSignature:
        return None
    stored = StoredFile.objects.filter(sha256=facts["file"]).first()
    return (files.read(stored), Options(**facts["options"]), facts["digest"]) if stored else None


def _salt(actor: Actor) -> str:
    return f"configuration:{actor.id}"
