"""A PostgreSQL server as an operator has one: over TCP on loopback, with a user and a password."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

from okno.config.tests.processes import free_port, wait_until
from okno.core.embedded.accounts import identity, unprivileged
from okno.core.embedded.binaries import installation_for

PASSWORD = "correct horse"


@contextmanager
def real_server(folder: Path) -> Iterator[str]:
    """The address of an empty database; the role owns it and is nothing more."""
    account = unprivileged() if os.geteuid() == 0 else None
    software = installation_for(account, folder) / "bin"
    data, secret, port = folder / "server", folder / "password", free_port()
    data.mkdir(mode=0o700)
    secret.write_text("of-the-superuser")
    if account:
        for path in (data, secret):
            os.chown(path, account.uid, account.gid)
    initdb = [software / "initdb", "-D", data, "-U", "postgres", "-A", "scram-sha-256", f"--pwfile={secret}"]
    options = [*initdb, "-E", "UTF8", "--locale=C", "--no-sync"]
    subprocess.run(options, check=True, cwd="/", capture_output=True, **identity(account))
    command = [
        software / "postgres",
        "-D",
        data,
        "-p",
        str(port),
        "-c",
        "listen_addresses=127.0.0.1",
        "-c",
        "fsync=off",
    ]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [*command, "-c", "unix_socket_directories="], cwd="/", stdout=log, stderr=log, **identity(account)
        )
    try:
        owner = f"postgresql://postgres:of-the-superuser@127.0.0.1:{port}/postgres"
        wait_until(lambda: _answers(owner), "the server", log=folder / "server.log")
        with psycopg.connect(owner, autocommit=True) as connection:
            connection.execute(f"CREATE ROLE helpdesk LOGIN PASSWORD '{PASSWORD}'")
            connection.execute("CREATE DATABASE helpdesk OWNER helpdesk")
        yield f"postgresql://helpdesk:{PASSWORD.replace(' ', '%20')}@127.0.0.1:{port}/helpdesk"
    finally:
        server.terminate()
        with suppress(subprocess.TimeoutExpired):
            server.wait(20)
        server.kill()


def _answers(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True
