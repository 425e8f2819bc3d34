"""Client of the virus scanner ClamAV: every unclear answer of clamd counts as an outage."""

import socket
import struct
import time
from dataclasses import dataclass
from typing import IO

from django.conf import settings

BLOCK = 256 * 1024
CONNECT_SECONDS, PING_SECONDS, SCAN_SECONDS = 3.0, 5.0, 120.0
"""Timeouts in seconds: for connecting, for PING, and for scanning one file."""

MAX_ANSWER_BYTES, MAX_SHOWN = 4096, 200
CLEAN, BEFORE, AFTER = "stream: OK", "stream: ", " FOUND"


class ScannerOutage(Exception):
    """The scanner did not give a valid answer; the file keeps waiting."""


@dataclass(frozen=True)
class Answer:
    """The result for one file: the name of the virus; empty if it is clean."""

    signature: str = ""

    @property
    def clean(self) -> bool:
        return not self.signature


def is_configured() -> bool:
    """Return whether a scanner is configured."""
    return bool(settings.CLAMAV_SOCKET)


def ping() -> None:
    """Check that the scanner responds.

    Raises:
        ScannerOutage: it does not.
    """
    answer = _request(b"zPING\0", None, PING_SECONDS)
    if answer != "PONG":
        raise ScannerOutage(f"said {answer[:MAX_SHOWN]!r} to PING")


def scan(content: IO[bytes]) -> Answer:
    """Scan the bytes from the current position to the end.

    Raises:
        ScannerOutage: no valid answer in time, including files over clamd's StreamMaxLength.
    """
    answer = _request(b"zINSTREAM\0", content, SCAN_SECONDS)
    if answer == CLEAN:
        return Answer()
    signature = answer.removeprefix(BEFORE).removesuffix(AFTER).strip()
    if answer == BEFORE + signature + AFTER and signature:
        return Answer(signature[:MAX_SHOWN])
    raise ScannerOutage(f"said {answer[:MAX_SHOWN]!r}")


def _request(command: bytes, content: IO[bytes] | None, seconds: float) -> str:
    until = time.monotonic() + seconds
    try:
        with _connect() as connection:
            _send_bytes(connection, command, until)
            if content is not None:
                _send(connection, content, until)
            return _answer(connection, until)
    except OSError as error:
        raise ScannerOutage(f"{type(error).__name__}: {error.strerror or error}") from error


def _connect() -> socket.socket:
    kind, _colon, where = settings.CLAMAV_SOCKET.partition(":")
    if kind == "tcp":
        host, _colon, port = where.rpartition(":")
        return socket.create_connection((host.strip("[]"), int(port)), timeout=CONNECT_SECONDS)
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.settimeout(CONNECT_SECONDS)
        connection.connect(where)
    except OSError:
        connection.close()
        raise
    return connection


def _send(connection: socket.socket, content: IO[bytes], until: float) -> None:
    """Send the bytes in blocks with their lengths. If clamd closes the connection, its answer says why."""
    try:
        while block := content.read(BLOCK):
            _send_bytes(connection, struct.pack("!L", len(block)) + block, until)
        _send_bytes(connection, struct.pack("!L", 0), until)
    except (BrokenPipeError, ConnectionResetError):
        return


def _send_bytes(connection: socket.socket, words: bytes, until: float) -> None:
    connection.settimeout(_left(until))
    connection.sendall(words)


def _answer(connection: socket.socket, until: float) -> str:
    """Return the answer up to a zero byte or the end of the connection."""
    received = b""
    while b"\0" not in received:
        connection.settimeout(_left(until))
        block = connection.recv(MAX_ANSWER_BYTES)
        received += block
        if len(received) > MAX_ANSWER_BYTES:
            raise ScannerOutage("said more than an answer")
        if not block:
            raise ScannerOutage(f"broke off after {received[:MAX_SHOWN]!r}")
    answer = received.partition(b"\0")[0].decode(errors="replace").strip()
    return "".join(character for character in answer if character.isprintable())


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError("no answer in time")
    return left
