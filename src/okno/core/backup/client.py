"""PostgreSQL's own programs, talked into using a given database without its password on a command line."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import conninfo, pq

from okno.core.backup.archive import BackupError
from okno.core.embedded import program


@dataclass(frozen=True, slots=True)
class Database:
    """A database that answers: its address, the version of its server (170002), and whether TLS is used."""

    url: str
    server_version: int
    encrypted: bool

    @property
    def environment(self) -> dict[str, str]:
        """The environment with which PostgreSQL's programs reach this database and no other."""
        names = {option.keyword.decode(): option.envvar for option in pq.Conninfo.get_defaults()}
        settings = {
            envvar.decode(): str(value)
            for key, value in conninfo.conninfo_to_dict(self.url).items()
            if value is not None and (envvar := names.get(key)) is not None
        }
        plain = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
        return plain | {"LC_ALL": "C", "PGCLIENTENCODING": "UTF8"} | settings

    def tool(self, name: str) -> Path:
        """The program to use.

        Ours speak no TLS. A connection that is encrypted stays so: there a program of the machine is used, and
        it must not be older than the server.
        """
        if not self.encrypted:
            return program(name)
        major = self.server_version // 10000
        for candidate in _installed(name):
            if _major(candidate) >= major:
                return candidate
        raise BackupError(
            f"The connection to the database is encrypted, which needs a {name} of PostgreSQL {major} or newer "
            "on this machine",
            f"Install the client programs (Debian: apt install postgresql-client-{major}).",
        )


def open_database(url: str) -> Database:
    """Connects once, to learn what the database is and to fail early and clearly."""
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            return Database(url, connection.info.server_version, connection.pgconn.ssl_in_use)
    except psycopg.OperationalError as error:
        raise BackupError(f"Cannot reach the database: {error}".strip(), "Check DATABASE_URL.") from error


def _installed(name: str) -> list[Path]:
    found = shutil.which(name)
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    return [*([Path(found)] if found else []), *versions]


def _major(path: Path) -> int:
    answer = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)
    found = re.search(r"\) (\d+)", answer.stdout)
    return int(found[1]) if found else 0
