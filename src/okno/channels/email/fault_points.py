"""Places where a test may have the process killed, to prove that a letter survives it (T7).

``OKNO_FAULT=<place>`` kills at the first passing, ``OKNO_FAULT=<place>:<n>`` at the n-th. Without the
variable this costs one comparison.
"""

from __future__ import annotations

import os
import signal

_WANTED, _SEPARATOR, _COUNT = os.environ.get("OKNO_FAULT", "").partition(":")
_left = [int(_COUNT or 1)]


def fault_point(name: str) -> None:
    """Kills this process (SIGKILL) when a test asked for it here."""
    if not _WANTED or name != _WANTED:
        return
    _left[0] -= 1
    if _left[0] <= 0:
        os.kill(os.getpid(), signal.SIGKILL)
