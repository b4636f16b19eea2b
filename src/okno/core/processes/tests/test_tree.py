"""The supervisor, watched from outside: every test runs a real one with real children."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

_SUPERVISOR = """
import sys
from pathlib import Path
from okno.core.processes import ProcessSpec, ProcessTree
folder = Path(sys.argv[1])

def python(name, code, **options):
    return ProcessSpec(name, [sys.executable, "-u", "-c", code], **options)

SLEEPER = (
    "import signal, sys, time, os\\n"
    "def end(*_): print('bye', flush=True); sys.exit(0)\\n"
    "signal.signal(signal.SIGTERM, end)\\n"
    "signal.signal(signal.SIGINT, lambda *_: print('interrupted', flush=True))\\n"
    "print('pid', os.getpid(), flush=True)\\n"
    "while True: time.sleep(0.1)\\n"
)
"""


class Supervisor:
    """A running supervisor and what it has printed."""

    def __init__(self, folder: Path, code: str) -> None:
        self.log = folder / "output"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", _SUPERVISOR + textwrap.dedent(code), str(folder)],
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def text(self) -> str:
        return self.log.read_text()

    def until(self, phrase: str, times: int = 1) -> str:
        assert eventually(lambda: self.text().count(phrase) >= times), self.text()
        return self.text()

    def pids(self) -> list[int]:
        return [int(line.rsplit(" ", 1)[1]) for line in self.text().splitlines() if "| pid " in line]


def eventually(check: Callable[[], bool], seconds: float = 15) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if check():
            return True
        time.sleep(0.03)
    return False


def alive(pid: int) -> bool:
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return status.rsplit(")", 1)[1].split()[0] != "Z"


@pytest.fixture
def supervise(tmp_path: Path) -> Iterator[Callable[[str], Supervisor]]:
    started: list[Supervisor] = []

    def start(code: str) -> Supervisor:
        started.append(Supervisor(tmp_path, code))
        return started[-1]

    yield start
    for supervisor in started:
        if supervisor.process.poll() is None:
            supervisor.process.kill()
        supervisor.process.wait()


def test_lines_carry_names_and_sigterm_stops_all(
    supervise: Callable[[str], Supervisor],
) -> None:
    supervisor = supervise("sys.exit(ProcessTree([python('first', SLEEPER), python('second', SLEEPER)]).run())")
    supervisor.until("| pid ", 2)
    supervisor.process.terminate()
    assert supervisor.process.wait(10) == 0
    text = supervisor.text()
    assert "first  | pid " in text
    assert "first  | bye" in text
    assert "second | bye" in text
    assert not any(alive(pid) for pid in supervisor.pids())


def test_ctrl_c_in_a_terminal_reaches_only_the_supervisor(supervise: Callable[[str], Supervisor]) -> None:
    supervisor = supervise("sys.exit(ProcessTree([python('web', SLEEPER)]).run())")
    supervisor.until("| pid ")
    os.killpg(supervisor.process.pid, signal.SIGINT)
    assert supervisor.process.wait(10) == 0
    assert "interrupted" not in supervisor.text()
    assert "bye" in supervisor.text()


def test_second_ctrl_c_kills_a_stubborn_child(supervise: Callable[[str], Supervisor]) -> None:
    supervisor = supervise(
        """
        STUBBORN = SLEEPER.replace("sys.exit(0)", "pass")
        sys.exit(ProcessTree([python('web', STUBBORN, grace=60)]).run())
        """
    )
    supervisor.until("| pid ")
    supervisor.process.send_signal(signal.SIGINT)
    supervisor.until("bye")
    time.sleep(0.4)
    supervisor.process.send_signal(signal.SIGINT)
    assert supervisor.process.wait(5) == 130
    assert not any(alive(pid) for pid in supervisor.pids())


def test_stubborn_child_is_killed_after_its_grace(supervise: Callable[[str], Supervisor]) -> None:
    supervisor = supervise(
        """
        STUBBORN = SLEEPER.replace("sys.exit(0)", "pass")
        sys.exit(ProcessTree([python('web', STUBBORN, grace=0.5)]).run())
        """
    )
    supervisor.until("| pid ")
    supervisor.process.terminate()
    assert supervisor.process.wait(5) == 0
    assert "did not stop in time" in supervisor.text()


def test_crashed_child_starts_again_with_a_growing_pause(supervise: Callable[[str], Supervisor]) -> None:
    supervisor = supervise(
        "sys.exit(ProcessTree([python('web', SLEEPER, settle=0), python('worker', SLEEPER)]).run())"
    )
    supervisor.until("| pid ", 2)
    time.sleep(0.3)
    web = int(supervisor.text().split("web    | pid ")[1].split()[0])
    os.kill(web, signal.SIGKILL)
    text = supervisor.until("| pid ", 3)
    assert "web ended with 137; again in 0.5 s" in text
    os.kill(supervisor.pids()[-1], signal.SIGKILL)
    supervisor.until("again in 1 s")
    supervisor.until("| pid ", 4)
    supervisor.process.terminate()
    assert supervisor.process.wait(10) == 0


def test_crash_takes_what_the_child_had_started_with_it(supervise: Callable[[str], Supervisor]) -> None:
    supervisor = supervise(
        """
        PARENT = (
            "import subprocess, sys, os, time\\n"
            "p = subprocess.Popen(['sleep', '1000'])\\n"
            "print('pid', p.pid, flush=True)\\n"
            "time.sleep(0.5)\\n"
            "os._exit(3)\\n"
        )
        sys.exit(ProcessTree([python('web', PARENT, settle=0)]).run())
        """
    )
    supervisor.until("web ended with 3")
    assert eventually(lambda: not alive(supervisor.pids()[0]))


def test_child_that_never_works_ends_the_tree_with_its_code(supervise: Callable[[str], Supervisor]) -> None:
    supervisor = supervise(
        """
        sys.exit(ProcessTree([
            python('worker', SLEEPER),
            python('web', "import sys; print('no such setting'); sys.exit(7)"),
        ]).run())
        """
    )
    assert supervisor.process.wait(10) == 7
    assert "web    | no such setting" in supervisor.text()
    assert not any(alive(pid) for pid in supervisor.pids())


def test_missing_program_is_named(supervise: Callable[[str], Supervisor]) -> None:
    supervisor = supervise("sys.exit(ProcessTree([ProcessSpec('web', ['/no/such/program'])]).run())")
    assert supervisor.process.wait(10) == 127
    assert "cannot start /no/such/program: No such file or directory" in supervisor.text()


def test_next_child_waits_until_the_first_is_ready(supervise: Callable[[str], Supervisor]) -> None:
    supervisor = supervise(
        """
        FIRST = (
            "import time, sys; time.sleep(0.3); print('ready now'); time.sleep(1)\\n"
            "open(sys.argv[1] + '/ready', 'w').close(); time.sleep(1000)"
        )
        first = ProcessSpec(
            'first',
            [sys.executable, "-u", "-c", FIRST, str(folder)],
            env={"PATH": "/bin"},
            ready=(folder / 'ready').exists,
        )
        sys.exit(ProcessTree([first, python('second', SLEEPER)]).run())
        """
    )
    text = supervisor.until("| pid ")
    assert text.index("first  | ready now") < text.index("second started")


def test_children_end_when_the_supervisor_is_killed(supervise: Callable[[str], Supervisor]) -> None:
    supervisor = supervise("ProcessTree([python('web', SLEEPER), python('worker', SLEEPER)]).run()")
    supervisor.until("| pid ", 2)
    pids = supervisor.pids()
    supervisor.process.kill()
    assert eventually(lambda: not any(alive(pid) for pid in pids), 5)


def test_output_passes_through_unchanged_without_prefix(supervise: Callable[[str], Supervisor]) -> None:
    supervisor = supervise("sys.exit(ProcessTree([python('web', SLEEPER)], prefix=False).run())")
    supervisor.until("\npid ")
    supervisor.process.terminate()
    assert supervisor.process.wait(10) == 0
    assert "\nbye\n" in supervisor.text()


_FORKED = """
import os, signal, time
loaded = {"words": [str(each) for each in range(1000)]}

def sleeper():
    def end(*_):
        print("bye", flush=True)
        sys.exit(0)
    signal.signal(signal.SIGTERM, end)
    print("knows", len(loaded["words"]), "and holds", len(os.listdir("/proc/self/fd")) - 1)
    print("pid", os.getpid())
    while True:
        time.sleep(0.1)

def forked(name, work=sleeper, **options):
    return ProcessSpec(name, work=work, **options)
"""


def test_parts_are_split_off_with_what_is_loaded_and_nothing_else(supervise: Callable[[str], Supervisor]) -> None:
    supervisor = supervise(
        f"{_FORKED}\nkept = open(folder / 'of the supervisor', 'w')\n"
        "sys.exit(ProcessTree([forked('web'), forked('worker'), python('other', SLEEPER)]).run())"
    )
    text = supervisor.until("| pid ", 3)
    assert text.count("knows 1000 and holds 3") == 2
    assert len({os.getsid(pid) for pid in supervisor.pids()}) == 3
    supervisor.process.terminate()
    assert supervisor.process.wait(10) == 0
    assert supervisor.text().count("| bye") == 3
    assert not any(alive(pid) for pid in supervisor.pids())


def test_a_part_that_falls_is_split_off_again(supervise: Callable[[str], Supervisor]) -> None:
    supervisor = supervise(f"{_FORKED}\nsys.exit(ProcessTree([forked('web', settle=0), forked('worker')]).run())")
    supervisor.until("| pid ", 2)
    time.sleep(0.3)
    os.kill(int(supervisor.text().split("web    | pid ")[1].split()[0]), signal.SIGKILL)
    text = supervisor.until("| pid ", 3)
    assert "web ended with 137; again in 0.5 s" in text
    assert text.count("knows 1000 and holds 3") == 3
    supervisor.process.terminate()
    assert supervisor.process.wait(10) == 0


def test_parts_end_when_the_supervisor_is_killed(supervise: Callable[[str], Supervisor]) -> None:
    supervisor = supervise(f"{_FORKED}\nProcessTree([forked('web'), forked('worker')], prefix=False).run()")
    supervisor.until("\npid ", 2)
    pids = [int(line.split()[1]) for line in supervisor.text().splitlines() if line.startswith("pid ")]
    supervisor.process.kill()
    assert eventually(lambda: not any(alive(pid) for pid in pids), 5)


def test_a_part_that_fails_while_it_starts_ends_the_tree(supervise: Callable[[str], Supervisor]) -> None:
    failing = "def failing(): raise LookupError('no such setting')"
    supervisor = supervise(f"{_FORKED}\n{failing}\nsys.exit(ProcessTree([forked('web', failing)]).run())")
    assert supervisor.process.wait(10) == 1
    assert "web  | LookupError: no such setting" in supervisor.text()


def test_stubborn_parts_are_killed_together(supervise: Callable[[str], Supervisor]) -> None:
    stubborn = """
def stubborn():
    signal.signal(signal.SIGTERM, lambda *_: print("no", flush=True))
    print("pid", os.getpid())
    while True:
        time.sleep(0.1)
"""
    supervisor = supervise(
        f"{_FORKED}\n{stubborn}\n"
        "sys.exit(ProcessTree([forked(name, stubborn, grace=1.5) for name in 'abcd']).run())"
    )
    supervisor.until("| pid ", 4)
    asked = time.monotonic()
    supervisor.process.terminate()
    assert supervisor.process.wait(10) == 0
    assert 1.4 < time.monotonic() - asked < 4
    assert supervisor.text().count("did not stop in time") == 4


def test_a_process_with_threads_is_not_split(supervise: Callable[[str], Supervisor]) -> None:
    thread = "import threading; threading.Thread(target=time.sleep, args=(3,)).start()"
    supervisor = supervise(f"{_FORKED}\n{thread}\nsys.exit(ProcessTree([forked('web')]).run())")
    assert supervisor.process.wait(10) == 1
    assert "only a process of one thread may be split" in supervisor.text()
