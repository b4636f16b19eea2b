"""Playing a dump into a database, all of it or nothing."""

import contextlib
import re
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from okno.core.backup.archive import BackupError, Progress
from okno.core.backup.client import Database
from okno.core.embedded import program

_BLOCK = 1024 * 1024
_HEAD = 100  # lines in which a script sets up its session
_TAIL = 512  # bytes in which it says goodbye
_UNRESTRICT = re.compile(rb"^\\unrestrict \w+\s*\Z", re.MULTILINE)


def replay(database: Database, dump: IO[bytes], before: str, progress: Progress | None) -> None:
    """Runs `before` and the dump in one transaction.

    `pg_restore` only translates, `psql` executes: so the clearing shares the transaction, and what newer
    programs say that older servers do not know can be left out. The commit is sent only when the whole dump
    was translated; a reader that simply came to the end of a broken pipe would commit half.
    """
    psql = database.tool("psql")
    with tempfile.TemporaryFile() as complaints, contextlib.ExitStack() as running:
        translate = running.enter_context(
            _program(
                [program("pg_restore"), "--no-owner", "--no-privileges", "--file=-"],
                output=subprocess.PIPE,
                complaints=complaints,
                env={"LC_ALL": "C"},
            )
        )
        execute = running.enter_context(
            _program(
                [psql, "--no-psqlrc", "--quiet", "--no-password", "--set=ON_ERROR_STOP=1", "--file=-"],
                output=subprocess.DEVNULL,
                complaints=complaints,
                env=database.environment,
            )
        )
        feeder = threading.Thread(target=_feed, args=(dump, translate.stdin, progress))
        feeder.start()
        try:
            done = _pass_on(database, translate, execute, before)
        finally:
            for process in (execute, translate):
                process.kill()
            feeder.join()
        if not done:
            complaints.seek(0)
            lines = complaints.read().decode(errors="replace").strip().splitlines()
            raise BackupError(
                "The database refused the backup: " + "\n".join(lines[:6]), "The database was not changed."
            )


@contextlib.contextmanager
def _program(
    argv: list[str | Path], *, output: int, complaints: IO[bytes], env: dict[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    """A program that does not outlive the block, even when its input broke."""
    process = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=output, stderr=complaints, env=env)
    try:
        yield process
    finally:
        process.kill()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        process.wait()


def _pass_on(
    database: Database, translate: subprocess.Popen[bytes], execute: subprocess.Popen[bytes], before: str
) -> bool:
    """Whether everything was executed and committed."""
    source, target = translate.stdout, execute.stdin
    if source is None or target is None:
        return False
    try:
        target.write(f"BEGIN;\n{before}".encode())
        for _ in range(_HEAD):
            line = source.readline()
            if not _foreign(database, line):
                target.write(line)
        held = b""
        while block := source.read(_BLOCK):
            script = held + block
            target.write(script[:-_TAIL])
            held = script[-_TAIL:]
        if translate.wait() != 0:
            return False
        target.write(_UNRESTRICT.sub(b"", held) if database.encrypted else held)
        target.write(b"COMMIT;\n")
        target.close()
    except BrokenPipeError:
        execute.wait()
        return False
    return execute.wait() == 0


def _foreign(database: Database, line: bytes) -> bool:
    """What the head of a script may say that an older server, or an older program of the machine, refuses."""
    if line.startswith(b"SET transaction_timeout"):
        return database.server_version < 170000
    return line.startswith(b"\\restrict ") and database.encrypted


def _feed(dump: IO[bytes], target: IO[bytes] | None, progress: Progress | None) -> None:
    """Gives the dump to the translator; when that has ended, it tells why itself."""
    if target is None:
        return
    done = 0
    with contextlib.suppress(OSError, ValueError), target:
        while block := dump.read(_BLOCK):
            target.write(block)
            done += len(block)
            if progress:
                progress("restore", done, 0)
