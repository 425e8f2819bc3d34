"""Addresses of clients: whose they are, and how they are counted."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

IPV6_BLOCK = 64
"""A network of this prefix length is one customer of a provider: its addresses are counted together."""


def forwarded_address(request: HttpRequest) -> str:
    """Return the address that the reverse proxy appended to X-Forwarded-For; empty without a proxy that is named.

    The header is believed only if the request comes from one of `TRUSTED_PROXIES`: otherwise it is the browser's own.
    """
    if not settings.ALLAUTH_TRUSTED_PROXY_COUNT or not _is_proxy(request.META.get("REMOTE_ADDR", "")):
        return ""
    given = [part.strip() for part in request.headers.get("x-forwarded-for", "").split(",")]
    count = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    last = given[-count] if len(given) >= count else ""
    return last if _parsed(last) else ""


def counted(address: str) -> str:
    """Return the address as limits count it: for IPv6 its /64, for IPv4 within IPv6 the IPv4 address."""
    parsed = _parsed(address)
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, IPV6_BLOCK), strict=False).network_address)
    return str(parsed or address)


def _is_proxy(address: str) -> bool:
    parsed = _parsed(address)
    if parsed is None:
        return False
    return any(parsed in ipaddress.ip_network(network) for network in settings.TRUSTED_PROXIES)


def _parsed(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(address)
    except ValueError:
        return None
