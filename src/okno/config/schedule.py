"""Every periodic job of the product, in one place."""

from __future__ import annotations
