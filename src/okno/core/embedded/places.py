"""Where the embedded database of a data folder lives, and whose it is."""

import hashlib
import os
import secrets
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from okno.core.embedded.accounts import Account, owner_of, unprivileged
from okno.core.embedded.errors import EmbeddedPostgresError

SYSTEM_FOLDER = Path("/var/lib/okno")
_POINTER = "postgres.location"
_SOCKET = ".s.PGSQL.5432"
_SOCKET_PATH_LIMIT = 107  # bytes; the kernel's structure has 108 with the final zero


@dataclass(frozen=True, slots=True)
class Place:
    """The folder of one embedded database and the user its server runs as (None: the caller)."""

    home: Path
    account: Account | None

    @property
    def data(self) -> Path:
        """The cluster itself."""
        return self.home / "data"

    @property
    def log(self) -> Path:
        """What the server said while it started; later lines are in `data/log`."""
        return self.home / "start.log"

    @property
    def initialised(self) -> bool:
        """Whether a cluster was made here and finished."""
        return (self.data / "PG_VERSION").exists()


def socket_path(folder: Path) -> Path:
    """The socket that a server makes in its socket folder."""
    return folder / _SOCKET


def existing_place(data_folder: Path) -> Place | None:
    """The place of the database of a data folder, or None when it has none yet."""
    pointer = data_folder / _POINTER
    home = data_folder / "postgres"
    try:
        if pointer.exists():
            home = Path(pointer.read_text().strip())
        place = Place(home, None)
        if not place.initialised:
            return None
        account = owner_of(place.data)
    except PermissionError as error:
        raise _belongs_to_another(home) from error
    if account is not None and os.geteuid() != 0:
        raise _belongs_to_another(home)
    _refuse_copy(data_folder, home)
    return Place(home, account)


def new_place(data_folder: Path, system_folder: Path) -> Place:
    """Makes the folder of a database that does not exist yet.

    It lies in the data folder. Only when the program runs as root and the server's user cannot enter the
    data folder, it lies in the system folder, and the data folder keeps a note that says where.
    """
    home = data_folder / "postgres"
    if os.geteuid() != 0:
        home.mkdir(mode=0o700, exist_ok=True)
        return Place(home, None)
    account = unprivileged()
    if not account.reaches(data_folder):
        home = _system_home(data_folder, system_folder, account)
    home.mkdir(exist_ok=True)
    home.chmod(0o711)
    return Place(home, account)


def socket_folder(place: Place) -> Path:
    """A folder for the socket that only the server's user (and root) can enter, short enough for a socket."""
    uid = place.account.uid if place.account else os.geteuid()
    own = place.home / "run"
    name = f"okno-{hashlib.sha256(bytes(place.home)).hexdigest()[:16]}"
    bases = [Path(os.environ.get("XDG_RUNTIME_DIR", "/run")), Path(tempfile.gettempdir()), Path("/", "tmp")]
    for folder in [own, *(base / name for base in bases)]:
        if len(os.fsencode(socket_path(folder))) > _SOCKET_PATH_LIMIT or {",", '"'} & set(str(folder)):
            continue  # a comma parts two hosts in an address of a database
        if _made_private(folder, uid, place.account):
            return folder
    raise EmbeddedPostgresError(
        f"No folder for the socket of the database: the path of {place.home} is too long",
        "Choose a data folder with a shorter path.",
    )


def _made_private(folder: Path, uid: int, account: Account | None) -> bool:
    """Makes the folder, or accepts one that is surely ours: a stranger may have put it there before us."""
    try:
        folder.mkdir(mode=0o700)
        if account is not None:
            os.chown(folder, account.uid, account.gid)
    except FileExistsError:
        facts = folder.lstat()
        return stat.S_ISDIR(facts.st_mode) and facts.st_uid == uid and not facts.st_mode & 0o077
    except OSError:
        return False
    return True


def _system_home(data_folder: Path, system_folder: Path, account: Account) -> Path:
    home = system_folder / secrets.token_hex(8)
    try:
        if not system_folder.exists():
            system_folder.mkdir(parents=True)
            system_folder.chmod(0o755)
        home.mkdir()
    except OSError as error:
        raise EmbeddedPostgresError(
            f"The user {account.name}, as whom the database runs, can enter neither {data_folder} "
            f"nor a new folder in {system_folder}: {error}",
            "Choose a data folder that every user may enter, or start the program as an ordinary user.",
        ) from error
    if not account.reaches(system_folder):
        home.rmdir()
        raise EmbeddedPostgresError(
            f"The user {account.name}, as whom the database runs, can enter neither {data_folder} "
            f"nor {system_folder}",
            "Choose a data folder that every user may enter, or start the program as an ordinary user.",
        )
    (home / "data-folder").write_text(f"{data_folder}\n")
    pointer = data_folder / _POINTER
    pointer.write_text(f"{home}\n")
    pointer.chmod(0o644)
    return home


def _refuse_copy(data_folder: Path, home: Path) -> None:
    """Refuses a copied data folder whose note leads to the database of the folder it was copied from."""
    note = home / "data-folder"
    if not note.exists():
        return
    first = Path(note.read_text().strip())
    if first == data_folder:
        return
    pointer = first / _POINTER
    if pointer.exists() and pointer.read_text().strip() == str(home):
        raise EmbeddedPostgresError(
            f"{data_folder} is a copy of {first}: its database is still in {home}",
            "Use `okno backup` and `okno restore` to copy an installation.",
        )
    note.write_text(f"{data_folder}\n")


def _belongs_to_another(home: Path) -> EmbeddedPostgresError:
    return EmbeddedPostgresError(
        f"The database in {home} belongs to another user",
        "Start the program as the user who made the data folder, or as root.",
    )
