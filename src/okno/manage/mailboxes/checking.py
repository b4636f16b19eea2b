"""Trying the settings of a mailbox before they are saved. Servers are named by administrators, so any may be."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from okno.channels.email.models import Mailbox
from okno.channels.email.operations.mailboxes import filled
from okno.channels.email.outgoing.checking import check_smtp
from okno.channels.email.receiving.checking import check_imap
from okno.channels.email.steps import Step
from okno.core.faults import Invalid
from okno.core.http.policy import AgentRequest, agents_with
from okno.manage.mailboxes.editing import load
from okno.manage.mailboxes.forms import MailboxForm


@require_POST
@agents_with("mail.manage")
def check(request: AgentRequest) -> HttpResponseBase:
    """Connects with what the form says and shows each step; an empty password means the stored one."""
    known = request.POST.get("mailbox", "")
    mailbox = load(int(known)) if known.isascii() and known.isdigit() and len(known) < 18 else Mailbox()
    form = MailboxForm(request.POST, mailbox=mailbox if mailbox.pk else None)
    try:
        if not form.is_valid():
            raise Invalid({name: [str(error) for error in errors] for name, errors in form.errors.items()})
        filled(mailbox, form.cleaned_data)
    except Invalid as invalid:
        mistakes = [(_label(form, name), " ".join(messages)) for name, messages in invalid.fields.items()]
        return render(request, "manage/mailboxes/tried.jinja", {"mistakes": mistakes}, status=422)
    return render(request, "manage/mailboxes/tried.jinja", {"ways": _tried(mailbox)})


def _tried(mailbox: Mailbox) -> list[tuple[str, list[Step]]]:
    ways = []
    if mailbox.imap_host:
        ways.append((_("Receiving by IMAP"), check_imap(mailbox)))
    if mailbox.smtp_host:
        ways.append((_("Sending by SMTP"), check_smtp(mailbox)))
    return ways


def _label(form: MailboxForm, name: str) -> str:
    return str(form.fields[name].label) if name in form.fields else ""
