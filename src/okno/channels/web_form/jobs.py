"""What runs by the clock."""

from __future__ import annotations

from okno.channels.web_form.operations.limits import forget_old_posts


def tidy() -> None:
    """Forgets posts that are counted no more."""
    forget_old_posts()
