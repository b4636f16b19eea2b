"""The user of the machine that a server runs as: PostgreSQL refuses to run as root."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from okno.core.embedded.errors import EmbeddedPostgresError, failure


class Identity(TypedDict, total=False):
    """The arguments of `subprocess` that make a child run as a user."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True, slots=True)
class Account:
    """An unprivileged user of the machine."""

    name: str
    uid: int
    gid: int

    def identity(self) -> Identity:
        """What `subprocess` needs to start a program as this user, with no group of the caller."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def reaches(self, folder: Path) -> bool:
        """Whether this user can enter the folder, as the machine itself judges it."""
        try:
            answer = subprocess.run(
                ["/bin/sh", "-c", 'cd -- "$1"', "sh", folder],
                cwd="/",
                check=False,
                capture_output=True,
                **self.identity(),
            )
        except OSError as error:
            raise failure(f"Cannot act as the user {self.name}", f"setgroups: {error}") from error
        return answer.returncode == 0


def identity(account: Account | None) -> Identity:
    """As `Account.identity`; nothing for the caller's own user."""
    return account.identity() if account else {}


def unprivileged() -> Account:
    """The user a server started by root runs as: `postgres` where it exists, else `nobody`."""
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return Account(name, entry.pw_uid, entry.pw_gid)
    raise EmbeddedPostgresError(
        "PostgreSQL does not run as root, and this machine has neither a user postgres nor nobody",
        "Start the program as an ordinary user, or set DATABASE_URL to a server of your own.",
    )


def owner_of(path: Path) -> Account | None:
    """The user whose server this folder belongs to; None when it is the caller's own."""
    stat = path.stat()
    if stat.st_uid == os.geteuid():
        return None
    try:
        name = pwd.getpwuid(stat.st_uid).pw_name
    except KeyError:
        name = str(stat.st_uid)
    return Account(name, stat.st_uid, stat.st_gid)
