"""A clamd for tests: a real server on a real socket that speaks INSTREAM, finds EICAR, and can fail."""

import socket
import socketserver
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

Manner = Literal["well", "garbage", "silent", "cut", "half", "hangs", "slow", "deaf", "too_large", "endless"]
SIGNATURE = "Eicar-Test-Signature"


def eicar() -> bytes:
    """The EICAR test signature, composed here so that no source file contains it."""
    return b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!" + b"$H+H*"


class Clamd:
    """The requests to the server, and its configured behaviour."""

    def __init__(self, address: str) -> None:
        """Respond correctly by default."""
        self.address = address
        self.manner: Manner = "well"
        self.heard: list[bytes] = []

    def says(self, content: bytes) -> bytes:
        """Return the answer to a file, with its zero byte."""
        if self.manner == "garbage":
            return b"220 mail.example ESMTP\0"
        if self.manner == "silent":
            return b"stream: \0"
        if self.manner == "half":
            return b"stream: O"
        if self.manner == "endless":
            return b"stream: " + b"x" * 9000
        return f"stream: {SIGNATURE} FOUND\0".encode() if eicar() in content else b"stream: OK\0"


class _Line(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        clamd: Clamd = self.server.clamd  # type: ignore[attr-defined]
        command = self._until_zero()
        if clamd.manner == "hangs":
            time.sleep(2)
        elif clamd.manner == "deaf":
            return
        elif command == b"zPING":
            self.request.sendall(b"hello\0" if clamd.manner == "garbage" else b"PONG\0")
        elif command == b"zINSTREAM":
            self._look_through(clamd)
        else:
            self.request.sendall(b"UNKNOWN COMMAND\0")

    def _look_through(self, clamd: Clamd) -> None:
        content = b""
        while length := struct.unpack("!L", self._exactly(4))[0]:
            content += self._exactly(length)
            if clamd.manner == "cut":
                return
            if clamd.manner == "too_large":
                self.request.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                return
        clamd.heard.append(content)
        if clamd.manner == "slow":
            time.sleep(2)
        self.request.sendall(clamd.says(content))

    def _until_zero(self) -> bytes:
        words = b""
        while not words.endswith(b"\0"):
            words += self._exactly(1)
        return words[:-1]

    def _exactly(self, length: int) -> bytes:
        block = b""
        while len(block) < length:
            more = self.request.recv(length - len(block))
            if not more:
                raise ConnectionAbortedError
            block += more
        return block


class _Quiet(socketserver.ThreadingMixIn):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Ignore clients that disconnect."""


class _Unix(_Quiet, socketserver.UnixStreamServer):
    pass


class _Tcp(_Quiet, socketserver.TCPServer):
    pass


@contextmanager
def clamd_on_unix(path: Path) -> Iterator[Clamd]:
    """A clamd on a socket file."""
    with _Unix(str(path), _Line) as server, _running(server, f"unix:{path}") as clamd:
        yield clamd


@contextmanager
def clamd_on_tcp() -> Iterator[Clamd]:
    """A clamd on a TCP port."""
    with _Tcp(("127.0.0.1", 0), _Line) as server:
        port = server.socket.getsockname()[1]
        with _running(server, f"tcp:127.0.0.1:{port}") as clamd:
            yield clamd


@contextmanager
def _running(server: socketserver.BaseServer, address: str) -> Iterator[Clamd]:
    clamd = Clamd(address)
    server.clamd = clamd  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield clamd
    finally:
        server.shutdown()
        thread.join()


def port_of_nobody() -> int:
    """Return a port without a listener."""
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        port: int = line.getsockname()[1]
    return port
