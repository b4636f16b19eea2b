"""Addresses at which we ourselves are written to: whoever puts one in copy would have us write to ourselves.

Channels know their own addresses and tell them here, since tickets know no channel.
"""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from okno.core.actor import Actor
from okno.core.faults import Invalid

IsOwn = Callable[[str], bool]
_CHECKS: list[IsOwn] = []


def own_addresses(check: IsOwn) -> IsOwn:
    """Registers a channel's answer to the question whether an address is one of ours."""
    _CHECKS.append(check)
    return check


def is_own(address: str) -> bool:
    """Whether a channel says that the address is one of ours."""
    return bool(address) and any(check(address) for check in _CHECKS)


def refuse_own(actor: Actor, field: str, address: str) -> None:
    """Raises ``Invalid`` at the field for an address of ours. Of what letters bring, channels take care."""
    if actor.kind == "system" or not is_own(address):
        return
    text = _("%(address)s is a mailbox of ours: letters to it would come back here.") % {"address": address}
    raise Invalid({field: [text]})
