"""The demo company: the named cast, and the work of their last weeks."""

from __future__ import annotations

from okno.people.models import Agent
from okno.testing.cast import make_cast


def make_demo() -> bool:
    """Makes the demo company in an empty database; false when there is one already."""
    if Agent.objects.exists():
        return False
    make_cast()
    return True
