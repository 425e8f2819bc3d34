"""One program of the group, with the times at which it died."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections import deque
from dataclasses import dataclass, field

WINDOW_SECONDS = 120.0
MAX_DEATHS = 5
PAUSE_SECONDS = (0.5, 1.0, 2.0, 4.0, 8.0)
LAST_LINES = 8
"""Lines of a program's errors that are said again when it keeps dying."""

BLOCK = 65_536
PR_SET_PDEATHSIG = 1
QUIET = (
    "ignore:You're running the worker with superuser privileges"  # containers and first trials run as root
)
LIBC = ctypes.CDLL(None)


def _die_with_parent() -> None:
    """Let Linux end the program when the supervisor dies, even by kill -9."""
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)


@dataclass
class Child:
    """A program in its own process group, so that its descendants can be ended with it."""

    name: str
    command: list[str]
    deaths: deque[float] = field(default_factory=deque)
    process: subprocess.Popen[bytes] | None = None
    start_at: float = 0.0
    last_lines: deque[str] = field(default_factory=lambda: deque(maxlen=LAST_LINES))

    def start(self) -> None:
        """Start the program now."""
        self.process = subprocess.Popen(  # noqa: S603 the words come from commands.py
            self.command,
            stdin=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            process_group=0,
            env=os.environ | {"PYTHONWARNINGS": QUIET},
            preexec_fn=_die_with_parent,  # noqa: PLW1509 the supervisor has one thread
        )
        if self.process.stderr is not None:
            os.set_blocking(self.process.stderr.fileno(), False)

    def pass_on(self) -> None:
        """Write to the terminal what the program wrote to its errors since the last call."""
        source = self.process.stderr if self.process is not None else None
        if source is None:
            return
        with contextlib.suppress(BlockingIOError):
            while block := os.read(source.fileno(), BLOCK):
                sys.stderr.buffer.write(block)
                sys.stderr.buffer.flush()
                lines = block.decode(errors="replace").splitlines()
                self.last_lines.extend(line for line in lines if line.strip())

    @property
    def running(self) -> bool:
        """Whether the program is running."""
        return self.process is not None and self.process.poll() is None

    def clean_up(self) -> int:
        """End the descendants of a dead program and schedule its restart.

        Returns:
            The exit code; negative for the signal that killed it.
        """
        process = self.process
        if process is None:
            raise ValueError(f"{self.name} was never started")
        self.signal(signal.SIGKILL)
        self.pass_on()
        if process.stderr is not None:
            process.stderr.close()
        self.process = None
        now = time.monotonic()
        self.deaths.append(now)
        while self.deaths[0] < now - WINDOW_SECONDS:
            self.deaths.popleft()
        self.start_at = now + PAUSE_SECONDS[min(len(self.deaths), len(PAUSE_SECONDS)) - 1]
        return process.wait()

    @property
    def keeps_dying(self) -> bool:
        """Whether it has died too often to be restarted."""
        return len(self.deaths) > MAX_DEATHS

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the program; SIGKILL also goes to its descendants."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            if number == signal.SIGKILL:
                os.killpg(self.process.pid, number)
            else:
                self.process.send_signal(number)
