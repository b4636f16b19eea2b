"""What the pages of the settings answer after a change."""

from __future__ import annotations

from okno.core.http.after import done, go, refused

__all__ = ["done", "go", "refused"]
