"""Adding, changing, switching off and deleting a mailbox."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from okno.channels.email.models import Mailbox
from okno.channels.email.operations.mailboxes import (
    change_mailbox,
    create_mailbox,
    delete_mailbox,
    switch_mailbox,
    uses_of,
)
from okno.channels.email.outgoing.leaving import Leaving, leaving
from okno.core.faults import Invalid, NotVisible
from okno.core.http.mistakes import at_fields
from okno.core.http.policy import AgentRequest, agents_with
from okno.manage.mailboxes.forms import MailboxForm
from okno.manage.pages import done


def load(pk: int) -> Mailbox:
    """The mailbox of this id; whoever may manage mail sees them all."""
    mailbox = Mailbox.objects.select_related("team").filter(pk=pk).first()
    if mailbox is None:
        raise NotVisible(_("There is no such mailbox."))
    return mailbox


@require_http_methods(["GET", "HEAD", "POST"])
@agents_with("mail.manage")
def new(request: AgentRequest) -> HttpResponseBase:
    """The form of a new mailbox."""
    form = MailboxForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            mailbox = create_mailbox(request.actor, form.cleaned_data)
        except Invalid as invalid:
            at_fields(form, invalid)
        else:
            return done(request, _("%(address)s is added.") % {"address": mailbox.address}, "manage:mailboxes")
    return render(
        request, "manage/mailboxes/edit.jinja", {"form": form, "mailbox": None}, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@agents_with("mail.manage")
def edit(request: AgentRequest, pk: int) -> HttpResponseBase:
    """The form of a mailbox."""
    mailbox = load(pk)
    form = MailboxForm(request.POST if request.method == "POST" else None, mailbox=mailbox)
    after = _after_switching_off(request, mailbox, form)
    if request.method == "POST" and form.is_valid() and after is None:
        try:
            change_mailbox(request.actor, mailbox, form.cleaned_data)
        except Invalid as invalid:
            at_fields(form, invalid)
        else:
            return done(request, _("Saved."), "manage:mailbox", pk)
    context = {"form": form, "mailbox": mailbox, "uses": uses_of(mailbox), "after": after}
    status = 422 if form.errors or after else 200
    return render(request, "manage/mailboxes/edit.jinja", context, status=status)


def _after_switching_off(request: AgentRequest, mailbox: Mailbox, form: MailboxForm) -> Leaving | None:
    """What a person must hear before he switches the mailbox off by the form, once."""
    if request.method != "POST" or "sure" in request.POST or not form.is_valid() or form.cleaned_data["is_active"]:
        return None
    after = leaving(mailbox)
    return after if after.is_grave else None


@require_http_methods(["GET", "HEAD", "POST"])
@agents_with("mail.manage")
def switch(request: AgentRequest, pk: int) -> HttpResponseBase:
    """On or off; the page says first what switching off would do."""
    mailbox = load(pk)
    if request.method != "POST":
        return _consequences(request, mailbox, deletes=False)
    active = request.POST.get("active") == "1"
    switch_mailbox(request.actor, mailbox, active=active)
    words = _("%(address)s is in use again.") if active else _("%(address)s is switched off.")
    return done(request, words % {"address": mailbox.address}, "manage:mailboxes")


@require_http_methods(["GET", "HEAD", "POST"])
@agents_with("mail.manage")
def delete(request: AgentRequest, pk: int) -> HttpResponseBase:
    """Gone; its letters and tickets stay. The page says first what that would do."""
    mailbox = load(pk)
    if request.method != "POST":
        return _consequences(request, mailbox, deletes=True)
    delete_mailbox(request.actor, mailbox)
    return done(request, _("%(address)s is deleted.") % {"address": mailbox.address}, "manage:mailboxes")


def _consequences(request: AgentRequest, mailbox: Mailbox, *, deletes: bool) -> HttpResponseBase:
    context = {"mailbox": mailbox, "after": leaving(mailbox), "uses": uses_of(mailbox), "deletes": deletes}
    return render(request, "manage/mailboxes/leave.jinja", context)
