"""Brings the catalogues of translations up to date, or checks that they are complete.

    uv run python tools/catalogues.py update   new strings into every catalogue, old ones out
    uv run python tools/catalogues.py check    fails when a string has no translation, or a broken one
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "src" / "okno" / "locale"
LANGUAGES = ("en", "ru", "uk", "pl")
KEYWORDS = ["_", "gettext", "gettext_lazy", "gettext_noop", "ngettext:1,2", "ngettext_lazy:1,2", "pgettext:1c,2"]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def template() -> Path:
    """All strings of the source, freshly extracted."""
    target = Path(tempfile.mkdtemp()) / "okno.pot"
    keywords = [part for keyword in KEYWORDS for part in ("-k", keyword)]
    command = [sys.executable, "-m", "babel.messages.frontend", "extract", "-F", "babel.cfg", *keywords, "--no-location"]
    ignored = ["--ignore-dirs", "tests styleguide .* node_modules"]
    subprocess.run([*command, *ignored, "--omit-header", "-q", "-o", target, "."], cwd=ROOT, check=True)
    return target


def update() -> None:
    """Merges new strings in; nothing is guessed from similar ones."""
    source = template()
    for language in LANGUAGES:
        path = LOCALE / language / "LC_MESSAGES" / "django.po"
        verb = "update" if path.exists() else "init"
        path.parent.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "babel.messages.frontend", verb, "-i", source, "-o", path, "-l", language, "-q"]
        options = ["--no-fuzzy-matching", "--ignore-obsolete"] if verb == "update" else []
        subprocess.run([*command, *options], cwd=ROOT, check=True)


def catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def problems_of(message: Message, language: str) -> list[str]:
    """What is wrong with one translation."""
    if not message.id:
        return []
    sources = message.id if isinstance(message.id, (list, tuple)) else (message.id,)
    translations = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
    if language != "en" and not all(translations):
        return ["not translated"]
    wanted = set(PLACEHOLDER.findall(sources[-1]))
    found = []
    for translation in filter(None, translations):
        if not set(PLACEHOLDER.findall(translation)) <= wanted:
            found.append("has other placeholders")
    if language != "en" and len(sources) == 1 and set(PLACEHOLDER.findall(translations[0])) != wanted:
        found.append("has other placeholders")
    return found


def check() -> int:
    """Counts and names what is missing."""
    fresh = {message.id for message in catalogue(template()) if message.id}
    trouble = 0
    for language in LANGUAGES:
        known = catalogue(LOCALE / language / "LC_MESSAGES" / "django.po")
        present = {message.id for message in known if message.id}
        lines = [f"not in the catalogue: {each!r}" for each in fresh - present]
        lines += [f"{why}: {m.id!r}" for m in known if m.id in fresh for why in problems_of(m, language)]
        lines += [f"fuzzy: {m.id!r}" for m in known if m.fuzzy and m.id]
        trouble += len(lines)
        print(f"{language}: {len(present)} strings, {len(lines)} problems")
        for line in lines[:20]:
            print("  ", line)
    return trouble


if __name__ == "__main__":
    if sys.argv[1:] == ["update"]:
        update()
    elif sys.argv[1:] == ["check"]:
        sys.exit(1 if check() else 0)
    else:
        sys.exit(__doc__)
