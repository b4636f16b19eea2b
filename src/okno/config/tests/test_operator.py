"""The operator's day: set up, serve, look after, save, bring back; on the embedded server and on a real one."""

from __future__ import annotations

import http.client
import json
import shutil
import smtplib
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from okno.config.command.parts import healthy
from okno.config.tests.processes import COMMAND, environment, free_port, running, wait_until
from okno.config.tests.real_server import real_server

pytestmark = pytest.mark.slow
SETUP = ["--email", "ann@desk.example", "--name", "Ann", "--company", "Desk Ltd", "--mailbox", "help@desk.example"]
CANARY = "the words that must come back"


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that the database's own user may enter."""
    made = Path(tempfile.mkdtemp(prefix="okno-operator-test-"))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made, ignore_errors=True)


class Operator:
    """Somebody who types commands in one installation."""

    def __init__(self, data: Path, **surroundings: str) -> None:
        self.data = data
        self.env = environment(OKNO_DATA=str(data), **surroundings)

    def types(self, *arguments: str, code: int | None = 0, given: bytes = b"") -> str:
        """What the command says; its exit code must be the one expected, and never is there a traceback."""
        done = subprocess.run(
            [*COMMAND, *arguments], check=False, env=self.env, capture_output=True, input=given, timeout=180
        )
        said = done.stdout.decode() + done.stderr.decode()
        assert "Traceback" not in said
        assert code is None or done.returncode == code, said
        return said

    def findings(self) -> dict[str, str]:
        """What the doctor finds: states by name."""
        said = self.types("doctor", "--json", code=None)
        return {finding["id"]: finding["state"] for finding in json.loads(said)}


def letter(text: str = CANARY) -> bytes:
    return (
        "From: Eve <eve@client.example>\r\nTo: help@desk.example\r\nSubject: Till\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n'
        f"{text}\r\n--b\r\nContent-Type: text/csv\r\nContent-Disposition: attachment; filename=list.csv\r\n\r\n"
        "one,two\r\n--b--\r\n"
    ).encode()


def test_a_real_server_serves_and_comes_back_from_its_backup(place: Path) -> None:
    with real_server(place) as url:
        ann = Operator(place / "data", DATABASE_URL=url, OKNO_SETUP_PASSWORD="quite a long one")
        assert "okno serve" in ann.types("setup", *SETUP)
        assert "already" in ann.types("setup", *SETUP, code=1)
        port, smtp = free_port(), free_port()
        served = ann.env | {"OKNO_SMTP_LISTEN": f"127.0.0.1:{smtp}"}
        log = place / "serve.log"
        with running("serve", "--port", str(port), env=served, log=log):
            wait_until(lambda: healthy("127.0.0.1", port), "the pages", log=log)
            wait_until(lambda: send(smtp), "the port for letters", log=log)
            wait_until(lambda: count(url, "tickets_attachment") == 1, "the letter as a ticket", log=log)
            assert signs_in(port)
            wait_until(lambda: ann.findings()["worker"] == "ok", "a worker that is heard of", log=log)
            archive = place / "while-it-runs.okno"
            assert "secret key is not in it" in ann.types("backup", str(archive))
        assert (ann.data / "postgres").exists() is False, "a server of one's own needs no other"
        assert "another name" in ann.types("backup", str(archive), code=1)
        assert "not empty" in ann.types("restore", str(archive), code=1)
        brought_back(place, archive, ann)


def brought_back(place: Path, archive: Path, ann: Operator) -> None:
    """The archive of the real server, in a new installation with a database of its own."""
    key, files = (
        ann.data / "secret.key",
        sorted(each.name for each in (ann.data / "files").rglob("*") if each.is_file()),
    )
    assert key.read_text().encode() not in archive.read_bytes()
    new = Operator(place / "new")
    new.data.mkdir()
    shutil.copy(key, new.data / "secret.key")
    said = new.types("restore", str(archive))
    assert "Restored" in said
    assert "Note" not in said
    assert sorted(each.name for each in (new.data / "files").rglob("*") if each.is_file()) == files
    assert len(files) >= 2  # the raw letter, its attachment, the confirmation of receipt
    log, port = place / "new.log", free_port()
    with running("serve", "--port", str(port), "--no-mail", env=new.env, log=log):
        wait_until(lambda: healthy("127.0.0.1", port), "the pages", log=log)
        assert signs_in(port)
        found = new.findings()
    assert {name for name, state in found.items() if state == "problem"} == set()


def send(port: int) -> bool:
    with smtplib.SMTP("127.0.0.1", port, timeout=20) as server:
        server.sendmail("eve@client.example", ["help@desk.example"], letter())
    return True


def count(url: str, table: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(row[0]) if row else 0


def signs_in(port: int) -> bool:
    """Whether Ann gets in with her password."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", "/account/login/")
    answer = connection.getresponse()
    page, cookie = answer.read().decode(), answer.getheader("Set-Cookie", "").split(";")[0]
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    body = f"csrfmiddlewaretoken={token}&login=ann%40desk.example&password=quite+a+long+one"
    kind = "application/x-www-form-urlencoded"
    connection.request("POST", "/account/login/", body, {"Cookie": cookie, "Content-Type": kind})
    answer = connection.getresponse()
    answer.read()
    return answer.status == 302 and "okno_session" in str(answer.headers)


def test_the_doctor_says_what_is_wrong(place: Path) -> None:
    ann = Operator(place / "data", OKNO_SETUP_PASSWORD="quite a long one")
    assert ann.findings()["data-folder"] == "problem"
    assert "Nothing was made" in ann.types(
        "setup", "--email", "nonsense", "--name", "Ann", "--company", "D", code=1
    )
    assert ann.findings()["administrator"] == "problem"
    ann.types("setup", *SETUP)
    found = ann.findings()
    assert found["worker"] == "problem"  # nobody serves
    assert {found[name] for name in ("database", "tables", "pg-trgm", "clocks", "administrator", "letters")} == {
        "ok"
    }
    ann.types("mail", "pipe", "--to", "help@desk.example", given=letter())
    assert ann.findings()["letters"] == "ok"  # it waits, but not for long yet
    key = ann.data / "secret.key"
    key.chmod(0o644)
    assert ann.findings()["secret-key"] == "problem"
    said = ann.types("doctor", code=1)
    assert f"chmod 600 {key}" in said
    key.unlink()
    assert ann.findings()["secret-key"] == "problem"


def test_commands_refuse_in_plain_words(place: Path) -> None:
    nowhere = Operator(place / "data", DATABASE_URL="postgresql://x:y@127.0.0.1:9/x")
    assert "does not answer" in nowhere.types("migrate", code=1)
    assert "not stored" in nowhere.types("mail", "pipe", given=letter(), code=75)
    assert "cannot be used" in Operator(place / "d", DATABASE_URL="mysql://x").types("migrate", code=1)
    assert "does not exist" in Operator(place / "none").types("backup", str(place / "x"), code=1)
    file = place / "file"
    file.write_text("")
    assert "cannot be used" in Operator(file / "data").types("migrate", code=1)


def test_parsing_a_letter_needs_nothing(place: Path) -> None:
    anywhere = Operator(place / "none", DATABASE_URL="postgresql://x@127.0.0.1:9/x")
    told = json.loads(anywhere.types("mail", "parse", "--json", "-", given=letter()))
    assert told["text"] == CANARY
    assert [each["name"] for each in told["attachments"]] == ["list.csv"]
    assert not (place / "none").exists()


def test_a_newer_database_is_left_alone_t33(place: Path) -> None:
    with real_server(place) as url:
        ann = Operator(place / "data", DATABASE_URL=url)
        ann.types("migrate")
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(
                "INSERT INTO django_migrations (app, name, applied) VALUES ('tickets', '9999_from_the_future', now())"
            )
        assert "newer release" in ann.types("migrate", code=1)
        assert "newer release" in ann.types("web", "--port", str(free_port()), code=1)
        assert ann.findings()["tables"] == "problem"


def test_seed_fills_and_refuses_where_people_work(place: Path) -> None:
    ann = Operator(place / "data", OKNO_SETUP_PASSWORD="quite a long one")
    assert "200 tickets" in ann.types("seed", "--tickets", "200")
    real = Operator(place / "real", OKNO_SETUP_PASSWORD="quite a long one")
    real.types("setup", "--email", "ann@desk.test", "--name", "Ann", "--company", "D")
    assert "People work" in real.types("seed", "--tickets", "5", code=1)
