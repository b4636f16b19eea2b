"""Brings the catalogues of translations up to date, or checks that they are complete.

uv run python tools/catalogues.py update   new strings into every catalogue, old ones out
uv run python tools/catalogues.py check    fails when a string has no translation, or a broken one
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "okno"
LANGUAGES = ("en", "ru", "uk", "pl")
METHODS = [("**.py", "python"), ("templates/**.jinja", "jinja2"), ("templates/**.html", "jinja2")]
JINJA = {"encoding": "utf-8", "trimmed": "true", "extensions": "jinja2.ext.do"}
OPTIONS = {"templates/**.jinja": JINJA, "templates/**.html": JINJA}
PLURAL, CONTEXT = (1, 2), ((1, "c"), 2)
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": PLURAL,
    "ngettext_lazy": PLURAL,
    "pgettext": CONTEXT,
}
NOT_FOR_PEOPLE = {"tests", "styleguide", "testing", "static", "__pycache__"}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")


def template() -> Catalog:
    """All strings of the source, freshly extracted."""
    catalog = Catalog(project="Okno")
    found = extract_from_dir(
        PACKAGE, METHODS, OPTIONS, KEYWORDS, directory_filter=lambda path: Path(path).name not in NOT_FOR_PEOPLE
    )
    for _file, _line, message, _comments, context in found:
        catalog.add(message, context=context)
    return catalog


def path_of(language: str) -> Path:
    return PACKAGE / "locale" / language / "LC_MESSAGES" / "django.po"


def catalogue(language: str) -> Catalog:
    """The catalogue of a language; an empty one when there is none yet."""
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language, project="Okno")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update() -> None:
    """Merges new strings in; nothing is guessed from similar ones."""
    fresh = template()
    for language in LANGUAGES:
        known = catalogue(language)
        known.update(fresh, no_fuzzy_matching=True)
        known.fuzzy = False
        known.header_comment = f"# Okno in {known.locale.get_display_name('en')}." if known.locale else ""
        path_of(language).parent.mkdir(parents=True, exist_ok=True)
        with path_of(language).open("wb") as file:
            write_po(file, known, no_location=True, ignore_obsolete=True, width=116, sort_output=True)


def problem_of(message: Message, language: str) -> str:
    """What is wrong with one translation, or nothing."""
    sources = message.id if isinstance(message.id, (list, tuple)) else (message.id,)
    translations = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
    if language != "en" and not all(translations):
        return "not translated"
    wanted = set(PLACEHOLDER.findall(sources[-1]))
    for translation in filter(None, translations):
        present = set(PLACEHOLDER.findall(translation))
        if present - wanted or (len(sources) == 1 and present != wanted):
            return "has other placeholders"
    return "fuzzy" if message.fuzzy else ""


def check() -> int:
    """Names what is missing, language by language; how many problems there are."""
    fresh = {message.id for message in template() if message.id}
    trouble = 0
    for language in LANGUAGES:
        known = {message.id: message for message in catalogue(language) if message.id}
        lines = [f"not in the catalogue: {each!r}" for each in fresh - known.keys()]
        for each in fresh & known.keys():
            problem = problem_of(known[each], language)
            lines += [f"{problem}: {each!r}"] if problem else []
        trouble += len(lines)
        print(f"{language}: {len(fresh)} strings, {len(lines)} problems")
        print("".join(f"  {line}\n" for line in lines[:20]), end="")
    return trouble


if __name__ == "__main__":
    if sys.argv[1:] == ["update"]:
        update()
    elif sys.argv[1:] == ["check"]:
        sys.exit(1 if check() else 0)
    else:
        sys.exit(__doc__)
