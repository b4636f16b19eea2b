"""Backups of real databases: the round trip, damaged archives, interruptions, other servers."""

import contextlib
import hashlib
import io
import json
import os
import secrets
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
import zstandard

from okno.core.backup import BackupError, backup, inspect, restore, verify
from okno.core.backup import archive as archive_format
from okno.core.backup.client import open_database
from okno.core.embedded import EmbeddedPostgres

KEY = b"the-secret-key-of-the-installation"
PASSWORD = "p4ss-in-the-address"
MakeDatabase = Callable[[], str]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    folder = Path(tempfile.mkdtemp(prefix="okno-backup-"))
    folder.chmod(0o711)
    with EmbeddedPostgres(folder, durable=False) as running:
        yield running.start()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def new_database(server: str) -> MakeDatabase:
    def make() -> str:
        name = f"db_{secrets.token_hex(4)}"
        run(server, f"CREATE DATABASE {name}")
        return server.replace("@/okno?", f":{PASSWORD}@/{name}?")

    return make


@pytest.fixture(scope="module")
def installation(new_database: MakeDatabase, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path, Path]:
    """What the tests save and never change."""
    url = new_database()
    run(
        url,
        "CREATE EXTENSION pg_trgm",
        "CREATE SCHEMA side",
        "CREATE TABLE ticket (number bigserial PRIMARY KEY, subject text NOT NULL)",
        "CREATE INDEX ON ticket USING gin (subject gin_trgm_ops) WHERE number < 500",
        "CREATE TABLE side.note (ticket bigint REFERENCES ticket)",
        "CREATE FUNCTION shout(text) RETURNS text LANGUAGE sql AS 'SELECT upper($1)'",
        r"INSERT INTO ticket (subject) SELECT 'Принтер «Łódź» \ № ' || n || md5(n::text) FROM generate_series(1, 30000) n",
        "INSERT INTO side.note SELECT 7",
    )
    files = tmp_path_factory.mktemp("installation") / "files"
    for content in (b"first", b"", os.urandom(300_000)):
        name = hashlib.sha256(content).hexdigest()
        file = files / name[:2] / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    key = files / "secret.key"
    key.write_bytes(KEY)
    return url, files, key


def run(url: str, *commands: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for command in commands:
            connection.execute(command.encode())


def ask(url: str, query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(query.encode()).fetchall()


def content(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def make(installation: tuple[str, Path, Path], target: Path, version: str = "1.2.0") -> Path:
    url, files, key = installation
    backup(url, files, key, target, version)
    return target


def test_round_trip_brings_everything_back_but_the_key(
    installation: tuple[str, Path, Path], new_database: MakeDatabase, tmp_path: Path
) -> None:
    url, files, key = installation
    stages = set()
    report = backup(
        url, files, key, tmp_path / "a.okno", "1.2.0", progress=lambda stage, done, total: stages.add(stage)
    )
    assert stages == {"database", "files"}
    assert report.files == 3
    assert report.size == report.target.stat().st_size
    assert report.target.stat().st_mode & 0o777 == 0o600
    assert inspect(report.target).version == verify(report.target).version == "1.2.0"

    other, place = new_database(), tmp_path / "elsewhere" / "files"
    restored = restore(report.target, other, place, version="1.2.0", secret_key_file=key)
    assert restored.files == 3
    assert restored.warnings == []
    expected = content(files)
    del expected["secret.key"]
    assert content(place) == expected
    for query in ("SELECT * FROM ticket ORDER BY 1", "SELECT * FROM side.note", "SELECT shout('щ')"):
        assert ask(other, query) == ask(url, query)
    assert ask(other, "SELECT nextval('ticket_number_seq')") == [(30001,)]
    assert ask(other, "SELECT count(*) FROM pg_stats WHERE tablename = 'ticket'")[0][0] > 0
    assert list(tmp_path.glob(".*")) == []


def test_sessions_are_not_saved_t28(new_database: MakeDatabase, tmp_path: Path) -> None:
    url, other = new_database(), new_database()
    run(url, "CREATE TABLE django_session AS SELECT 'a-key-that-lets-one-in' AS session_key")
    report = backup(url, None, None, tmp_path / "a.okno", "1.2.0")
    with report.target.open("rb") as stream:
        plain = zstandard.ZstdDecompressor().stream_reader(stream, read_across_frames=True).read()
    assert b"a-key-that-lets-one-in" not in plain
    restore(report.target, other, None, version="1.2.0")
    assert ask(other, "SELECT count(*) FROM django_session") == [(0,)]


def test_archive_holds_no_secret_in_plain_text_t28(installation: tuple[str, Path, Path], tmp_path: Path) -> None:
    target = make(installation, tmp_path / "a.okno")
    with target.open("rb") as stream:
        plain = zstandard.ZstdDecompressor().stream_reader(stream, read_across_frames=True).read()
    assert KEY not in plain
    assert PASSWORD.encode() not in plain
    assert b"first" in plain
    assert len(inspect(target).key_fingerprint) == 16


def test_password_is_never_on_a_command_line(
    installation: tuple[str, Path, Path],
    new_database: MakeDatabase,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls: list[tuple[str, str | None]] = []
    start = subprocess.Popen.__init__

    def watched(self: Any, argv: Any, **options: Any) -> None:
        calls.append((" ".join(map(str, argv)), (options.get("env") or {}).get("PGPASSWORD")))
        start(self, argv, **options)

    monkeypatch.setattr(subprocess.Popen, "__init__", watched)
    target = make(installation, tmp_path / "a.okno")
    restore(target, new_database(), tmp_path / "back", version="1.2.0")
    assert len(calls) == 3
    assert not any(PASSWORD in line for line, _ in calls)
    assert [password for line, password in calls if "pg_restore" not in line] == [PASSWORD, PASSWORD]


def test_another_key_is_told(
    installation: tuple[str, Path, Path], new_database: MakeDatabase, tmp_path: Path
) -> None:
    target = make(installation, tmp_path / "a.okno")
    other_key = tmp_path / "other.key"
    other_key.write_bytes(b"other")
    report = restore(target, new_database(), tmp_path / "back", version="1.2.0", secret_key_file=other_key)
    assert "is not the one the backup was made with" in report.warnings[0]


def test_nothing_is_written_over(installation: tuple[str, Path, Path], tmp_path: Path) -> None:
    target = tmp_path / "a.okno"
    target.write_text("precious")
    with pytest.raises(BackupError, match="exists already"):
        make(installation, target)
    assert target.read_text() == "precious"
    with pytest.raises(BackupError, match="lies in the folder"):
        make(installation, installation[1] / "a.okno")


def test_failed_backup_leaves_nothing(
    installation: tuple[str, Path, Path], tmp_path: Path, new_database: MakeDatabase
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        backup(installation[0], installation[1], None, folder / "a.okno", "1", progress=stop)
    assert list(folder.iterdir()) == []
    with pytest.raises(BackupError, match="Make the folder first"):
        make(installation, folder / "missing" / "a.okno")
    with pytest.raises(BackupError, match="Cannot reach the database"):
        backup("postgresql://okno@/okno?host=/nowhere", None, None, folder / "a.okno", "1")


def test_full_database_is_replaced_only_by_force_and_in_one_step(
    installation: tuple[str, Path, Path], new_database: MakeDatabase, tmp_path: Path
) -> None:
    target = make(installation, tmp_path / "a.okno")
    other, place = new_database(), tmp_path / "back"
    run(other, "CREATE TABLE ticket (old int)", "CREATE SCHEMA gone", "CREATE TABLE gone.too ()")
    with pytest.raises(BackupError, match="not empty"):
        restore(target, other, place, version="1.2.0")
    assert not place.exists()
    place.mkdir()
    (place / "old-file").write_text("old")
    for _ in range(2):
        restore(target, other, place, version="1.2.0", force=True)
    assert ask(other, "SELECT count(*) FROM ticket") == [(30000,)]
    assert ask(other, "SELECT count(*) FROM pg_namespace WHERE nspname = 'gone'") == [(0,)]
    assert (place / "old-file").exists()
    again = tmp_path / "again.okno"
    backup(other, place, None, again, "1.2.0")
    restore(again, new_database(), tmp_path / "third", version="1.2.0")


def test_database_in_use_is_not_touched(
    installation: tuple[str, Path, Path], new_database: MakeDatabase, tmp_path: Path
) -> None:
    target = make(installation, tmp_path / "a.okno")
    other = new_database()
    with psycopg.connect(other), pytest.raises(BackupError, match="in use"):
        restore(target, other, tmp_path / "back", version="1.2.0")


def test_refused_statement_rolls_everything_back(
    installation: tuple[str, Path, Path], new_database: MakeDatabase, tmp_path: Path
) -> None:
    """The dump names a schema that appears a second time, so that psql fails in the middle."""
    target = make(installation, tmp_path / "a.okno")
    other = new_database()
    run(other, "CREATE SCHEMA side")  # empty schemas do not make a database "not empty"
    with pytest.raises(BackupError, match='schema "side" already exists'):
        restore(target, other, tmp_path / "back", version="1.2.0")
    assert ask(other, "SELECT count(*) FROM pg_extension WHERE extname = 'pg_trgm'") == [(0,)]


@pytest.mark.parametrize("stage", ["verify", "restore"])
def test_killed_restore_leaves_the_old_installation(
    stage: str, installation: tuple[str, Path, Path], new_database: MakeDatabase, tmp_path: Path
) -> None:
    target = make(installation, tmp_path / "a.okno")
    other, place = new_database(), tmp_path / "back"
    run(other, "CREATE TABLE ticket AS SELECT 'old' AS word")
    script = (
        "import os, sys; from pathlib import Path; from okno.core.backup import restore\n"
        "restore(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), version='1.2.0', force=True,"
        " progress=lambda stage, done, total: stage == sys.argv[4] and done > 1_000_000 and os.kill(os.getpid(), 9))"
    )
    ended = subprocess.run([sys.executable, "-c", script, target, other, place, stage], check=False)
    assert ended.returncode == -9
    assert ask(other, "SELECT word FROM ticket") == [("old",)]
    end = time.monotonic() + 10
    while time.monotonic() < end:
        with contextlib.suppress(BackupError):
            restore(target, other, place, version="1.2.0", force=True)
            break
        time.sleep(0.1)  # the killed one's connection is still ending
    assert ask(other, "SELECT count(*) FROM ticket") == [(30000,)]
    assert [path.name for path in place.iterdir() if path.name.startswith(".")] == []


def rewritten(source: Path, target: Path, change: Callable[[str, bytes], tuple[str, bytes] | None]) -> Path:
    """The archive with some members changed, the rest of the format right."""
    with source.open("rb") as stream:
        plain = zstandard.ZstdDecompressor().stream_reader(stream, read_across_frames=True).read()
    result = io.BytesIO()
    with tarfile.open(fileobj=io.BytesIO(plain)) as old, tarfile.open(fileobj=result, mode="w") as new:
        for entry in old:
            file = old.extractfile(entry)
            assert file is not None
            changed = change(entry.name, file.read())
            if changed is not None:
                info = tarfile.TarInfo(changed[0])
                info.size = len(changed[1])
                new.addfile(info, io.BytesIO(changed[1]))
    target.write_bytes(zstandard.ZstdCompressor().compress(result.getvalue()))
    return target


def newer_format(name: str, data: bytes) -> tuple[str, bytes]:
    if name != archive_format.HEADER:
        return name, data
    return name, json.dumps(json.loads(data) | {"format": 2, "version": "3.0"}).encode()


DAMAGE: dict[str, tuple[Callable[[str, bytes], tuple[str, bytes] | None], str]] = {
    "changed file": (lambda n, d: (n, d + b"!" if n.startswith("files/") else d), "checksums differ"),
    "changed dump": (lambda n, d: (n, d[:-1] + b"?" if n == "database.dump" else d), "checksums differ"),
    "missing file": (lambda n, d: None if n.startswith("files/") and not d else (n, d), "checksums differ"),
    "changed header": (
        lambda n, d: (n, d.replace(b"1.2.0", b"1.1.0") if n == "header.json" else d),
        "checksums differ",
    ),
    "no end": (lambda n, d: None if n == "manifest.json" else (n, d), "cut short"),
    "outside": (lambda n, d: ("files/../../evil" if n.startswith("files/") else n, d), "must not"),
    "absolute": (lambda n, d: ("/etc/evil" if n.startswith("files/") else n, d), "must not"),
    "newer format": (newer_format, "newer format"),
    "no header": (lambda n, d: None if n == "header.json" else (n, d), "no backup of Okno"),
}


@pytest.fixture(scope="module")
def good(server: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("good")
    run(server, "CREATE DATABASE small")
    url = server.replace("@/okno?", "@/small?")
    run(url, "CREATE TABLE one AS SELECT 1 AS one")
    (folder / "files").mkdir()
    (folder / "files" / "a").write_bytes(b"a" * 1000)
    (folder / "files" / "b").write_bytes(b"")
    backup(url, folder / "files", None, folder / "good.okno", "1.2.0")
    return folder / "good.okno"


@pytest.fixture(scope="module")
def untouched(new_database: MakeDatabase) -> str:
    """A database that refused restores must leave alone."""
    url = new_database()
    run(url, "CREATE TABLE old ()")
    return url


@pytest.mark.parametrize("damage", DAMAGE)
def test_bad_archive_touches_nothing(damage: str, good: Path, untouched: str, tmp_path: Path) -> None:
    change, message = DAMAGE[damage]
    bad = rewritten(good, tmp_path / "bad.okno", change)
    with pytest.raises(BackupError, match=message):
        verify(bad)
    files = tmp_path / "files"
    with pytest.raises(BackupError, match=message):
        restore(bad, untouched, files, version="1.2.0", force=True)
    assert list(files.iterdir()) == []
    assert ask(untouched, "SELECT count(*) FROM old") == [(0,)]


@pytest.mark.parametrize("part", [0.02, 0.5, 0.99])
def test_truncated_archive_is_told(part: float, good: Path, tmp_path: Path) -> None:
    data = good.read_bytes()
    bad = tmp_path / "bad.okno"
    bad.write_bytes(data[: int(len(data) * part)])
    with pytest.raises(BackupError):
        verify(bad)


def test_every_flipped_bit_is_noticed(good: Path, tmp_path: Path) -> None:
    data = good.read_bytes()
    bad = tmp_path / "bad.okno"
    for position in range(0, len(data), max(1, len(data) // 60)):
        bad.write_bytes(data[:position] + bytes([data[position] ^ 4]) + data[position + 1 :])
        with contextlib.suppress(BackupError):
            assert verify(bad) == inspect(good)


def test_files_of_other_kinds_are_no_backup(tmp_path: Path) -> None:
    for name, data in {"text": b"hello", "empty": b"", "zstd": zstandard.ZstdCompressor().compress(b"x")}.items():
        (tmp_path / name).write_bytes(data)
        with pytest.raises(BackupError, match="backup"):
            inspect(tmp_path / name)
    with pytest.raises(BackupError, match="no file"):
        inspect(tmp_path / "missing")


def test_backup_of_a_newer_release_is_refused(good: Path, new_database: MakeDatabase, tmp_path: Path) -> None:
    url = new_database()
    for own in ("1.1.9", "0.12.0", "1.2"):
        with pytest.raises(BackupError, match=r"made by Okno 1\.2\.0"):
            restore(good, url, tmp_path / "files", version=own)
    restore(good, url, tmp_path / "files", version="1.10.0")


def test_encrypted_connection_is_never_made_plain(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    database = open_database(server)
    assert not database.encrypted
    encrypted = type(database)(database.url, 990000, encrypted=True)
    with pytest.raises(BackupError, match="apt install postgresql-client-99"):
        encrypted.tool("pg_dump")


_OLD = Path("/usr/lib/postgresql/15/bin")


@pytest.mark.skipif(not _OLD.exists(), reason="no PostgreSQL 15 on this machine")
def test_postgresql_15_both_ways(
    installation: tuple[str, Path, Path], new_database: MakeDatabase, tmp_path: Path
) -> None:
    folder = Path(tempfile.mkdtemp(prefix="okno-old-"))
    who: dict[str, Any] = {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}
    if who:
        shutil.chown(folder, "postgres")
    data = folder / "data"
    subprocess.run(
        [_OLD / "initdb", "-D", data, "-U", "okno", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"],
        check=True, capture_output=True, cwd="/", **who,
    )  # fmt: skip
    old = subprocess.Popen(
        [_OLD / "postgres", "-D", data, "-c", "listen_addresses=", "-c", f"unix_socket_directories={folder}", "-F"],
        stderr=subprocess.DEVNULL, cwd="/", **who,
    )  # fmt: skip
    try:
        url = f"postgresql://okno@/template1?host={folder}"
        end = time.monotonic() + 20
        while time.monotonic() < end:
            with contextlib.suppress(psycopg.OperationalError):
                run(url, "CREATE DATABASE okno")
                break
            time.sleep(0.05)
        url = f"postgresql://okno@/okno?host={folder}"
        target = make(installation, tmp_path / "a.okno")
        restore(target, url, tmp_path / "back", version="1.2.0")
        assert ask(url, "SELECT count(*) FROM ticket") == [(30000,)]
        for encrypted in (False, True):  # with the programs of the machine, too
            database = open_database(url)
            assert database.server_version // 10000 == 15
            monkey = pytest.MonkeyPatch()
            with monkey.context() as patch:
                forced = type(database)(url, database.server_version, encrypted)
                patch.setattr("okno.core.backup.saving.open_database", lambda _, forced=forced: forced)
                patch.setattr("okno.core.backup.restoring.open_database", lambda _, forced=forced: forced)
                archive = tmp_path / f"{encrypted}.okno"
                backup(url, None, None, archive, "1.2.0")
                restore(archive, url, None, version="1.2.0", force=True)
            restore(archive, new_database(), None, version="1.2.0")
        assert ask(url, "SELECT count(*) FROM ticket") == [(30000,)]
    finally:
        old.kill()
        old.wait()
        shutil.rmtree(folder, ignore_errors=True)
