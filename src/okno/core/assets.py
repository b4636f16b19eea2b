"""Where the built frontend files are: the bundler's manifest, read once (or when it changes in DEBUG)."""

from __future__ import annotations

import json
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static

DIST = Path(__file__).resolve().parent.parent / "static" / "dist"


class AssetMissingError(Exception):
    """The frontend was not built, or has no such entry."""


class Manifest:
    """The entries of one built frontend. They cannot change while a server runs, except in DEBUG."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._changed = -1.0
        self._files: dict[str, str] = {}

    def file(self, name: str) -> str:
        """The built file of an entry, with its hash, relative to the manifest."""
        if not self._files or settings.DEBUG:
            self._refresh()
        try:
            return self._files[name]
        except KeyError:
            known = ", ".join(sorted(self._files))
            raise AssetMissingError(f"The frontend has no entry {name!r}; it has {known}.") from None

    def _refresh(self) -> None:
        try:
            changed = self.path.stat().st_mtime
        except FileNotFoundError:
            raise AssetMissingError(
                f"{self.path} is missing. Build the frontend: `uv sync`, or `npm run build` in frontend/."
            ) from None
        if changed != self._changed:
            self._files, self._changed = read(self.path), changed


def read(manifest: Path) -> dict[str, str]:
    """Entry names without their source folder: ``js/app.js`` is known as ``app.js``."""
    entries = json.loads(manifest.read_text(encoding="utf-8"))
    return {Path(source).name: entry["file"] for source, entry in entries.items() if entry.get("isEntry")}


BUILT = Manifest(DIST / "manifest.json")


def asset(name: str) -> str:
    """The URL of an entry of the frontend, for example ``asset("app.js")`` or ``asset("app.css")``."""
    return static(f"dist/{BUILT.file(name)}")
