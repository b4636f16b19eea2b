"""The form of a mailbox. It never shows a stored password: an empty field keeps it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from okno.channels.email.models import Mailbox
from okno.channels.email.operations.mailbox_facts import FIELDS
from okno.people.models import Team

WHOLE_MINUTES = "%Y-%m-%dT%H:%M"


class Lines(forms.CharField):
    """Several names, one in a line, as a list."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value) or ""
        return [line.strip() for line in text.splitlines() if line.strip()]


def _password(about: str) -> forms.CharField:
    widget = forms.PasswordInput(render_value=False, attrs={"autocomplete": "new-password"})
    return forms.CharField(label=_("Password"), required=False, strip=False, widget=widget, help_text=about)


class MailboxForm(forms.Form):
    """Everything about a mailbox, in the order of its sections."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("Clients see it as the sender's company."))
    address = forms.EmailField(
        label=_("Address"), max_length=320, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    team = forms.ModelChoiceField(
        Team.objects.none(), label=_("Team"), required=False, empty_label=_("No team"),
        help_text=_("New tickets from this mailbox belong to it."),
    )  # fmt: skip
    is_active = forms.BooleanField(
        label=_("In use"), required=False, help_text=_("Off: nothing is fetched or sent by it.")
    )
    is_default = forms.BooleanField(
        label=_("Send from here when nothing else is known"), required=False,
        help_text=_("Mailboxes without a server of their own send through this one."),
    )  # fmt: skip

    imap_host = forms.CharField(
        label=_("IMAP server"), required=False, max_length=253, help_text=_("Empty: nothing is fetched.")
    )
    imap_port = forms.IntegerField(label=_("Port"), min_value=1, max_value=65535, initial=993)
    imap_security = forms.ChoiceField(label=_("Security"), choices=Mailbox.Security.choices)
    imap_user = forms.CharField(
        label=_("User name"), required=False, max_length=320, help_text=_("Empty: the address."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    imap_password = _password("")
    folders = Lines(
        label=_("Folders"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One in a line. Empty: the inbox."),
    )  # fmt: skip
    after_import = forms.ChoiceField(label=_("After a letter is taken"))
    since = forms.DateTimeField(
        label=_("Take letters that arrived after"), required=False, input_formats=[WHOLE_MINUTES],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=WHOLE_MINUTES),
        help_text=_("Older letters are left alone. Empty: all are taken."),
    )  # fmt: skip

    smtp_host = forms.CharField(
        label=_("SMTP server"),
        required=False,
        max_length=253,
        help_text=_("Empty: letters leave by the default mailbox."),
    )
    smtp_port = forms.IntegerField(label=_("Port"), min_value=1, max_value=65535, initial=587)
    smtp_security = forms.ChoiceField(label=_("Security"), choices=Mailbox.Security.choices)
    smtp_user = forms.CharField(
        label=_("User name"), required=False, max_length=320, help_text=_("Empty: without signing in."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    smtp_password = _password("")
    trusted_certificate = forms.CharField(
        label=_("Certificate to trust"), required=False,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        help_text=_(
            "Only for a server with a certificate of its own, or of a house authority: paste it here as PEM. "
            "Empty: the usual authorities are trusted. Its name must be that of the server in any case."
        ),
    )  # fmt: skip
    trusted_relay = forms.CharField(
        label=_("Server whose Authentication-Results are believed"), required=False, max_length=253,
        help_text=_(
            "The name that your mail server writes first in this header. Empty: no sender is proven. Of letters to "
            "our own SMTP and LMTP ports only those from the addresses in the mail settings are believed."
        ),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, mailbox: Mailbox | None = None) -> None:
        initial = {name: getattr(mailbox or Mailbox(), name) for name in FIELDS if name not in _WITHOUT_INITIAL}
        initial |= {"team": mailbox.team_id if mailbox else None, "since": _since(mailbox)}
        super().__init__(data, initial=initial)
        self._field("team").queryset = Team.objects.filter(is_active=True)
        self._field("after_import").choices = Mailbox._meta.get_field("after_import").choices
        for name in ("imap_password", "smtp_password"):
            if mailbox is not None and getattr(mailbox, name):
                self.fields[name].help_text = _("A password is stored. Write one only to replace it.")

    def _field(self, name: str) -> Any:
        return self.fields[name]


_WITHOUT_INITIAL = {"imap_password", "smtp_password", "team", "since"}


def _since(mailbox: Mailbox | None) -> Any:
    moment = mailbox.since if mailbox else timezone.now()
    return timezone.localtime(moment).strftime(WHOLE_MINUTES) if moment else None
