"""What the configuration registers when the product starts."""

from __future__ import annotations

from okno.workflow import attributes
from okno.workflow.operations import holders

__all__ = ["attributes", "holders"]
