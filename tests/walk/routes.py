"""Every route of the resolver, who may open it by the tables in `addresses.py`, and its address filled in."""

import re
from collections.abc import Iterator, Mapping
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver

from tests.walk.addresses import ACCOUNTS, API, OF_A_REGISTER, OTHERS, PORTAL, Access, Kind, thing_of
from zsbank.base.cases.registry import cases
from zsbank.base.permissions import Verb

ACTION_OF_API = re.compile(r"/actions/(\w+)/\$$")
APP_INDEX = re.compile(r"admin/\^\(\?P<app_label>[a-z_|]+\)/\$")


def routes() -> Iterator[str]:
    """Return every route known to the resolver."""
    yield from _routes(get_resolver().url_patterns, "")


def _routes(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, before + str(pattern.pattern))
        else:
            yield before + str(pattern.pattern)


def access_of(route: str) -> Access | None:
    """Return who may open an address; None if it is in no table."""
    if route in PORTAL:
        return Access(Kind.PORTAL, PORTAL[route])
    if route in OTHERS:
        return OTHERS[route]
    if APP_INDEX.fullmatch(route):
        return Access(Kind.DESK, "nothing")
    if route.startswith("accounts/") and (rest := route.removeprefix("accounts/")) in ACCOUNTS:
        return Access(ACCOUNTS[rest], "nothing" if "pk" in rest or "key" in rest or "oidc" in rest else "")
    if route.startswith("api/v1/") and (rest := route.removeprefix("api/v1/")) in API:
        return Access(Kind.API, API[rest], Verb.SEE_LETTERS if rest.startswith("^letters") else None)
    return _of_the_api(route) or _of_a_portal(route) or _of_a_register(route)


def _of_the_api(route: str) -> Access | None:
    """Return the access of an address of the API that is derived from a declared case."""
    for case in cases():
        if case.api is not None and route.startswith(f"api/v1/^{case.api.path}/"):
            thing = thing_of(case) if "<pk>" in route else ""
            named = ACTION_OF_API.search(route)
            takes = next((verb for verb in Verb if named and verb.value == named[1]), None)
            return Access(Kind.CASES, thing, case.seen_with, takes)
    return None


def _of_a_portal(route: str) -> Access | None:
    """Return the access of a portal address derived from a declared case."""
    for case in cases():
        if case.portal is not None and route.startswith(f"{case.portal.path}/"):
            return Access(Kind.PORTAL, thing_of(case) if "<int:pk>" in route else "")
    return None


def _of_a_register(route: str) -> Access | None:
    _admin, app, model, rest = (*route.split("/", 3), "", "", "")[:4]
    case = next((case for case in cases() if case.key == f"{app}.{model}"), None)
    if case is None or rest not in OF_A_REGISTER:
        return None
    thing = thing_of(case) if "<" in rest and "do/" not in rest[:3] else ""
    return Access(OF_A_REGISTER[rest], thing, case.seen_with)


def address(route: str, keys: Mapping[str, object]) -> str:
    """Return the address with its parameters filled in, by default with a number that does not exist."""
    route = route.replace("<uuid:token>", str(UUID(int=999_999)))
    filled = re.sub(
        r"<\w+:(\w+)>|\(\?P<(\w+)>[^)]*\)", lambda found: str(keys.get(found[1] or found[2], 999_999)), route
    )
    return "/" + filled.replace("^", "").replace("$", "")
