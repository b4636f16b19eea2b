"""Bringing an installation back from a backup."""

import contextlib
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psycopg
import zstandard
from psycopg import sql

from okno.core.backup.archive import (
    DATABASE,
    FILES,
    BackupError,
    Header,
    Progress,
    key_fingerprint,
    reading,
)
from okno.core.backup.client import Database, open_database
from okno.core.backup.replay import replay
from okno.core.backup.saving import STAGING

_PATIENCE = 3.0  # seconds: a connection that was closed, our own among them, takes a moment to end
_OBJECTS = """
    SELECT count(*) FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
      AND NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.objid = c.oid AND d.deptype = 'e')
"""
_OTHERS = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""
_SCHEMAS = """
    SELECT nspname FROM pg_namespace
    WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema' ORDER BY nspname
"""


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """What was brought back, and what a person should know about it."""

    header: Header
    files: int
    warnings: list[str]


def restore(
    archive: Path,
    database_url: str,
    files_folder: Path | None,
    *,
    version: str,
    secret_key_file: Path | None = None,
    force: bool = False,
    progress: Progress | None = None,
) -> RestoreReport:
    """Checks the whole archive, lays the files beside, then replaces the database in one transaction.

    The database must be empty, or `force` says that everything in it may go. Interrupted at any moment, it
    leaves either the old installation (perhaps with a few more files) or the restored one.
    """
    database = open_database(database_url)
    _check_target(database, force=force)
    try:
        with _staging(archive, files_folder) as staging:
            header, count = _unpack(archive, staging, version, files_folder, progress)
            if files_folder is not None:
                _move_files(staging / "files", files_folder)
            with (
                (staging / DATABASE).open("rb") as spool,
                zstandard.ZstdDecompressor().stream_reader(spool) as dump,
            ):
                replay(database, dump, _clearing(database) if force else "", progress)
            _analyse(database)
    except OSError as error:
        raise BackupError(f"The backup could not be restored: {error}", "The database was not changed.") from error
    return RestoreReport(header, count, _warnings(header, secret_key_file))


def _check_target(database: Database, *, force: bool) -> None:
    with psycopg.connect(database.url, autocommit=True) as connection:
        if _number(connection, _OBJECTS) and not force:
            raise BackupError(
                "The database is not empty",
                "Give an empty database, or allow that everything in it is replaced.",
            )
        end = time.monotonic() + _PATIENCE
        while others := _number(connection, _OTHERS):
            if time.monotonic() > end:
                raise BackupError(f"The database is in use by {others} connections", "Stop Okno, then restore.")
            time.sleep(0.05)


def _number(connection: psycopg.Connection[tuple[object, ...]], query: str) -> int:
    row = connection.execute(query.encode()).fetchone()
    return int(str(row[0])) if row else 0


def _clearing(database: Database) -> str:
    """The commands that empty the database, for the same transaction that fills it."""
    with psycopg.connect(database.url) as connection:
        names = [str(row[0]) for row in connection.execute(_SCHEMAS.encode())]
        drops = [sql.SQL("DROP SCHEMA {} CASCADE;").format(sql.Identifier(name)) for name in names]
        return "\n".join([*(drop.as_string(connection) for drop in drops), "CREATE SCHEMA public;", ""])


def _analyse(database: Database) -> None:
    """A dump holds no statistics, and without them the first queries would be slow."""
    with contextlib.suppress(psycopg.Error), psycopg.connect(database.url, autocommit=True) as connection:
        connection.execute("ANALYZE")


@contextlib.contextmanager
def _staging(archive: Path, files_folder: Path | None) -> Iterator[Path]:
    """A folder on the disk of the files, so that they can be moved; what an earlier restore left goes."""
    base = files_folder if files_folder is not None else archive.absolute().parent
    base.mkdir(parents=True, exist_ok=True)
    for left in base.glob(f"{STAGING}*"):
        shutil.rmtree(left, ignore_errors=True)
    staging = base / f"{STAGING}{secrets.token_hex(8)}"
    staging.mkdir(mode=0o700)
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _unpack(
    archive: Path, staging: Path, version: str, files_folder: Path | None, progress: Progress | None
) -> tuple[Header, int]:
    """Unpacks into the staging folder; comes back only when every checksum was right."""
    count, done, dump_seen = 0, 0, False
    with reading(archive) as (header, members):
        if _numbers(header.version) > _numbers(version):
            raise BackupError(
                f"The backup was made by Okno {header.version}, and this is the older {version}",
                f"Install Okno {header.version} or newer.",
            )
        for name, blocks in members:
            if name.startswith(FILES) and files_folder is None:
                raise BackupError("The backup holds files, and this installation has no folder for them")
            target = staging / name
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as file:
                with _spool(file, compressed=name == DATABASE) as stream:
                    for block in blocks:
                        stream.write(block)
                        done += len(block)
                        if progress:
                            progress("verify", done, 0)
                file.flush()
                os.fsync(file.fileno())
            dump_seen = dump_seen or name == DATABASE
            count += name != DATABASE
    if not dump_seen:
        raise BackupError("The backup holds no database", "Nothing was changed. Use another backup.")
    return header, count


def _spool(file: IO[bytes], *, compressed: bool) -> contextlib.AbstractContextManager[IO[bytes]]:
    """The dump waits compressed, to need little room."""
    if not compressed:
        return contextlib.nullcontext(file)
    return zstandard.ZstdCompressor(level=1).stream_writer(file, closefd=False)


def _move_files(source: Path, target: Path) -> None:
    """Files that the present database names stay, so that it works on if the restore fails after this."""
    for path, _, names in source.walk():
        folder = target / path.relative_to(source)
        folder.mkdir(parents=True, exist_ok=True)
        for name in names:
            (path / name).replace(folder / name)
        _save_folder(folder)


def _save_folder(folder: Path) -> None:
    """Names are on the disk before the database that uses them."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _warnings(header: Header, secret_key_file: Path | None) -> list[str]:
    present = key_fingerprint(secret_key_file)
    if header.key_fingerprint and header.key_fingerprint != present:
        own = present or "none"
        text = (
            f"The secret key of this installation ({own}) is not the one the backup was made with "
            f"({header.key_fingerprint}): put the right key into place, or enter the passwords of mailboxes "
            "and channels again."
        )
        return [text]
    return []


def _numbers(version: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", version)[:3]]
