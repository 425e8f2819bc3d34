"""A program of ours in a process of its own: it has no settings, variables and database, and limits of time and memory.

What it reads may kill it, or take all it may have; whoever asked goes on (decision 0021).
"""

import logging
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2]
START = """
import resource, runpy, sys, types
package = types.ModuleType("zsbank")
package.__path__ = [sys.argv[1]]
sys.modules["zsbank"] = package
limits = {"RLIMIT_CPU": sys.argv[3], "RLIMIT_AS": sys.argv[4], "RLIMIT_FSIZE": sys.argv[5], "RLIMIT_CORE": 0}
for name, most in limits.items():
    resource.setrlimit(getattr(resource, name), (int(most), int(most)))
module, sys.argv[1:] = sys.argv[2], sys.argv[6:]
runpy.run_module(module, run_name="__main__", alter_sys=True)
"""
"""The package as a folder only: importing it would load the settings with their secrets."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Limits:
    """What the program may take.

    Args:
        seconds: elapsed time.
        processor_seconds: processor time.
        memory_bytes: address space.
        file_bytes: size of a file that it writes; 0 if it may write none.
    """

    seconds: float
    processor_seconds: int
    memory_bytes: int
    file_bytes: int = 0


class Failed(Exception):
    """The program ended with an error of its own; the message is its last line."""


class Stopped(Exception):
    """The program was killed, ran out of memory, or took too long."""


def output_of(module: str, data: bytes, limits: Limits, *more: str) -> bytes:
    """Run a module with data as its input, and return its output.

    Args:
        module: its name, such as `zsbank.base.letters.renderer`; it imports nothing that needs settings.
        more: further words of its command line.

    Raises:
        Stopped: it died or took too long.
        Failed: it ended with an error.
    """
    numbers = (limits.processor_seconds, limits.memory_bytes, limits.file_bytes)
    words = [sys.executable, "-I", "-B", "-c", START, str(PACKAGE), module, *map(str, numbers), *more]
    try:
        done = subprocess.run(  # noqa: S603 words of ours
            words, input=data, capture_output=True, timeout=limits.seconds, check=False, env={}, cwd="/"
        )
    except subprocess.TimeoutExpired as error:
        raise Stopped(f"took longer than {limits.seconds:g} seconds") from error
    if done.returncode == 0:
        return done.stdout
    last = done.stderr.decode(errors="replace").strip().rsplit("\n", 1)[-1][:200]
    logger.warning("%s ended with %s: %s", module, done.returncode, last)
    if done.returncode < 0:
        raise Stopped(f"was killed by signal {-done.returncode}")
    raise Stopped("ran out of memory") if last.startswith("MemoryError") else Failed(last)
