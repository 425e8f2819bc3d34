"""Resources a start needs exclusively: a free address and a data folder."""

import fcntl
import http.client
import os
import socket
from pathlib import Path
from typing import IO

HEARTBEAT = Path("work", "heartbeat")
"""In the data folder: touched by a task of the worker (`WORK_DIR` of the settings)."""


class Taken(Exception):
    """A resource is not available; the message is Chinese and English."""

    def __init__(self, chinese: str, english: str) -> None:
        """Both texts are shown to the person who started the program."""
        super().__init__(f"{chinese}\n  {english}")


def require_free_port(host: str, port: int) -> None:
    """Check that nothing listens on the address.

    Raises:
        Taken: the address is in use.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Taken(
                f"端口 {port} 用不了，请换一个：bin/run --port {port + 1}",
                f"port {port} cannot be used ({error.strerror}); try another: bin/run --port {port + 1}",
            ) from error


def lock_folder(data: Path) -> IO[str]:
    """Create and lock the data folder until the returned file is closed or the process ends.

    Raises:
        Taken: the folder is not writable, or another start uses it.
    """
    try:
        data.mkdir(parents=True, exist_ok=True)
        lock = open(data / "run.lock", "w", encoding="ascii")  # noqa: SIM115 held for the life of the process
    except OSError as error:
        raise Taken(
            f"数据目录无法写入：{data}", f"the data folder cannot be written ({error.strerror}): {data}"
        ) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.close()
        raise Taken(
            f"已有一个程序正在使用数据目录 {data}",
            f"another start already serves from {data}; stop it first or use --data DIR",
        ) from error
    os.set_inheritable(lock.fileno(), False)
    return lock


def answers(host: str, port: int) -> bool:
    """Whether a web server answers there, with any status."""
    connection = http.client.HTTPConnection(host, port, timeout=2)
    try:
        connection.request("GET", "/static/css/app.css")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def worker_answered(data: Path, since: float) -> bool:
    """Whether a worker has carried out a task since a moment, in seconds: its heartbeat touches a file."""
    try:
        return (data / HEARTBEAT).stat().st_mtime >= since
    except FileNotFoundError:
        return False
