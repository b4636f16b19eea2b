"""Becomes the command it is given, and sees to it that the command ends with the process that asked for it.

Called as a program of its own, `launch.py OWNER COMMAND...`, since a process with threads may not prepare
its children by hand. Standard library only.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from types import FrameType

_PR_SET_PDEATHSIG = 1


def main() -> int:
    """Runs the command; does not return on Linux, where the kernel watches the owner."""
    owner, *command = sys.argv[1:]
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGTERM))
        if os.getppid() != int(owner):  # it died before the kernel was told
            return 1
        return _become(command)
    return _watch(int(owner), command)


def _become(command: list[str]) -> int:
    try:
        os.execvp(command[0], command)
    except OSError as error:
        sys.stderr.write(f"cannot start {command[0]}: {error.strerror}\n")
    return 127


def _watch(owner: int, command: list[str]) -> int:
    """Where the kernel does not watch: stays beside the command, hands signals on, looks once a second."""
    process = subprocess.Popen(command)

    def hand_on(number: int, _frame: FrameType | None) -> None:
        process.send_signal(number)

    signal.signal(signal.SIGTERM, hand_on)
    signal.signal(signal.SIGINT, hand_on)
    while process.poll() is None:
        if os.getppid() != owner:
            process.terminate()
        time.sleep(1)
    return process.returncode if process.returncode >= 0 else 128 - process.returncode


if __name__ == "__main__":
    sys.exit(main())
