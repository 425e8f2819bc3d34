"""The web program started as in production behind a proxy, on an empty database.

On an empty database every query fails, which shows how errors are answered and logged.
"""

import contextlib
import http.client
import json
import os
import socket
import ssl
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import pytest
from django.conf import settings

from tests.security.test_hardening import PRODUCTION

TLS = {"X-Forwarded-Proto": "https"}
PATIENCE = 60


@dataclass(frozen=True)
class Web:
    """The running program: its address and its log."""

    port: int
    log: Path

    def ask(
        self, path: str, method: str = "GET", headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, str], str]:
        """Return status, headers and page of a request, sent as by a proxy that terminates TLS."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        given = {"Host": "register.example"} | (TLS if headers is None else headers)
        line.request(method, path, headers=given)
        answer = line.getresponse()
        page = answer.read().decode()
        line.close()
        return answer.status, dict(answer.getheaders()), page

    def said(self, words: str) -> dict[str, Any]:
        """Return the last log line that contains these words, parsed from JSON."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            lines = [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]
            if found := [line for line in lines if words in str(line)]:
                return found[-1]
            time.sleep(0.1)
        raise AssertionError(f"no line with {words!r}")


@contextlib.contextmanager
def serving(folder: Path, **variables: str) -> Iterator[Web]:
    """Run the web program on a free port during the context."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    place = {"ZSBANK_DATA": str(folder / "data"), "ZSBANK_BUILD": str(settings.BUILD_DIR)}
    words = [sys.executable, "-m", "bin.supervisor", "--only", "web", "--port", str(port)]
    with (folder / "log").open("w") as log:
        program = _started(words, kept | place | PRODUCTION | variables, log)
        try:
            _wait(port)
            yield Web(port, folder / "log")
        finally:
            program.terminate()
            program.wait(PATIENCE)


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    """A web program for the whole module."""
    with serving(tmp_path_factory.mktemp("production")) as running:
        yield running


def _started(words: list[str], environment: dict[str, str], log: IO[str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(words, cwd=settings.BASE_DIR, env=environment, stdout=log, stderr=log)


def _wait(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the web program does not answer")


def test_http_is_redirected_to_https_with_hsts(web: Web) -> None:
    status, headers, _page = web.ask("/accounts/login/", headers={})
    assert (status, headers["Location"]) == (301, "https://register.example/accounts/login/")
    status, headers, _page = web.ask("/accounts/login/")
    assert (status, headers["Strict-Transport-Security"]) == (
        200,
        "max-age=31536000; includeSubDomains; preload",
    )


@pytest.mark.parametrize(
    "path",
    [
        "/.git/config",
        "/.git/HEAD",
        "/.env",
        "/zsbank/settings.py",
        "/static/../zsbank/settings.py",
        "/static/%2e%2e/%2e%2e/requirements.txt",
        "/data/secret_key",
        "/zsbank.sqlite3",
        "/secrets/secret_key",
    ],
)
def test_no_source_secret_or_history_is_served(web: Web, path: str) -> None:
    assert web.ask(path)[0] == 404


@pytest.mark.parametrize("path", ["/static/", "/static/css/", "/static/js"])
def test_no_folder_is_listed(web: Web, path: str) -> None:
    status, _headers, page = web.ask(path)
    assert status == 404
    assert "app.css" not in page.replace('href="/static/css/app.', "")


@pytest.mark.parametrize("path", ["/", "/static/css/app.css", "/admin/", "/api/v1/banks/"])
def test_trace_is_not_answered(web: Web, path: str) -> None:
    assert web.ask(path, "TRACE")[0] == 405


@pytest.mark.parametrize(("path", "status"), [("/api/schema/", 403), ("/api/docs/", 302)])
def test_api_description_needs_sign_in(web: Web, path: str, status: int) -> None:
    assert web.ask(path, headers=TLS)[0] == status


def test_error_is_logged_and_page_has_no_details(web: Web) -> None:
    status, _headers, page = web.ask(
        "/", headers=TLS | {"Cookie": "__Host-sessionid=0123456789abcdefghijklmnopqrstuv"}
    )
    assert status == 500
    for word in ("no such table", "OperationalError", "django_session", "Traceback", ".py", "SECRET"):
        assert word not in page
    line = web.said("Internal Server Error")
    assert (line["level"], line["error"], line["method"]) == ("ERROR", "OperationalError", "GET")
    assert line["through"][-1].startswith("base.py:")
    assert "no such table" not in json.dumps(line)


def test_error_does_not_end_the_program(web: Web) -> None:
    for _time in range(12):
        web.ask("/", headers=TLS | {"Cookie": "__Host-sessionid=0123456789abcdefghijklmnopqrstuv"})
    assert web.ask("/accounts/login/")[0] == 200


def test_unknown_host_is_refused_and_logged(web: Web) -> None:
    status, _headers, page = web.ask("/", headers=TLS | {"Host": "evil.example"})
    assert status == 400
    assert "evil.example" not in page
    assert web.said("evil.example")["logger"] == "django.security.DisallowedHost"


def test_server_refusal_is_a_json_log_line(web: Web) -> None:
    with socket.create_connection(("127.0.0.1", web.port), timeout=PATIENCE) as line:
        line.sendall(b'GET /x"\r\nForged: line HTTP/9.9\r\n\r\n')
        assert line.recv(100).startswith(b"HTTP/1.1 400")
    assert web.said("Invalid request")["logger"] == "gunicorn.error"


def test_token_in_address_is_not_logged(web: Web) -> None:
    token = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ"
    assert web.ask(f"/bank/invitation/{token}/", "HEAD")[0] == 405
    web.said("/bank/invitation/<str:token>/")
    assert token not in web.log.read_text(encoding="utf-8")


def test_web_with_certificate_accepts_modern_tls_only(tmp_path: Path) -> None:
    made = tmp_path / "secrets"
    subprocess.run([settings.BASE_DIR / "bin/secrets", made], check=True)
    given = {
        "ZSBANK_CERTIFICATE": str(made / "redis_cert"),
        "ZSBANK_CERTIFICATE_KEY": str(made / "redis_key"),
    }
    with serving(tmp_path, **given) as running:
        context = ssl.create_default_context(cafile=str(made / "ca"))
        plain = socket.create_connection(("127.0.0.1", running.port), timeout=PATIENCE)
        with context.wrap_socket(plain, server_hostname="redis") as line:
            assert line.version() == "TLSv1.3"
        for newest in (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1):
            assert not _agrees(running.port, newest)
        assert _agrees(running.port, ssl.TLSVersion.TLSv1_2)
        with pytest.raises((http.client.HTTPException, OSError)):
            running.ask("/accounts/login/")


def _agrees(port: int, version: ssl.TLSVersion) -> bool:
    """Whether the server accepts a TLS version from a client that offers no other, with any cipher."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = context.maximum_version = version
    plain = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
    try:
        context.wrap_socket(plain).close()
    except ssl.SSLError:
        return False
    return True
