"""One archive with the database and the files of an installation. Knows nothing of Django."""

from okno.core.backup.archive import BackupError, Header, inspect, verify
from okno.core.backup.restoring import RestoreReport, restore
from okno.core.backup.saving import BackupReport, backup

__all__ = [
    "BackupError",
    "BackupReport",
    "Header",
    "RestoreReport",
    "backup",
    "inspect",
    "restore",
    "verify",
]
