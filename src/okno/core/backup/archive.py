"""The format of a backup: a tar compressed with zstd.

First comes `header.json` (what it is, readable without the rest), then `database.dump` (pg_dump's custom
format), then `files/...`, at last `manifest.json` with the size and SHA-256 of every member before it. An
archive without its last member was cut short.
"""

import hashlib
import io
import json
import tarfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any, cast

import zstandard

FORMAT = 1
HEADER, DATABASE, FILES, MANIFEST = "header.json", "database.dump", "files/", "manifest.json"
_PRODUCT = "okno"
_BLOCK = 1024 * 1024
_DATE = 1

Progress = Callable[[str, int, int], None]
"""Told the name of the stage, the bytes done and the bytes in all (0 when that is not known)."""


class BackupError(Exception):
    """A backup cannot be made or used; `hint` says what a person can do about it."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(f"{message}\n{hint}" if hint else message)
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Header:
    """What a backup says of itself. The fingerprint is of the key that its encrypted values need."""

    format: int
    version: str
    created: str
    server_version: int
    key_fingerprint: str
    with_files: bool


def key_fingerprint(secret_key_file: Path | None) -> str:
    """Sixteen hexadecimal digits that tell two keys apart and do not help to guess one; empty without a key."""
    if secret_key_file is None or not secret_key_file.exists():
        return ""
    key = secret_key_file.read_bytes().strip()
    return hashlib.sha256(b"okno key fingerprint\0" + key).hexdigest()[:16]


class Writer:
    """Writes the members of an archive and remembers their checksums."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._members: dict[str, dict[str, object]] = {}
        self._open = ExitStack()
        compressor = zstandard.ZstdCompressor(level=3, write_checksum=True)
        compressed = self._open.enter_context(compressor.stream_writer(stream, closefd=False))
        self._tar = tarfile.TarFile.open(
            fileobj=cast("IO[bytes]", compressed), mode="w|", format=tarfile.PAX_FORMAT
        )
        self._open.push(self._tar)

    def add(self, name: str, source: IO[bytes], size: int) -> None:
        """Adds exactly `size` bytes of the source."""
        info = tarfile.TarInfo(name)
        info.size, info.mode, info.mtime = size, 0o600, _DATE
        counted = _Counted(source)
        self._tar.addfile(info, cast("IO[bytes]", counted))
        self._members[name] = {"size": size, "sha256": counted.digest.hexdigest()}

    def add_header(self, header: Header) -> None:
        """The first member."""
        data = _json({"product": _PRODUCT, **asdict(header)})
        self.add(HEADER, io.BytesIO(data), len(data))

    def finish(self) -> None:
        """Adds the manifest and ends the stream."""
        data = _json({"format": FORMAT, "members": self._members})
        self.add(MANIFEST, io.BytesIO(data), len(data))
        self._open.close()


class _Counted:
    """A source whose bytes are hashed as they are read."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._source.read(size)
        self.digest.update(data)
        return data


Member = tuple[str, Iterator[bytes]]


@contextmanager
def reading(archive: Path) -> Iterator[tuple[Header, Iterator[Member]]]:
    """The header and then, one after the other, the members with their bytes.

    Every checksum is compared; the last member comes out only when all of them are right.
    """
    try:
        with (
            archive.open("rb") as stream,
            zstandard.ZstdDecompressor().stream_reader(stream, read_across_frames=True) as plain,
            tarfile.open(fileobj=cast("IO[bytes]", plain), mode="r|") as tar,
        ):
            found: dict[str, dict[str, object]] = {}
            entries = iter(tar)
            header = _read_header(tar, next(entries, None), found)
            yield header, _members(tar, entries, found)
    except FileNotFoundError as error:
        raise BackupError(f"There is no file {archive}") from error
    except (tarfile.TarError, zstandard.ZstdError, EOFError) as error:
        raise BackupError(
            f"{archive} is damaged or no backup: {error}", "Nothing was changed. Use another backup."
        ) from error


def inspect(archive: Path) -> Header:
    """What a backup says of itself; reads only its beginning."""
    with reading(archive) as (header, _):
        return header


def verify(archive: Path, progress: Progress | None = None) -> Header:
    """Reads the whole archive and compares every checksum; raises `BackupError` when one is wrong."""
    done = 0
    with reading(archive) as (header, members):
        for _, blocks in members:
            for block in blocks:
                done += len(block)
                if progress:
                    progress("verify", done, 0)
    return header


def _read_header(
    tar: tarfile.TarFile, entry: tarfile.TarInfo | None, found: dict[str, dict[str, object]]
) -> Header:
    if entry is None or entry.name != HEADER or entry.size > _BLOCK:
        raise BackupError("The file is no backup of Okno", "Nothing was changed.")
    data = b"".join(_blocks(tar, entry, found))
    try:
        facts: dict[str, Any] = json.loads(data)
        if facts.pop("product") != _PRODUCT:
            raise BackupError("The file is no backup of Okno", "Nothing was changed.")
        if facts["format"] > FORMAT:
            raise BackupError(
                f"The backup was made by Okno {facts['version']} in a newer format ({facts['format']}) "
                f"than this release reads ({FORMAT})",
                f"Install Okno {facts['version']} or newer.",
            )
        return Header(**facts)
    except (ValueError, KeyError, TypeError) as error:
        raise BackupError(f"The header of the backup cannot be read: {error}", "Nothing was changed.") from error


def _members(
    tar: tarfile.TarFile, entries: Iterator[tarfile.TarInfo], found: dict[str, dict[str, object]]
) -> Iterator[Member]:
    for entry in entries:
        if entry.name == MANIFEST:
            _compare(b"".join(_blocks(tar, entry, {})), found)
            return
        if not _allowed(entry) or entry.name in found:
            raise BackupError(f"The backup holds a member that it must not: {entry.name}", "Nothing was changed.")
        yield entry.name, _blocks(tar, entry, found)
    raise BackupError("The backup was cut short: its end is missing", "Nothing was changed. Use another backup.")


def _allowed(entry: tarfile.TarInfo) -> bool:
    """Only plain files, and none that would be put outside of the files folder."""
    if not entry.isreg():
        return False
    path = PurePosixPath(entry.name)
    inside = entry.name.startswith(FILES) and len(path.parts) > 1 and ".." not in path.parts
    return entry.name == DATABASE or (inside and "\\" not in entry.name and "\0" not in entry.name)


def _blocks(tar: tarfile.TarFile, entry: tarfile.TarInfo, found: dict[str, dict[str, object]]) -> Iterator[bytes]:
    source = tar.extractfile(entry)
    if source is None:
        return
    digest = hashlib.sha256()
    while block := source.read(_BLOCK):
        digest.update(block)
        yield block
    found[entry.name] = {"size": entry.size, "sha256": digest.hexdigest()}


def _compare(manifest: bytes, found: dict[str, dict[str, object]]) -> None:
    try:
        promised = json.loads(manifest)["members"]
    except (ValueError, KeyError, TypeError) as error:
        raise BackupError(f"The list of the backup cannot be read: {error}", "Nothing was changed.") from error
    if promised != found:
        wrong = sorted(name for name in promised.keys() | found.keys() if promised.get(name) != found.get(name))
        raise BackupError(
            f"The backup is damaged, checksums differ: {', '.join(wrong[:5])}",
            "Nothing was changed. Use another backup.",
        )


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()
