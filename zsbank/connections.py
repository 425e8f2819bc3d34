"""Checks that connections to other machines are protected by TLS.

docs/en/security/connections.md lists all connections and what happens when the other program is unavailable.
"""

from typing import Any
from urllib.parse import parse_qs, urlsplit

LOCAL_HOSTS = ("", "localhost", "127.0.0.1", "::1")
VERIFYING_MODES = ("verify-ca", "verify-full")
HINTS = {
    "DATABASE_URL": "end it with ?sslmode=verify-full&sslrootcert=FILE",
    "REDIS_URL": "begin it with rediss:// and end it with ?ssl_cert_reqs=required&ssl_ca_certs=FILE",
    "ZSBANK_CLAMAV": "use a socket of this machine (unix:/path), or tcp to this machine and a tunnel from there",
}


def unprotected_connections(database: dict[str, Any], redis_url: str, clamav: str) -> list[str]:
    """Return the connections that leave this machine without TLS or without certificate verification.

    Args:
        database: Django's settings of the database.
        redis_url: as in `REDIS_URL`; empty when there is none.
        clamav: as in `ZSBANK_CLAMAV`; empty when there is none.

    Returns: one text for each connection: the variable, and how to set it.
    """
    safe_by_name = {
        "DATABASE_URL": _is_safe_database(database),
        "REDIS_URL": _is_safe_redis(redis_url),
        "ZSBANK_CLAMAV": _is_safe_scanner(clamav),
    }
    return [f"{name}: {HINTS[name]}" for name, safe in safe_by_name.items() if not safe]


def _is_safe_database(given: dict[str, Any]) -> bool:
    host = str(given.get("HOST", ""))
    return (
        host in LOCAL_HOSTS
        or host.startswith("/")
        or given.get("OPTIONS", {}).get("sslmode") in VERIFYING_MODES
    )


def _is_safe_redis(url: str) -> bool:
    """Celery's client verifies certificates only if the URL asks for it, whatever the scheme."""
    given = urlsplit(url)
    if (given.hostname or "") in LOCAL_HOSTS:
        return True
    return given.scheme == "rediss" and parse_qs(given.query).get("ssl_cert_reqs") == ["required"]


def _is_safe_scanner(socket: str) -> bool:
    kind, _colon, where = socket.partition(":")
    return kind != "tcp" or where.rpartition(":")[0].strip("[]") in LOCAL_HOSTS
