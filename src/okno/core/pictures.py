"""Pictures that stand for whoever has a key, such as ``agent-7``: packages say which there are."""

from __future__ import annotations

from collections.abc import Callable

_sources: dict[str, Callable[[int], str]] = {}


def pictures_of(kind: str, source: Callable[[int], str]) -> None:
    """Has a package asked for the pictures of this kind of keys: by the number, for a name or nothing."""
    _sources[kind] = source


def picture_of(key: object) -> str:
    """The name under which the picture of this key is handed out; empty where there is none."""
    kind, _dash, number = str(key).partition("-")
    source = _sources.get(kind)
    return source(int(number)) if source is not None and number.isascii() and number.isdigit() else ""
