"""Pure rules of the knowledge base: who sees what in the tree of sections, what changed between two texts."""

from __future__ import annotations

from okno.knowledge.rules.tree import EVERY_ROLE, Audience, Place, Reader, Right, Tree

__all__ = ["EVERY_ROLE", "Audience", "Place", "Reader", "Right", "Tree"]
