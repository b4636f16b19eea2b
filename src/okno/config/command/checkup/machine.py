"""Checks of the machine: folders, key, disk, built files. They need no database."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlparse

from okno.config.command.checkup.finding import Finding, notice, ok, problem

GIGABYTE = 1024**3
LOW, EMPTY = 5 * GIGABYTE, GIGABYTE // 2


def data_folder() -> Iterator[Finding]:
    """The data folder exists and can be written to."""
    folder = Path(os.environ["OKNO_DATA"])
    if not folder.is_dir():
        yield problem(
            "data-folder", f"{folder} does not exist.", "Run `okno setup`, or name the folder with --data."
        )
        return
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        yield problem(
            "data-folder",
            f"{folder} cannot be written to: {error.strerror}.",
            "Run Okno as the user who owns the folder, or free space on its disk.",
        )
        return
    yield ok("data-folder", f"{folder} can be written to.")


def secret_key() -> Iterator[Finding]:
    """There is a key, and nobody else can read it."""
    if os.environ.get("OKNO_SECRET_KEY") or os.environ.get("OKNO_SECRET_KEY_FILE"):
        yield ok("secret-key", "The secret key comes from the environment.")
        return
    file = Path(os.environ["OKNO_DATA"]) / "secret.key"
    if not file.exists():
        yield problem(
            "secret-key",
            f"{file} is missing.",
            "Put it back from where you keep a copy. On a new installation `okno setup` makes one.",
        )
        return
    others = file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    if others:
        yield problem("secret-key", f"{file} can be read by other users of the machine.", f"chmod 600 {file}")
    elif len(file.read_text(encoding="ascii").strip()) < 32:
        yield problem("secret-key", f"{file} is too short to be safe.", "Put the whole key back from your copy.")
    else:
        yield ok("secret-key", f"{file} is there and readable by its owner only.")


def disk_space() -> Iterator[Finding]:
    """There is room for letters and for the database."""
    folder = Path(os.environ["OKNO_DATA"])
    free = shutil.disk_usage(folder if folder.is_dir() else Path.cwd()).free
    said = f"{free / GIGABYTE:.1f} GB are free on the disk of {folder}."
    if free < EMPTY:
        yield problem("disk-space", said, "Free some space soon: without room no letter can be stored.")
    elif free < LOW:
        yield notice("disk-space", said, "Free some space, or move the data folder to a larger disk.")
    else:
        yield ok("disk-space", said)


def files_folder() -> Iterator[Finding]:
    """The folder of attachments and raw letters can be written to."""
    from django.core.files.storage import FileSystemStorage, default_storage

    folder = Path(default_storage.path("")) if isinstance(default_storage, FileSystemStorage) else None
    if folder is None:
        yield ok("files", "Files are kept in a storage outside this machine.")
    elif folder.exists() and not os.access(folder, os.W_OK | os.X_OK):
        yield problem("files", f"{folder} cannot be written to.", "Give it to the user as whom Okno runs.")
    else:
        yield ok("files", f"Files are kept in {folder}.")


def assets() -> Iterator[Finding]:
    """Style sheets and scripts were built."""
    from okno.core.assets import DIST, AssetMissingError, asset

    try:
        asset("app.css")
    except AssetMissingError as error:
        yield problem("assets", str(error), "Install Okno from its package, or run `uv sync` in a checkout.")
    else:
        yield ok("assets", f"Style sheets and scripts are in {DIST}.")


def base_url() -> Iterator[Finding]:
    """The address that letters point to is one that clients can open."""
    from django.conf import settings

    parts = urlparse(settings.BASE_URL)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        yield problem(
            "base-url",
            f"OKNO_BASE_URL={settings.BASE_URL!r} is not an address of pages.",
            "Write it like https://help.example.com",
        )
    elif settings.DEMO:
        yield ok("base-url", f"The demo is at {settings.BASE_URL}.")
    elif parts.hostname in {"localhost", "127.0.0.1", "::1"}:
        yield notice(
            "base-url",
            f"Links in letters lead to {settings.BASE_URL}, which only this machine can open.",
            "Set OKNO_BASE_URL to the address at which people reach Okno.",
        )
    elif parts.scheme == "http":
        yield notice(
            "base-url",
            f"{settings.BASE_URL} is not encrypted: passwords could be read on the way.",
            "Put a proxy with TLS in front, and set OKNO_BASE_URL to its https:// address.",
        )
    else:
        yield ok("base-url", f"Links lead to {settings.BASE_URL}.")


BEFORE_SETTINGS = [data_folder, secret_key, disk_space]
WITH_SETTINGS = [files_folder, assets, base_url]
