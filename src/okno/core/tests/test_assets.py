"""The manifest of the built frontend."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from okno.core.assets import AssetMissingError, Manifest


def write(path: Path, name: str) -> None:
    entries = {
        "js/app.js": {"file": f"assets/{name}.js", "isEntry": True},
        "_shared.js": {"file": "assets/shared.js"},
    }
    path.write_text(json.dumps(entries), encoding="utf-8")


def test_entry_is_known_by_its_source_name(tmp_path: Path) -> None:
    write(tmp_path / "manifest.json", "app-1")
    assert Manifest(tmp_path / "manifest.json").file("app.js") == "assets/app-1.js"


def test_unknown_entry_says_what_there_is(tmp_path: Path) -> None:
    write(tmp_path / "manifest.json", "app-1")
    with pytest.raises(AssetMissingError, match=r"'other\.js'; it has app\.js"):
        Manifest(tmp_path / "manifest.json").file("other.js")


def test_missing_manifest_says_how_to_build(tmp_path: Path) -> None:
    with pytest.raises(AssetMissingError, match="uv sync"):
        Manifest(tmp_path / "manifest.json").file("app.js")


@pytest.mark.parametrize(("debug", "shown"), [(True, "assets/app-2.js"), (False, "assets/app-1.js")])
def test_new_build_is_seen_in_debug(tmp_path: Path, settings: Settings, debug: bool, shown: str) -> None:
    settings.DEBUG = debug
    path = tmp_path / "manifest.json"
    manifest = Manifest(path)
    write(path, "app-1")
    manifest.file("app.js")
    write(path, "app-2")
    os.utime(path, (1, 1))
    assert manifest.file("app.js") == shown
