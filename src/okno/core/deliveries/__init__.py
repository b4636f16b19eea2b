"""Deliveries: what leaves the system waits as a row, is sent by the transport of its channel, and is kept.

A worker claims due rows and commits the claim *before* it sends, so that a crash leaves a visible
``sending`` row; such a row is taken again after ``LOCK_TIMEOUT``. The promise is therefore *at least
once*: a crash between the server's acceptance and our mark leads to a second sending, of the same bytes
under the same identity (a letter's Message-ID), by which receivers know it as the same.

Attempts of one delivery are ``PAUSES`` apart until ``give_up_at``. What is wrong with the way rather than
with the delivery (server down, login refused) blocks all that goes by this way; it costs no attempts,
the way is probed anew, and once it works everything leaves in the order in which it was queued. Of
several deliveries about the same object to the same recipients, a later one never overtakes an earlier.
"""

from okno.core.deliveries.draining import deliver_due
from okno.core.deliveries.operations import cancel, resend
from okno.core.deliveries.queueing import CANCELLED, FAILED, RESENT, queue, release
from okno.core.deliveries.returning import came_back
from okno.core.deliveries.transports import RouteFault, TransportFault, transport

__all__ = [
    "CANCELLED",
    "FAILED",
    "RESENT",
    "RouteFault",
    "TransportFault",
    "came_back",
    "cancel",
    "deliver_due",
    "queue",
    "release",
    "resend",
    "transport",
]
