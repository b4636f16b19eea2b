"""What sends: one transport for each channel, and the two ways in which it can fail."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

from okno.core.models import Delivery

ROUTE_PAUSE = timedelta(minutes=1)
"""After how long a blocked way is probed anew."""

Send = Callable[[Delivery], None]
Transport = Callable[[], AbstractContextManager[Send]]


class TransportFault(Exception):
    """One delivery could not be sent; ``permanent`` when trying again would change nothing."""

    def __init__(self, message: str, *, permanent: bool) -> None:
        super().__init__(message)
        self.message = message
        self.permanent = permanent


class RouteFault(TransportFault):
    """Nothing can be sent by this way now. It is probed after ``pause``; without ``gives_up`` for ever."""

    def __init__(self, message: str, *, pause: timedelta = ROUTE_PAUSE, gives_up: bool = True) -> None:
        super().__init__(message, permanent=False)
        self.pause = pause
        self.gives_up = gives_up


TRANSPORTS: dict[str, Transport] = {}


def transport(channel: str) -> Callable[[Transport], Transport]:
    """Registers what sends the deliveries of a channel: a context that gives a ``send`` for one batch."""

    def register(made: Transport) -> Transport:
        TRANSPORTS[channel] = made
        return made

    return register
