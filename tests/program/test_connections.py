"""Connections to other machines are encrypted and verified by certificate, or refused."""

import ast
import contextlib
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import dj_database_url
import kombu
import pytest
import redis
from django.conf import settings as configured
from django.core.mail import get_connection, send_mail
from django.db import connection
from pytest_django import Settings

from tests.security.test_hardening import PRODUCTION, manage
from zsbank.connections import unprotected_connections
from zsbank.site.operations import backup

PLAIN_URL = "postgres://someone:PASSWORD@database:5432/zsbank"


@pytest.fixture(scope="session")
def secrets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of bin/secrets."""
    folder = tmp_path_factory.mktemp("made") / "secrets"
    subprocess.run([configured.BASE_DIR / "bin/secrets", folder], check=True)
    return folder


def wrong(database: str = "", redis_url: str = "", clamav: str = "") -> list[str]:
    """The variables reported as faulty."""
    given = dj_database_url.parse(database) if database else {}
    return [text.partition(":")[0] for text in unprotected_connections(dict(given), redis_url, clamav)]


@pytest.mark.parametrize(
    "end",
    ["", "?sslmode=disable", "?sslmode=prefer", "?sslmode=require"],
)
def test_remote_database_without_verified_tls_is_refused(end: str) -> None:
    assert wrong(PLAIN_URL + end) == ["DATABASE_URL"]


def test_local_or_verified_database_is_accepted() -> None:
    assert wrong(PLAIN_URL + "?sslmode=verify-full&sslrootcert=/run/secrets/ca") == []
    assert wrong("postgres://someone:PASSWORD@127.0.0.1/zsbank") == []
    assert wrong() == []


@pytest.mark.parametrize(
    ("url", "named"),
    [
        ("redis://redis:6379/0", True),
        ("rediss://redis:6379/0", True),
        ("rediss://redis:6379/0?ssl_cert_reqs=none", True),
        ("rediss://redis:6379/0?ssl_cert_reqs=required&ssl_cert_reqs=none", True),
        ("rediss://:secret@redis:6379/0?ssl_cert_reqs=required&ssl_ca_certs=/ca", False),
        ("redis://127.0.0.1:6379/0", False),
    ],
)
def test_remote_queue_needs_verified_tls(url: str, named: bool) -> None:
    assert (wrong(redis_url=url) == ["REDIS_URL"]) is named


@pytest.mark.parametrize(
    ("where", "named"),
    [
        ("tcp:scanner:3310", True),
        ("tcp:127.0.0.1:3310", False),
        ("tcp:[::1]:3310", False),
        ("unix:/x", False),
    ],
)
def test_remote_scanner_without_tls_is_refused(where: str, named: bool) -> None:
    assert (wrong(clamav=where) == ["ZSBANK_CLAMAV"]) is named


def test_production_refuses_plain_connection_without_disclosing_password(tmp_path: Path) -> None:
    code, said = manage(tmp_path, "check", **PRODUCTION, DATABASE_URL=PLAIN_URL)
    assert code != 0
    assert "DATABASE_URL: end it with ?sslmode=verify-full" in said
    assert "PASSWORD" not in said


def test_plain_connections_can_be_allowed_by_setting(tmp_path: Path) -> None:
    given = PRODUCTION | {"ZSBANK_CLAMAV": "tcp:scanner:3310"}
    assert manage(tmp_path, "check", **given)[0] != 0
    assert manage(tmp_path, "check", **given, ZSBANK_PLAIN_NETWORK="yes")[0] == 0


def test_backup_uses_the_same_certificate(monkeypatch: pytest.MonkeyPatch) -> None:
    options = {"sslmode": "verify-full", "sslrootcert": "/run/secrets/ca"}
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", options)
    asked = 'test "$PGSSLMODE $PGSSLROOTCERT" = "verify-full /run/secrets/ca"'
    backup._run("sh", "-c", asked)
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", {})
    with pytest.raises(backup.Unusable):
        backup._run("sh", "-c", asked)


@contextlib.contextmanager
def mail_server(certificate: Path | None, heard: list[str]) -> Iterator[int]:
    """A mail server for one connection; it offers TLS if it has a certificate."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with contextlib.suppress(OSError), listening.accept()[0] as line:
            line.settimeout(10)
            line.sendall(b"220 mail\r\n")
            with line.makefile("rb") as words:
                for said in words:
                    word = said.upper()
                    heard.append(word.decode().strip())
                    if word.startswith(b"EHLO"):
                        line.sendall(b"250-mail\r\n250 STARTTLS\r\n" if certificate else b"250 mail\r\n")
                    elif word.startswith(b"STARTTLS") and certificate:
                        line.sendall(b"220 go on\r\n")
                        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                        context.load_cert_chain(certificate, str(certificate).replace("_cert", "_key"))
                        context.wrap_socket(line, server_side=True).close()
                        return
                    else:
                        line.sendall(b"250 ok\r\n")

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        thread.join(10)
        listening.close()


@pytest.mark.parametrize("with_tls", [True, False])
def test_untrusted_mail_server_gets_no_mail_or_password(
    with_tls: bool, settings: Settings, secrets: Path
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "127.0.0.1", "me", "secret"
    heard: list[str] = []
    with mail_server(secrets / "redis_cert" if with_tls else None, heard) as port:
        settings.EMAIL_PORT = port
        reason = "certificate verify failed" if with_tls else "STARTTLS"
        with contextlib.closing(get_connection()) as line, pytest.raises(OSError, match=reason):
            send_mail("subject", "words", "from@hrss.example", ["to@bank.example"], connection=line)
    assert not [word for word in heard if word.startswith(("MAIL", "RCPT", "DATA", "AUTH"))]


@pytest.fixture
def queue_by_tls(secrets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Redis as in docker-compose.yml; its address as written by bin/secrets, on a local port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = f"redis-server --port 0 --tls-port {port} --bind 127.0.0.1 --tls-auth-clients no --dir {tmp_path}"
    words += f" --tls-cert-file {secrets}/redis_cert --tls-key-file {secrets}/redis_key"
    program = subprocess.Popen([*words.split(), "--include", f"{secrets}/redis_password"])
    look_up = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *rest, **named: look_up("127.0.0.1", *rest, **named)
    )
    url = (secrets / "redis_url").read_text().strip()
    try:
        yield url.replace("/run/secrets", str(secrets)).replace(":6379", f":{port}")
    finally:
        program.terminate()
        program.wait(10)


@pytest.mark.postgres
def test_queue_needs_password_and_certificate(queue_by_tls: str, tmp_path: Path) -> None:
    def reach(url: str) -> None:
        """As the health check does, and as Celery does."""
        with redis.Redis.from_url(url, socket_connect_timeout=3) as broker:
            broker.ping()
        with kombu.Connection(url, connect_timeout=3) as line:
            line.ensure_connection(max_retries=1, timeout=3)

    for _try in range(50):
        with contextlib.suppress(redis.ConnectionError):
            reach(queue_by_tls)
            break
    reach(queue_by_tls)
    bundle = ssl.get_default_verify_paths().cafile or "/etc/ssl/certs/ca-certificates.crt"
    with pytest.raises(redis.ConnectionError, match="CERTIFICATE_VERIFY_FAILED"):
        reach(queue_by_tls.partition("ssl_ca_certs=")[0] + f"ssl_ca_certs={bundle}")
    with pytest.raises(redis.ConnectionError, match="CERTIFICATE_VERIFY_FAILED"):
        reach(queue_by_tls.replace("@redis", "@elsewhere"))
    with pytest.raises(redis.ConnectionError):
        reach(queue_by_tls.replace("rediss", "redis").partition("?")[0])
    password = queue_by_tls.partition("@")[0].rpartition(":")[2]
    with pytest.raises(redis.AuthenticationError):
        reach(queue_by_tls.replace(password, "wrong"))


def test_secrets_are_made_once_and_private(secrets: Path) -> None:
    before = {path.name: path.read_bytes() for path in secrets.iterdir()}
    subprocess.run([configured.BASE_DIR / "bin/secrets", secrets], check=True)
    assert {path.name: path.read_bytes() for path in secrets.iterdir()} == before
    public = {"ca", "database_cert", "redis_cert"}
    assert {path.name for path in secrets.iterdir() if path.stat().st_mode & 0o077} == public
    assert len(before["secret_key"]) >= 50
    assert before["application_password"] != before["owner_password"]
    assert before["application_password"].strip() in before["application_url"]
    url = (secrets / "application_url").read_text().strip()
    assert wrong(url, (secrets / "redis_url").read_text().strip()) == []


SPEAKS = {
    "zsbank/base/files/scanner.py": {"socket"},
    "zsbank/base/accounts/identity.py": {"requests"},
    "zsbank/site/operations/health.py": {"redis"},
    "zsbank/middleware/rate_limits.py": {"redis"},
    "zsbank/settings.py": {"redis"},
    "bin/supervisor/place.py": {"socket", "http"},
    "bin/open_pages.py": {"http", "urllib"},
}
"""Who opens a connection of its own, or knows its errors; besides these only Django (database, mail, cache) and Celery
(queue) do."""

NETWORK = {"aiohttp", "ftplib", "http", "httpx", "imaplib", "poplib", "redis", "requests", "smtplib", "socket",
           "socketserver", "ssl", "telnetlib", "urllib", "urllib3", "websockets", "xmlrpc", "asyncio"}  # fmt: skip


def test_no_other_file_opens_a_connection() -> None:
    found: dict[str, set[str]] = {}
    for room in ("zsbank", "banks", "admission", "inspections", "exit", "bin"):
        for path in sorted((configured.BASE_DIR / room).rglob("*.py")):
            name = path.relative_to(configured.BASE_DIR).as_posix()
            if "/tests/" not in name and (used := _imported(path) & NETWORK):
                found[name] = used
    assert found == SPEAKS


def _imported(path: Path) -> set[str]:
    """The libraries imported by a file; parsing addresses is not a connection."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names.add(node.module or "")
    return {name.partition(".")[0] for name in names - {"urllib.parse", "http", "urllib"}}
