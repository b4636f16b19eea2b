"""The files of an embedded database: made once, checked before every start."""

import os
import shutil
import subprocess
from pathlib import Path

from okno.core.embedded.accounts import Account, identity
from okno.core.embedded.binaries import installation_for, major_version
from okno.core.embedded.errors import EmbeddedPostgresError, failure
from okno.core.embedded.places import Place

SUPERUSER = "postgres"
_IMPOSSIBLE_PID = 2**30  # above the largest process number of every system

# Written into postgresql.conf once, where an administrator can change them.
_SETTINGS = {
    "shared_buffers": "128MB",
    "effective_cache_size": "1GB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "max_connections": "100",
    "random_page_cost": "1.1",
    "jit": "off",
    "wal_compression": "pglz",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
    "log_checkpoints": "off",
    # Seven files, one a weekday, each written over a week later: the log never fills the disk.
    "logging_collector": "on",
    "log_directory": "log",
    "log_filename": "postgresql-%a.log",
    "log_rotation_age": "1d",
    "log_rotation_size": "0",
    "log_truncate_on_rotation": "on",
}
# A server of tests forgets everything at its end, so it need not save anything.
_FLEETING_SETTINGS = _SETTINGS | {
    "max_connections": "300",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "1h",
    "wal_compression": "off",
    "io_method": "sync",
    "logging_collector": "off",
    "log_min_messages": "fatal",
}


def prepare(place: Place, *, durable: bool) -> Path:
    """Makes the cluster when there is none, refuses one of another major version; the `postgres` program."""
    software = installation_for(place.account, place.home)
    if place.initialised:
        _check_version(place)
        _clear_foreign_process_number(place)
    else:
        _initialise(place, software, durable=durable)
    return software / "bin" / "postgres"


def _check_version(place: Place) -> None:
    found = (place.data / "PG_VERSION").read_text().strip()
    ours = major_version()
    if found != ours:
        raise EmbeddedPostgresError(
            f"The database in {place.data} is of PostgreSQL {found}; this release brings PostgreSQL {ours}",
            "Run `okno backup` with the release that made it, move the folder away, "
            "and run `okno restore` with this release.",
        )


def _initialise(place: Place, software: Path, *, durable: bool) -> None:
    """Makes the cluster under another name first: an interrupted first start leaves nothing half-made."""
    unfinished = place.home / "data.new"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    if place.account is not None:
        os.chown(unfinished, place.account.uid, place.account.gid)
    answer = _initdb(software, unfinished, place.account, durable=durable, characters="C.UTF-8")
    if answer.returncode != 0 and "invalid locale name" in answer.stderr:
        answer = _initdb(software, unfinished, place.account, durable=durable, characters="en_US.UTF-8")
    if answer.returncode != 0:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise failure("PostgreSQL could not make its database", answer.stderr or answer.stdout)
    unfinished.rename(place.data)


def _initdb(
    software: Path, folder: Path, account: Account | None, *, durable: bool, characters: str
) -> subprocess.CompletedProcess[str]:
    """The built-in locale is the same on every machine; `characters` is what trigrams take for a letter."""
    settings = _SETTINGS if durable else _FLEETING_SETTINGS
    return subprocess.run(
        [
            software / "bin" / "initdb",
            f"--pgdata={folder}",
            f"--username={SUPERUSER}",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
            f"--lc-ctype={characters}",
            "--auth-local=trust",
            "--auth-host=reject",
            "--data-checksums" if durable else "--no-data-checksums",
            *([] if durable else ["--no-sync"]),
            *(f"--set={name}={value}" for name, value in settings.items()),
        ],
        cwd="/",
        env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
        check=False,
        capture_output=True,
        text=True,
        **identity(account),
    )


def _clear_foreign_process_number(place: Place) -> None:
    """Lets a server start after a crash when its old process number now belongs to another program.

    PostgreSQL would take that program for itself and refuse (a restarted container reuses low numbers). The
    file is kept, because PostgreSQL also reads from it whether processes of the old server still live.
    """
    file = place.data / "postmaster.pid"
    try:
        first, *rest = file.read_text().splitlines()
        running = Path(f"/proc/{int(first)}/cwd").readlink()
    except (OSError, ValueError):
        return
    if running == place.data.resolve():
        return
    changed = file.with_name("postmaster.pid.new")
    changed.unlink(missing_ok=True)
    with changed.open("x") as new:  # never through a link: the folder belongs to another user
        new.write("\n".join([str(_IMPOSSIBLE_PID), *rest, ""]))
        os.fchmod(new.fileno(), 0o600)
        if place.account is not None:
            os.fchown(new.fileno(), place.account.uid, place.account.gid)
    changed.rename(file)
