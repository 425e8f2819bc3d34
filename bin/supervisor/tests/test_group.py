"""The group, with small programs in place of web, worker and beat."""

import contextlib
import itertools
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bin.supervisor import place
from bin.supervisor.__main__ import Greeting

ROOT = Path(__file__).resolve().parents[3]

# Each program starts a child process, as Celery does, and writes down both process numbers.
PROGRAM = """
import os, pathlib, subprocess, sys, time
sleeper = subprocess.Popen(["sleep", "300"])
with open(pathlib.Path(sys.argv[1]), "a") as notes:
    notes.write(f"{os.getpid()} {sleeper.pid}\\n")
time.sleep(float(sys.argv[2]))
"""
GROUP = f"""
import sys
from bin.supervisor import child
from bin.supervisor.child import Child
from bin.supervisor.group import Group
child.PAUSE_SECONDS = (0.1,)
folder, lives = sys.argv[1], sys.argv[2:]
names = ("one", "two")[:len(lives)]
program = [sys.executable, "-c", {PROGRAM!r}]
children = [Child(n, [*program, f"{{folder}}/{{n}}", life]) for n, life in zip(names, lives)]
sys.exit(Group(children).serve(each_look=lambda: None))
"""

StartGroup = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start_group(tmp_path: Path) -> Iterator[StartGroup]:
    """Start a group of programs that live for these numbers of seconds."""
    groups: list[subprocess.Popen[str]] = []

    def start(*lives: float) -> "subprocess.Popen[str]":
        words = [sys.executable, "-c", GROUP, str(tmp_path), *map(str, lives)]
        groups.append(subprocess.Popen(words, cwd=ROOT, stderr=subprocess.PIPE, text=True))
        return groups[-1]

    yield start
    for group in groups:
        group.kill()
        group.wait()
    for file in tmp_path.iterdir():
        for number in itertools.chain(*starts(file)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
    for group in groups:
        group.communicate()


def wait_for(condition: Callable[[], bool], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def starts(file: Path) -> list[list[int]]:
    """The process numbers of each start: program and child."""
    lines = file.read_text().splitlines() if file.exists() else []
    return [[int(number) for number in line.split()] for line in lines]


def alive(number: int) -> bool:
    try:
        state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_killed_program_is_named_and_restarted(start_group: StartGroup, tmp_path: Path) -> None:
    group = start_group(300, 300)
    wait_for(lambda: len(starts(tmp_path / "one")) == 1)
    program, sleeper = starts(tmp_path / "one")[0]

    os.kill(program, signal.SIGKILL)

    wait_for(lambda: len(starts(tmp_path / "one")) == 2)
    assert not alive(sleeper), "what the dead program had started is ended with it"
    group.send_signal(signal.SIGINT)
    _, words = group.communicate(timeout=10)
    assert "one died (exit -9), restarting it" in words
    assert len(starts(tmp_path / "two")) == 1


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_stop_ends_all_processes(start_group: StartGroup, tmp_path: Path, number: signal.Signals) -> None:
    group = start_group(300, 300)
    wait_for(lambda: bool(starts(tmp_path / "one") and starts(tmp_path / "two")))

    group.send_signal(number)

    assert group.wait(timeout=10) == 0
    family = starts(tmp_path / "one")[0] + starts(tmp_path / "two")[0]
    wait_for(lambda: not any(map(alive, family)))


def test_programs_end_when_the_group_itself_is_killed(start_group: StartGroup, tmp_path: Path) -> None:
    group = start_group(300)
    wait_for(lambda: len(starts(tmp_path / "one")) == 1)

    group.kill()

    wait_for(lambda: not alive(starts(tmp_path / "one")[0][0]))


def test_repeatedly_dying_program_stops_the_group(start_group: StartGroup, tmp_path: Path) -> None:
    group = start_group(0, 300)

    assert group.wait(timeout=40) == 1
    assert group.stderr is not None
    assert "one keeps dying (exit 0): stopping everything" in group.stderr.read()
    assert not alive(starts(tmp_path / "two")[0][0])


def test_reason_of_a_dying_program_is_said_again(start_group: StartGroup, tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()  # the program cannot write its notes there
    group = start_group(0, 300)

    assert group.wait(timeout=40) == 1
    assert group.stderr is not None
    said = group.stderr.read().rpartition("one said last:")[2]
    assert "IsADirectoryError" in said
    (tmp_path / "one").rmdir()


def test_ready_is_said_after_the_worker_answered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(place, "answers", lambda _host, _port: True)
    (tmp_path / "work").mkdir()
    heartbeat = tmp_path / place.HEARTBEAT
    heartbeat.touch()
    os.utime(heartbeat, (1, 1))  # of an earlier start
    greeting = Greeting("127.0.0.1", 8000, tmp_path, "")
    greeting.tell_when_up()
    assert "ready" not in capsys.readouterr().err
    greeting.began -= 61
    greeting.tell_when_up()
    assert "worker does not yet" in capsys.readouterr().err
    heartbeat.touch()
    greeting.tell_when_up()
    assert "ready: http://127.0.0.1:8000/" in capsys.readouterr().err


WITHOUT_RIGHTS = """
source bin/setup
id() { echo 1000; }
dpkg-query() { return 1; }
command() { [ "$2" != sudo ] && builtin command "$@"; }
install_packages gettext
"""


def test_administrator_is_asked_once_for_python_too() -> None:
    done = subprocess.run(
        ["bash", "-c", WITHOUT_RIGHTS], cwd=ROOT, capture_output=True, text=True, check=False
    )
    [asked] = [line for line in done.stderr.splitlines() if "apt-get install" in line]
    assert done.returncode == 1
    assert {"python3", "python3-venv", "gettext", "libpango-1.0-0"} <= set(asked.split())
    assert "sudo" not in asked


def test_used_port_is_refused_with_a_suggestion() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(place.Taken, match=f"bin/run --port {port + 1}"):
            place.require_free_port("127.0.0.1", port)


def test_data_folder_is_used_by_one_start(tmp_path: Path) -> None:
    with place.lock_folder(tmp_path / "data"), pytest.raises(place.Taken, match="already serves"):
        place.lock_folder(tmp_path / "data")

    place.lock_folder(tmp_path / "data").close()


def test_unwritable_data_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(place.Taken, match="cannot be written"):
        place.lock_folder(tmp_path / "file" / "data")
