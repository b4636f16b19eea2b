"""What happened to a delivery, as a sentence."""

from __future__ import annotations

from django.utils.translation import gettext as _

from okno.core import deliveries
from okno.core.models import Event


def delivery_sentence(event: Event) -> str:
    """The words for an event of a delivery."""
    if event.kind == deliveries.FAILED:
        return _("Given up after %(count)s attempts: %(error)s") % {
            "count": event.data.get("attempts", 0),
            "error": event.data.get("error", ""),
        }
    who = {"who": event.actor_name}
    if event.kind == deliveries.RESENT:
        return _("%(who)s had it sent again") % who
    if event.kind == deliveries.CANCELLED:
        return _("%(who)s stopped it") % who
    return event.kind
