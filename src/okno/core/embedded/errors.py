"""The one error of the embedded database."""

from pathlib import Path

_HINTS = (
    ("No space left on device", "The disk is full: free some space on it and start again."),
    ("Disk quota exceeded", "The disk quota of this user is used up: free some space and start again."),
    ("Read-only file system", "The folder is on a read-only disk: choose another data folder."),
    (
        "could not create any Unix-domain sockets",
        "The disk of the data folder takes no sockets: choose a data folder on a local disk.",
    ),
    (
        "pre-existing shared memory block",
        "Processes of an earlier run are still ending: wait a few seconds and start again.",
    ),
    ("could not resize shared memory", "Give the container more shared memory (--shm-size=256m)."),
    (
        "could not look up effective user ID",
        "This user has no name: give it an entry in /etc/passwd, or set DATABASE_URL to another server.",
    ),
    (
        "setgroups",
        "The program is started as root but may not become another user: start it as an ordinary user.",
    ),
    ("Permission denied", "Start it as the user who owns the data folder, or choose another data folder."),
    ("Operation not permitted", "Start it as the user who owns the data folder, not as a limited root."),
)


class EmbeddedPostgresError(Exception):
    """The embedded database cannot do what was asked; `hint` says what a person can do about it."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(f"{message}\n{hint}" if hint else message)
        self.message = message
        self.hint = hint


def failure(what: str, output: str, log: Path | None = None) -> EmbeddedPostgresError:
    """An error with the last lines the server said and the hint that belongs to them."""
    tail = "\n".join(output.strip().splitlines()[-12:])
    hint = next((hint for phrase, hint in _HINTS if phrase in output), "")
    if not hint and log is not None:
        hint = f"The whole log is in {log}."
    return EmbeddedPostgresError(f"{what}: {tail}" if tail else what, hint)
