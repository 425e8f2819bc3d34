"""The web server with a small application: message boundaries and trusted headers."""

import contextlib
import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bin.supervisor.commands import command

ROOT = Path(__file__).resolve().parents[3]

ECHO = """
import json

def application(environ, start_response):
    body = environ["wsgi.input"].read().decode("latin-1")
    said = {name: value for name, value in environ.items() if isinstance(value, str)} | {"body": body}
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(said).encode()]
"""


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a web server with the options of `bin/run`."""
    folder = tmp_path_factory.mktemp("web")
    (folder / "echo.py").write_text(ECHO, encoding="utf-8")
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        free: int = line.getsockname()[1]
    words = command("web", host="127.0.0.1", port=free, data=folder)
    words = ["echo" if word == "zsbank.wsgi" else word for word in words]
    with subprocess.Popen(
        words, cwd=folder, env=os.environ | {"PYTHONPATH": f"{folder}{os.pathsep}{ROOT}"}
    ) as server:
        _wait_for(free)
        yield free
        server.terminate()


def _wait_for(port: int) -> None:
    for _ in range(300):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    pytest.fail("the web server does not listen")


def asked(port: int, *lines: str, body: str = "") -> list[tuple[int, Any]]:
    """Send lines over one connection; return status and received request of each answer."""
    head = "\r\n".join([*lines, "", ""])
    with socket.create_connection(("127.0.0.1", port), 10) as line:
        line.sendall((head + body).encode("latin-1"))
        line.shutdown(socket.SHUT_WR)
        said = b""
        while block := line.recv(65536):
            said += block
    answers = [b"HTTP/1.1 " + part for part in said.split(b"HTTP/1.1 ") if part]
    return [(int(answer.split(b" ", 2)[1]), _seen(answer)) for answer in answers]


def _seen(answer: bytes) -> Any:
    text = answer.partition(b"\r\n\r\n")[2].decode("latin-1")
    start, end = text.find("{"), text.rfind("}")
    return json.loads(text[start : end + 1]) if start >= 0 else None


POST, HOST = "POST / HTTP/1.1", "Host: register.example"


def test_ordinary_request_arrives_whole(port: int) -> None:
    [(status, seen)] = asked(port, POST, HOST, "Content-Length: 3", "Connection: close", body="abc")
    assert (status, seen["body"]) == (200, "abc")


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(("Content-Length: 4", "Transfer-Encoding: chunked"), id="both ways to say how long"),
        pytest.param(("Content-Length: 4", "Content-Length: 30"), id="two lengths"),
        pytest.param(("Transfer-Encoding: chunked", "Transfer-Encoding: identity"), id="two encodings"),
        pytest.param(("Transfer-Encoding: xchunked",), id="an encoding that nobody knows"),
        pytest.param(("Transfer-Encoding : chunked",), id="a blank before the colon"),
        pytest.param(("X-A: 1", " Transfer-Encoding: chunked"), id="a folded line"),
        pytest.param(("Content-Length: +4",), id="a length with a sign"),
        pytest.param(("Content-Length: -1",), id="a length below nothing"),
        pytest.param(("X-A: a\x00b",), id="a zero byte"),
    ],
)
def test_request_smuggling_is_refused(port: int, lines: tuple[str, ...]) -> None:
    hidden = "0\r\n\r\nGET /hidden HTTP/1.1\r\nHost: register.example\r\n\r\n"
    answers = asked(port, POST, HOST, *lines, body=hidden)
    assert [status for status, _seen in answers] in ([400], [501], [])


@pytest.mark.parametrize(
    ("lines", "statuses"),
    [
        pytest.param(("GET /" + "a" * 5000 + " HTTP/1.1", HOST), {400, 414}, id="a long line"),
        pytest.param(("GET / HTTP/1.1", HOST, "X-A: " + "a" * 9000), {400, 431}, id="a long field"),
        pytest.param(
            ("GET / HTTP/1.1", HOST, *(f"X-{n}: 1" for n in range(101))), {400, 431}, id="many fields"
        ),
        pytest.param(("get / HTTP/1.1", HOST), {400, 405, 501}, id="a method in small letters"),
        pytest.param(("GET / HTTP/9.9", HOST), {400, 505}, id="a version that is none"),
    ],
)
def test_invalid_or_too_long_request_is_refused(
    port: int, lines: tuple[str, ...], statuses: set[int]
) -> None:
    [(status, _seen)] = asked(port, *lines)
    assert status in statuses


@pytest.mark.parametrize(
    "field", ["SCRIPT_NAME", "PATH_INFO", "Remote_Addr", "X_Forwarded_Proto", "REMOTE_USER"]
)
def test_headers_cannot_override_server_variables(port: int, field: str) -> None:
    plain = {"SCRIPT_NAME": "", "PATH_INFO": "/page", "REMOTE_ADDR": "127.0.0.1"}
    answers = asked(port, "GET /page HTTP/1.1", HOST, f"{field}: /evil", "Connection: close")
    [(status, seen)] = answers
    assert status == 200
    assert {name: seen[name] for name in plain} == plain
    assert "/evil" not in seen.values()
