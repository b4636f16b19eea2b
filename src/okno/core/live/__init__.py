"""Live streams: server-sent events that say what has changed, never what it says.

PostgreSQL's notifications come in over one connection of the process and go out to its open streams, in
batches and only to those who may hear of them. Who that is, ``Hearing`` says; this package knows no word
of the domain.
"""

from okno.core.live.changes import Change
from okno.core.live.hub import Hearing, Hub
from okno.core.live.streams import LiveStreams

__all__ = ["Change", "Hearing", "Hub", "LiveStreams"]
