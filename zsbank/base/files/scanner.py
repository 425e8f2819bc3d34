"""The virus scanner: ClamAV's clamd, asked over its socket. It answers, or it is an outage; nothing is guessed."""

import socket
import struct
import time
from dataclasses import dataclass
from typing import IO

from django.conf import settings

BLOCK = 256 * 1024
CONNECTING, PINGING, SCANNING = 3.0, 5.0, 120.0
"""Seconds that the scanner is given: to be reached, to say that it is there, to look through one file."""

ANSWER_AT_MOST, SHOWN = 4096, 200
CLEAN, BEFORE, AFTER = "stream: OK", "stream: ", " FOUND"


class ScannerOutage(Exception):
    """The scanner did not answer, or not in words that say clean or infected; the file waits."""


@dataclass(frozen=True)
class Answer:
    """What the scanner says of one file: the signature's name when it is infected, empty when it is clean."""

    signature: str = ""

    @property
    def clean(self) -> bool:
        return not self.signature


def is_configured() -> bool:
    """Whether the register has been told of a scanner."""
    return bool(settings.CLAMAV_SOCKET)


def ping() -> None:
    """Ask whether the scanner is there.

    Raises:
        ScannerOutage: it is not.
    """
    said = _ask(b"zPING\0", None, PINGING)
    if said != "PONG":
        raise ScannerOutage(f"said {said[:SHOWN]!r} to PING")


def look_through(content: IO[bytes]) -> Answer:
    """Have the bytes looked through, from where they are read to their end.

    Raises:
        ScannerOutage: no answer in time, or one that is neither; a file over clamd's StreamMaxLength is one of these.
    """
    said = _ask(b"zINSTREAM\0", content, SCANNING)
    if said == CLEAN:
        return Answer()
    signature = said.removeprefix(BEFORE).removesuffix(AFTER).strip()
    if said == BEFORE + signature + AFTER and signature:
        return Answer(signature[:SHOWN])
    raise ScannerOutage(f"said {said[:SHOWN]!r}")


def _ask(command: bytes, content: IO[bytes] | None, seconds: float) -> str:
    until = time.monotonic() + seconds
    try:
        with _reached() as line:
            _say(line, command, until)
            if content is not None:
                _send(line, content, until)
            return _answer(line, until)
    except OSError as error:
        raise ScannerOutage(f"{type(error).__name__}: {error.strerror or error}") from error


def _reached() -> socket.socket:
    kind, _colon, where = settings.CLAMAV_SOCKET.partition(":")
    if kind == "tcp":
        host, _colon, port = where.rpartition(":")
        return socket.create_connection((host.strip("[]"), int(port)), timeout=CONNECTING)
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        line.settimeout(CONNECTING)
        line.connect(where)
    except OSError:
        line.close()
        raise
    return line


def _send(line: socket.socket, content: IO[bytes], until: float) -> None:
    """The bytes in blocks, each after its length. A scanner that has heard enough says why; that is read next."""
    try:
        while block := content.read(BLOCK):
            _say(line, struct.pack("!L", len(block)) + block, until)
        _say(line, struct.pack("!L", 0), until)
    except (BrokenPipeError, ConnectionResetError):
        return


def _say(line: socket.socket, words: bytes, until: float) -> None:
    line.settimeout(_left(until))
    line.sendall(words)


def _answer(line: socket.socket, until: float) -> str:
    """The answer up to its end, which is a zero byte or the end of the line."""
    heard = b""
    while b"\0" not in heard:
        line.settimeout(_left(until))
        block = line.recv(ANSWER_AT_MOST)
        heard += block
        if len(heard) > ANSWER_AT_MOST:
            raise ScannerOutage("said more than an answer")
        if not block:
            raise ScannerOutage(f"broke off after {heard[:SHOWN]!r}")
    said = heard.partition(b"\0")[0].decode(errors="replace").strip()
    return "".join(sign for sign in said if sign.isprintable())


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError("no answer in time")
    return left
