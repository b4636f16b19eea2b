"""Making a backup while the installation works."""

import contextlib
import errno
import os
import secrets
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, cast

import zstandard

from okno.core.backup.archive import (
    DATABASE,
    FILES,
    FORMAT,
    BackupError,
    Header,
    Progress,
    Writer,
    key_fingerprint,
)
from okno.core.backup.client import Database, open_database

STAGING = ".restore-"  # begins the names of folders that a restore works in
_BLOCK = 1024 * 1024
_LEFT_OUT = ("django_session",)
"""Tables whose rows are not saved: a session lets whoever reads it in, so everybody signs in again (T28)."""


@dataclass(frozen=True, slots=True)
class BackupReport:
    """What was saved; sizes in bytes."""

    target: Path
    size: int
    database_size: int
    files: int
    files_size: int


def backup(
    database_url: str,
    files_folder: Path | None,
    secret_key_file: Path | None,
    target: Path,
    version: str,
    *,
    progress: Progress | None = None,
) -> BackupReport:
    """Saves the database and the files into one new archive that only its owner can read.

    The database is taken first, as of one moment; files are never changed once written, so every file that
    the database names exists when the files are taken. The secret key is left out: keep it elsewhere.
    """
    target = target.absolute()
    if target.exists():
        raise BackupError(f"{target} exists already", "Give another name: a backup is never written over.")
    if files_folder is not None and target.is_relative_to(files_folder.resolve()):
        raise BackupError(f"{target} lies in the folder that is saved", "Give another folder.")
    job = _Job(open_database(database_url), files_folder, secret_key_file, target, version, progress)
    unfinished = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            report = job.write(stream)
            stream.flush()
            os.fsync(stream.fileno())
        _publish(unfinished, target)
    except OSError as error:
        raise _explained(error, target) from error
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink()
    return report


@dataclass(frozen=True, slots=True)
class _Job:
    database: Database
    files_folder: Path | None
    secret_key_file: Path | None
    target: Path
    version: str
    progress: Progress | None

    def write(self, stream: IO[bytes]) -> BackupReport:
        writer = Writer(stream)
        writer.add_header(
            Header(
                format=FORMAT,
                version=self.version,
                created=datetime.now(UTC).isoformat(timespec="seconds"),
                server_version=self.database.server_version,
                key_fingerprint=key_fingerprint(self.secret_key_file),
                with_files=self.files_folder is not None,
            )
        )
        with tempfile.TemporaryFile(dir=self.target.parent) as spool:
            size = _dump(self.database, spool, self.progress)
            spool.seek(0)
            with zstandard.ZstdDecompressor().stream_reader(spool, closefd=False) as plain:
                writer.add(DATABASE, cast("IO[bytes]", plain), size)
        count, files_size = self._add_files(writer)
        writer.finish()
        return BackupReport(self.target, stream.tell(), size, count, files_size)

    def _add_files(self, writer: Writer) -> tuple[int, int]:
        count, size = 0, 0
        for name, path in _files(self.files_folder, self.secret_key_file):
            with contextlib.suppress(FileNotFoundError), path.open("rb") as source:  # removed since the listing
                length = os.fstat(source.fileno()).st_size
                writer.add(f"{FILES}{name}", source, length)
                count, size = count + 1, size + length
                if self.progress:
                    self.progress("files", size, 0)
        return count, size


def _dump(database: Database, spool: IO[bytes], progress: Progress | None) -> int:
    """Writes the compressed dump into the spool; its plain size, which a tar must know beforehand."""
    size = 0
    with (
        tempfile.TemporaryFile() as complaints,
        zstandard.ZstdCompressor(level=1).stream_writer(spool, closefd=False) as compressed,
        subprocess.Popen(
            [
                *(database.tool("pg_dump"), "--format=custom", "--compress=0", "--no-password"),
                *(f"--exclude-table-data={table}" for table in _LEFT_OUT),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=complaints,
            env=database.environment,
        ) as process,
    ):
        try:
            while process.stdout and (block := process.stdout.read(_BLOCK)):
                compressed.write(block)
                size += len(block)
                if progress:
                    progress("database", size, 0)
        except BaseException:
            process.kill()
            raise
        if process.wait() != 0:
            complaints.seek(0)
            raise BackupError(f"The database could not be saved: {_last_lines(complaints)}")
    return size


def _files(folder: Path | None, secret_key_file: Path | None) -> Iterator[tuple[str, Path]]:
    """Every plain file of the folder but the secret key, with its relative name."""
    if folder is None or not folder.is_dir():
        return
    key = secret_key_file.resolve() if secret_key_file else None
    for path, folders, names in folder.walk(on_error=_raise):
        folders[:] = sorted(name for name in folders if not name.startswith(STAGING))
        for name in sorted(names):
            file = path / name
            if file.is_file() and not file.is_symlink() and file.resolve() != key:
                yield file.relative_to(folder).as_posix(), file


def _raise(error: OSError) -> None:
    raise error


def _publish(unfinished: Path, target: Path) -> None:
    """Gives the finished archive its name, never taking the name of another file."""
    try:
        os.link(unfinished, target)
    except FileExistsError as error:
        raise BackupError(f"{target} exists already", "Give another name.") from error
    except OSError:  # a disk without second names
        if target.exists():
            raise BackupError(f"{target} exists already", "Give another name.") from None
        unfinished.rename(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _explained(error: OSError, target: Path) -> BackupError:
    hints = {
        errno.ENOSPC: "The disk is full: free some space or give a folder on another disk.",
        errno.EDQUOT: "The disk quota is used up: give a folder on another disk.",
        errno.EACCES: "Run it as a user who may read the data folder and write the archive.",
        errno.ENOENT: "Make the folder first.",
    }
    return BackupError(f"Cannot write {target}: {error}", hints.get(error.errno or 0, ""))


def _last_lines(complaints: IO[bytes]) -> str:
    return "\n".join(complaints.read().decode(errors="replace").strip().splitlines()[-6:])
