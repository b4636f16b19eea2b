"""What a client writes: an answer to a letter, or a letter of his own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from okno.channels.email.models import Mailbox
from okno.channels.email.rules.addresses import normalise_address
from okno.tickets.operations.drafts import LARGEST_FILE


class FileInput(forms.FileInput):
    """A field that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files, each with its content."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=FileInput(attrs={"multiple": True}), required=False, **options)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, list | tuple) else [data]
        cleaned = [super(FilesField, self).clean(each, initial) for each in given if each]
        if any(each.size > LARGEST_FILE for each in cleaned):
            raise forms.ValidationError(_("A file has at most %(limit)d MB.") % {"limit": LARGEST_FILE // 1024**2})
        return cleaned


class ReplyForm(forms.Form):
    """The client's words; a file alone will do."""

    text = forms.CharField(
        label=_("Text"),
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write something, or attach a file.")},
    )
    attached = FilesField(label=_("Files"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("attached") and self.has_error("text", "required"):
            del self.errors["text"]
            cleaned["text"] = ""
        return cleaned


class LetterForm(ReplyForm):
    """A letter of anybody to one of our mailboxes."""

    sender = forms.CharField(
        label=_("From"),
        max_length=320,
        help_text=_("One of the demo clients, or any other address."),
        widget=forms.TextInput(attrs={"list": "outbox-clients", "autocomplete": "off", "inputmode": "email"}),
    )
    name = forms.CharField(label=_("Full name"), required=False, max_length=200)
    mailbox = forms.ModelChoiceField(
        Mailbox.objects.filter(is_active=True), label=_("To"), to_field_name="address", empty_label=None
    )
    subject = forms.CharField(label=_("Subject"), required=False, max_length=5000)
    field_order = ["sender", "name", "mailbox", "subject", "text", "attached"]

    def clean_sender(self) -> str:
        address = normalise_address(self.cleaned_data["sender"])
        if address is None:
            raise forms.ValidationError(_("This is not a mail address."))
        return address
