"""How mail stands, in a few counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from okno.channels.email.models import Letter, Mailbox
from okno.core.actor import Actor
from okno.core.models import Delivery

CAP = 100


@dataclass(frozen=True)
class Sign:
    """One thing at a glance; ``is_good`` false is what somebody should look at."""

    text: str
    detail: str
    url: str
    icon: str
    is_good: bool


def glance(actor: Actor) -> list[Sign]:
    """Health of the mailboxes, letters that need attention, deliveries that failed."""
    if not actor.has("mail.manage"):
        return []
    return [_mailboxes(), _letters(), _deliveries()]


def _mailboxes() -> Sign:
    active = Mailbox.objects.filter(is_active=True)
    troubled = active.filter(~Q(last_error="") | ~Q(smtp_error="")).count()
    total = active.count()
    if troubled:
        text = ngettext("%(num)d mailbox has trouble", "%(num)d mailboxes have trouble", troubled) % {
            "num": troubled
        }
    elif total:
        text = _("All mailboxes work")
    else:
        text = _("No mailbox yet")
    detail = ngettext("%(num)d mailbox in use", "%(num)d mailboxes in use", total) % {"num": total}
    return Sign(text, detail, reverse("manage:mailboxes"), "icon-[tabler--mail]", bool(total) and not troubled)


def _letters() -> Sign:
    failed = _capped(Letter.objects.filter(state=Letter.State.FAILED).order_by())
    waiting = _capped(Letter.objects.filter(state=Letter.State.STORED).order_by())
    text = (
        ngettext("%(num)s letter needs attention", "%(num)s letters need attention", failed)
        % {"num": _shown(failed)}
        if failed
        else _("No letter needs attention")
    )
    detail = _("Waiting to be processed: %(num)s") % {"num": _shown(waiting)}
    return Sign(text, detail, reverse("manage:letters"), "icon-[tabler--mail-question]", not failed)


def _deliveries() -> Sign:
    failed = _capped(Delivery.objects.filter(state=Delivery.State.FAILED).order_by())
    waiting = _capped(Delivery.objects.filter(state=Delivery.State.QUEUED).order_by())
    text = (
        ngettext("%(num)s delivery failed", "%(num)s deliveries failed", failed) % {"num": _shown(failed)}
        if failed
        else _("No delivery failed")
    )
    detail = _("Waiting to leave: %(num)s") % {"num": _shown(waiting)}
    try:
        url = reverse("manage:deliveries")
    except NoReverseMatch:
        url = ""
    return Sign(text, detail, url, "icon-[tabler--send]", not failed)


def _capped(rows: QuerySet[Any]) -> int:
    """The count, up to ``CAP``: a hundred thousand failed rows cost no more than a hundred."""
    return rows.values_list("pk")[:CAP].count()


def _shown(number: int) -> str:
    return f"{CAP - 1}+" if number >= CAP else str(number)
