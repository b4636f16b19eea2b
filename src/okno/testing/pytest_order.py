"""Files that take minutes are begun first, so that no worker is left alone with them at the end of a run.

With ``--dist loadfile --no-loadscope-reorder`` files are handed out in the order of collection; within a file nothing
changes.
"""

from __future__ import annotations

import pytest

FIRST = ("chaos", "imap", "slow", "browser")
"""Marks of slow tests, the slowest first."""

STARTERS = "okno/config/tests/"
"""Tests that start whole servers stand here."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """By the slowest mark in each file; the sort is stable, so that files stay whole and all workers agree."""
    ranks: dict[str, int] = {}
    for item in items:
        file = item.path.as_posix()
        rank = min((at for at, mark in enumerate(FIRST) if item.get_closest_marker(mark)), default=len(FIRST))
        ranks[file] = min(ranks.get(file, len(FIRST)), 0 if STARTERS in file else rank)
    files = list(dict.fromkeys(item.path.as_posix() for item in items))
    place = {file: at for at, file in enumerate(sorted(files, key=lambda file: ranks[file]))}
    items.sort(key=lambda item: place[item.path.as_posix()])
