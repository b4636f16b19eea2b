"""T16: every regular expression and every field grows with its input no faster than the input itself."""

import ast
import importlib
import math
import pkgutil
import re
import signal
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

import pytest

from okno.channels.email import rules
from okno.channels.email.rules import parse_letter

MAX_RATIO = 2.6
DOUBLINGS = 8
FLOOR = 0.002  # seconds below which a measurement is noise
UNITS = [
    " ", "\t", "\n", "\r\n", "\n ", "a", "A ", "a.", "a@", "a@b.", "1", "1.", "1.1.", "1:", "-", "--b", "\n--b", "<", "<a", "<p ", "<div>", "<b>x</b>",
    "<!--", "</", ">", "> ", '"', '"a', '\\"', "\\", "(", "()", "((a)", ")", ",", ";", "a;", "a=", ";a*0*=", "=", "=?", "=?a?q?", "=?a?b?b?=", "?=", "%41",
    "=41", "begin 644 a\n", "begin ", "BEGIN:VEVENT\n", 'A;B="', "METHOD:", "cid:", "cid:a ", "display:", "display : ", "charset=", "<meta charset", "\nMessage-ID:",
    "\n> Message-ID: <", "550 ", "5.1.1", "a-b.", "GMT+", "+03:", "янв ", "1 янв", "\ud0a0", "é", "ж", "€", "<script", "&amp;", "\x00", "x" * 63 + ".",
]  # fmt: skip


class Overtime(BaseException):
    """Raised by the watchdog; no `except Exception` swallows it."""


@pytest.fixture(autouse=True)
def watchdog() -> Iterator[None]:
    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise Overtime

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(90)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def expressions() -> dict[str, re.Pattern[str] | re.Pattern[bytes]]:
    """Every literal pattern given to a function of `re` in the parsing modules."""
    found: dict[str, re.Pattern[str] | re.Pattern[bytes]] = {}
    for module in pkgutil.iter_modules(rules.__path__):
        if module.ispkg:
            continue
        loaded = importlib.import_module(f"{rules.__name__}.{module.name}")
        for name, value in vars(loaded).items():
            if isinstance(value, re.Pattern):
                found[f"{module.name}.{name}"] = value
        source = Path(str(loaded.__file__)).read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(source)):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and ast.unparse(node.func.value) == "re"
                and node.args
            ):
                pattern = node.args[0]
                if isinstance(pattern, ast.Constant) and node.func.attr != "compile":
                    found[f"{module.name}:{node.lineno}"] = re.compile(pattern.value)
    return found


EXPRESSIONS = expressions()


def measure(work: Callable[[int], object], size: int, runs: int) -> float:
    best = 9e9
    for _ in range(runs):
        start = time.process_time()
        work(size)
        best = min(best, time.process_time() - start)
    return best


def assert_linear(work: Callable[[int], object], largest: int, slow: float, what: str) -> None:
    """Double the input eight times up to the largest; an input read faster than `slow` seconds needs no look."""
    if measure(work, largest, 1) < slow:
        return
    ratios: list[float] = []
    for runs in (2, 6, 20):
        times = [measure(work, largest >> step, runs) for step in range(DOUBLINGS, -1, -1)]
        # Over two doublings, so that one measurement that a busy machine disturbed is not taken for growth.
        ratios = [
            math.sqrt(later / earlier) for earlier, later in zip(times, times[2:], strict=False) if earlier > FLOOR
        ]
        # One dear step is another way that is taken from that size on; growth is in most steps, or in the last.
        if not ratios or max(statistics.median(ratios), ratios[-1]) < MAX_RATIO:
            return
    pytest.fail(f"{what}: {ratios}")


def test_all_expressions_are_found() -> None:
    assert len(EXPRESSIONS) > 50


@pytest.mark.parametrize("name", sorted(EXPRESSIONS))
def test_expressions_grow_linearly_t16(name: str) -> None:
    pattern = EXPRESSIONS[name]
    for unit in UNITS:

        def work(size: int, unit: str = unit) -> object:
            text = (unit * (size // len(unit) + 1))[:size]
            if isinstance(pattern.pattern, bytes):
                return sum(1 for _ in re.finditer(pattern, text.encode("utf-8", "surrogatepass")))
            return sum(1 for _ in re.finditer(pattern, text))

        assert_linear(work, 16_384, 0.003, repr(unit))


FIELDS = ["From", "To", "Subject", "Date", "Message-ID", "References", "Content-Type", "Content-Disposition", "Content-Transfer-Encoding", "List-Id", "Return-Path", "Precedence"]  # fmt: skip


@pytest.mark.parametrize("field", FIELDS)
def test_fields_grow_linearly_t16(field: str) -> None:
    for unit in UNITS:
        if "\n" in unit:
            continue

        def work(size: int, unit: str = unit) -> object:
            value = (unit * (size // len(unit) + 1))[:size].encode("utf-8", "surrogatepass")
            return parse_letter(field.encode() + b": " + value + b"\r\n\r\ntext")

        assert_linear(work, 16_384, 0.02, repr(unit))


BODIES = {
    "plain": b"Content-Type: text/plain; charset=utf-8\r\n\r\n",
    "flowed": b"Content-Type: text/plain; format=flowed\r\n\r\n",
    "html": b"Content-Type: text/html; charset=utf-8\r\n\r\n",
    "mixed": b"Content-Type: multipart/mixed; boundary=b\r\n\r\n",
    "unnamed": b"Content-Type: multipart/mixed\r\n\r\n",
    "calendar": b"Content-Type: text/calendar\r\n\r\nBEGIN:VEVENT\r\n",
    "base64": b"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n",
    "printable": b"Content-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n",
    "status": b"Content-Type: message/delivery-status\r\n\r\n",
    "daemon": b"From: mailer-daemon@b.example\r\nReturn-Path: <>\r\nSubject: Undelivered Mail\r\n\r\n",
}


@pytest.mark.parametrize("body", BODIES)
def test_bodies_grow_linearly_t16(body: str) -> None:
    for unit in UNITS:

        def work(size: int, unit: str = unit) -> object:
            return parse_letter(
                BODIES[body] + (unit * (size // len(unit) + 1))[:size].encode("utf-8", "surrogatepass")
            )

        assert_linear(work, 65_536, 0.1, repr(unit))
