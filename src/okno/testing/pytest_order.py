"""Which test files run side by side, and which first, when ``-n 2 --dist loadfile`` hands them out to workers.

A file stays whole in one worker. All browser tests go to one worker: two browsers at once would starve each other and
what they look at. What takes minutes is begun first (``--no-loadscope-reorder`` keeps the order), so that no worker is
left alone with it at the end.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import PurePosixPath
from typing import Any

import pytest

BROWSER = "test_browser_"
"""How files of browser tests begin."""

FIRST = ("browser", "chaos", "imap", "slow")
"""Marks of slow tests, in the order in which they are begun."""

STARTERS = "okno/config/tests/"
"""Tests that start whole servers stand here."""


def scope_of(nodeid: str) -> str:
    """What stays together: a file, and all files of the browser."""
    file = nodeid.partition("::")[0]
    return "browser" if PurePosixPath(file).name.startswith(BROWSER) else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """The scheduler of files with our idea of what stays together."""
    if config.getvalue("dist") != "loadfile":
        return None
    scheduler: Any = import_module("xdist.scheduler").LoadFileScheduling(config, log)
    scheduler._split_scope = scope_of
    return scheduler


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """By the first mark found in each file; the sort is stable, so that files stay whole and all workers agree."""
    ranks: dict[str, int] = {}
    for item in items:
        file = item.path.as_posix()
        rank = min((at for at, mark in enumerate(FIRST) if item.get_closest_marker(mark)), default=len(FIRST))
        ranks[file] = min(ranks.get(file, len(FIRST)), 1 if STARTERS in file else rank)
    files = list(dict.fromkeys(item.path.as_posix() for item in items))
    place = {file: at for at, file in enumerate(sorted(files, key=lambda file: ranks[file]))}
    items.sort(key=lambda item: place[item.path.as_posix()])
