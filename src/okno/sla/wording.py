"""How norms and rules are said in words."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from okno.sla.models import SlaRule


def norm_words(minutes: int) -> str:
    """A norm: “45 min”, “4 h”, “4 h 30 min”. Hours are working hours, so they make no days."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(minutes)d min") % {"minutes": rest}
    if not rest:
        return _("%(hours)d h") % {"hours": hours}
    return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest}


def span_words(span: timedelta) -> str:
    """A span of time in minutes, rounded up: what is left is not shown as nothing."""
    return norm_words(-(-int(span.total_seconds()) // 60))


def promise_words(rule: SlaRule) -> str:
    """What a rule promises, and by which clock."""
    if rule.promises_nothing:
        return _("no deadlines")
    parts = []
    if rule.reaction_minutes is not None:
        parts.append(_("reaction %(norm)s") % {"norm": norm_words(rule.reaction_minutes)})
    if rule.resolution_minutes is not None:
        parts.append(_("resolution %(norm)s") % {"norm": norm_words(rule.resolution_minutes)})
    return f"{', '.join(parts)}; {clock_words(rule)}"


def clock_words(rule: SlaRule) -> str:
    """By which clock a rule counts."""
    return str(rule.schedule) if rule.schedule else _("by the wall clock")


def warning_words(rule: SlaRule) -> str:
    """When a rule warns."""
    if rule.promises_nothing or not (rule.warn_percent or rule.warn_minutes):
        return ""
    if rule.warn_minutes:
        return _("warns when %(norm)s are left") % {"norm": norm_words(rule.warn_minutes)}
    return ngettext(
        "warns after %(num)d percent of the time", "warns after %(num)d percent of the time", rule.warn_percent
    ) % {"num": rule.warn_percent}
