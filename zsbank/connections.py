"""The other programs that the register speaks to, and whether somebody could listen in between.

The whole list, with what happens when one of them is away, is docs/en/security/connections.md.
"""

from typing import Any
from urllib.parse import parse_qs, urlsplit

HERE = ("", "localhost", "127.0.0.1", "::1")
CHECKED = ("verify-ca", "verify-full")
INSTEAD = {
    "DATABASE_URL": "end it with ?sslmode=verify-full&sslrootcert=FILE",
    "REDIS_URL": "begin it with rediss:// and end it with ?ssl_cert_reqs=required&ssl_ca_certs=FILE",
    "ZSBANK_CLAMAV": "use a socket of this machine (unix:/path), or tcp to this machine and a tunnel from there",
}


def open_to_listeners(database: dict[str, Any], redis_url: str, clamav: str) -> list[str]:
    """The connections that leave this machine without TLS, or without asking who is at the other end.

    Args:
        database: Django's settings of the database.
        redis_url: as in `REDIS_URL`; empty when there is none.
        clamav: as in `ZSBANK_CLAMAV`; empty when there is none.

    Returns: a variable and what to write there, one text each.
    """
    looked_at = {
        "DATABASE_URL": _is_safe_database(database),
        "REDIS_URL": _is_safe_redis(redis_url),
        "ZSBANK_CLAMAV": _is_safe_scanner(clamav),
    }
    return [f"{name}: {INSTEAD[name]}" for name, safe in looked_at.items() if not safe]


def _is_safe_database(given: dict[str, Any]) -> bool:
    host = str(given.get("HOST", ""))
    return host in HERE or host.startswith("/") or given.get("OPTIONS", {}).get("sslmode") in CHECKED


def _is_safe_redis(url: str) -> bool:
    """Celery's client asks for no certificate unless it is told to, whatever the scheme."""
    given = urlsplit(url)
    if (given.hostname or "") in HERE:
        return True
    return given.scheme == "rediss" and parse_qs(given.query).get("ssl_cert_reqs") == ["required"]


def _is_safe_scanner(socket: str) -> bool:
    kind, _colon, where = socket.partition(":")
    return kind != "tcp" or where.rpartition(":")[0].strip("[]") in HERE
