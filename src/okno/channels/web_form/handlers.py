"""What the web form channel registers when the product starts."""

from __future__ import annotations

from okno.channels.web_form import holders

__all__ = ["holders"]
