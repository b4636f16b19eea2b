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


def test_lines_carry_names_and_sigterm_stops_in_reverse_order(
    supervise: Callable[[str], Supervisor],
) -> None:
    supervisor = supervise("sys.exit(ProcessTree([python('first', SLEEPER), python('second', SLEEPER)]).run())")
    supervisor.until("| pid ", 2)
    supervisor.process.terminate()
    assert supervisor.process.wait(10) == 0
    text = supervisor.text()
    assert "first  | pid " in text
    assert text.index("second | bye") < text.index("first  | bye")
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
