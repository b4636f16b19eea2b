"""What the package of people registers when the product starts."""

from __future__ import annotations

from okno.people import attributes, holders

__all__ = ["attributes", "holders"]
