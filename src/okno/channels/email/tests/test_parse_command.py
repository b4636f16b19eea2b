"""`okno mail parse`: one JSON object a file whatever the file, without a database."""

import io
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from okno.channels.email import parse_command
from okno.testing.letters import CORPUS

KEYS = [
    "file", "from", "to", "cc", "subject", "date", "message_id", "in_reply_to", "references", "text", "quoted", "html",
    "attachments", "kind", "bounce", "problems",
]  # fmt: skip


def run(*files: str) -> tuple[int, list[dict[str, object]]]:
    out = io.StringIO()
    status = parse_command.run(list(files), True, out)
    return status, [json.loads(line) for line in out.getvalue().splitlines()]


def test_every_letter_of_the_corpus_is_answered_in_order(tmp_path: Path) -> None:
    names = []
    for letter in CORPUS:
        if not letter.large:
            (tmp_path / f"{letter.name}.eml").write_bytes(letter.raw)
            names.append(str(tmp_path / f"{letter.name}.eml"))
    status, found = run(*names)
    assert status == 0
    assert [one["file"] for one in found] == names
    assert all(list(one) == KEYS for one in found)


def test_one_letter_in_full(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(
        b"From: Adam <adam@kawa.example>\r\nTo: B <b@okno.example>\r\nCc: c@okno.example\r\nSubject: Test\r\n"
        b"Date: Tue, 1 Sep 2026 10:15:00 +0300\r\nMessage-ID: <1@kawa.example>\r\nIn-Reply-To: <0@okno.example>\r\n"
        b"References: <0@okno.example>\r\n\r\nText\r\n"
    )
    assert run(str(path)) == (
        0,
        [
            {
                "file": str(path),
                "from": [{"name": "Adam", "address": "adam@kawa.example"}],
                "to": [{"name": "B", "address": "b@okno.example"}],
                "cc": [{"name": "", "address": "c@okno.example"}],
                "subject": "Test",
                "date": "2026-09-01T07:15:00+00:00",
                "message_id": "<1@kawa.example>",
                "in_reply_to": "<0@okno.example>",
                "references": ["<0@okno.example>"],
                "text": "Text",
                "quoted": "",
                "html": "",
                "attachments": [],
                "kind": "letter",
                "bounce": None,
                "problems": [],
            }
        ],
    )


def test_a_bounce_and_a_file(tmp_path: Path) -> None:
    for name in ("bounce-postfix", "name-rfc2231"):
        (tmp_path / name).write_bytes(next(one.raw for one in CORPUS if one.name == name))
    _, (bounce, file) = run(str(tmp_path / "bounce-postfix"), str(tmp_path / "name-rfc2231"))
    assert bounce["bounce"] == {"recipients": ["gone@kawa.example"], "status": "5.1.1", "permanent": True}
    (attachment,) = file["attachments"]
    assert list(attachment) == ["name", "type", "size", "inline", "sha256"]
    assert attachment["name"] == "Акт сверки № 5.pdf"


def test_absent_and_unreadable_files_are_answered_too(tmp_path: Path) -> None:
    (tmp_path / "empty.eml").write_bytes(b"")
    (tmp_path / "noise.eml").write_bytes(bytes(range(256)) * 10)
    status, found = run(
        str(tmp_path / "absent.eml"),
        str(tmp_path),
        str(tmp_path / "empty.eml"),
        str(tmp_path / "noise.eml"),
        "nul\0.eml",
    )
    assert status == 1
    assert all(list(one) == KEYS and one["problems"] for one in found)
    assert found[0]["text"] == ""
    assert (found[0]["from"], found[0]["date"], found[0]["bounce"]) == ([], None, None)


def test_a_summary_for_people(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(next(one.raw for one in CORPUS if one.name == "name-rfc2231"))
    out = io.StringIO()
    assert parse_command.run([str(tmp_path / "a.eml")], False, out) == 0
    assert "olena@dnipro.example" in out.getvalue()
    assert "Акт сверки № 5.pdf" in out.getvalue()


def command(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    module = [sys.executable, "-X", "utf8=0", "-m", "okno.channels.email.parse_command", *arguments]
    return subprocess.run(module, input=stdin, capture_output=True, timeout=30, check=False)


def test_standard_input_and_output_are_utf8_in_any_locale() -> None:
    done = command("--json", "-", stdin="From: a@b.example\r\nSubject: Тема\r\n\r\nТекст 😀\0\r\n".encode())
    assert done.returncode == 0
    found = json.loads(done.stdout.decode("utf-8"))
    assert (found["subject"], found["text"], found["file"]) == ("Тема", "Текст 😀\ufffd", "-")
    assert command().returncode == 2


@pytest.mark.skipif(sys.platform == "win32", reason="file names are text there")
def test_file_names_that_are_no_text() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "okno.channels.email.parse_command", "--json", b"/absent/\xff.eml"],
        capture_output=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 1
    assert json.loads(done.stdout.decode("utf-8"))["problems"]


def test_starts_at_once_and_loads_no_framework() -> None:
    code = (
        "import sys, okno.channels.email.parse_command as c, io; c.run(['/absent'], True, io.StringIO());"
        "print(any(name.split('.')[0] in ('django', 'psycopg', 'charset_normalizer') for name in sys.modules))"
    )
    times = []
    for _ in range(3):
        start = time.perf_counter()
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=30, check=True)
        times.append(time.perf_counter() - start)
        assert done.stdout.strip() == b"False"
    assert min(times) < 0.6  # 0.15 s on an idle machine
