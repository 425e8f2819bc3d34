"""The two things a start needs for itself: a free address and a data folder nobody else serves from."""

import fcntl
import http.client
import os
import socket
from pathlib import Path
from typing import IO


class Taken(Exception):
    """The place cannot be had; holds the words for it in Chinese and in English."""

    def __init__(self, chinese: str, english: str) -> None:
        """Both are shown to the person who started the program."""
        super().__init__(f"{chinese}\n  {english}")


def demand_free_port(host: str, port: int) -> None:
    """Raise `Taken` when somebody listens on the address already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Taken(
                f"端口 {port} 用不了，请换一个：bin/run --port {port + 1}",
                f"port {port} cannot be used ({error.strerror}); try another: bin/run --port {port + 1}",
            ) from error


def hold_folder(data: Path) -> IO[str]:
    """Make the data folder and hold it until the returned file is closed or the process ends.

    Raises: `Taken` when it cannot be written or another start serves from it.
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
    """Whether a web server answers there, whatever it says."""
    connection = http.client.HTTPConnection(host, port, timeout=2)
    try:
        connection.request("GET", "/static/css/app.css")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True
