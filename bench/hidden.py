"""Whether response times disclose hidden objects of other banks, or existing accounts.

    .venv/bin/python -m bench.hidden [--rounds 200]

Runs on its own database (SQLite, or the server in DATABASE_URL). Requests each address for another bank's object, for
a missing one, and for a second missing one, which shows the noise. Prints one line of median ratios for each. Controls
follow: an own object, a view that loads before it checks, and the library's unmodified sign-in.
"""

import argparse
import logging
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import django

from zsbank import folders

ELSEWHERE = 888_888
Send = Callable[[], object]


def arguments() -> argparse.Namespace:
    """Parse the command line."""
    parser = argparse.ArgumentParser(prog="bench.hidden")
    parser.add_argument("--rounds", type=int, default=200, help="how often each address is asked")
    return parser.parse_args()


def medians(sends: Mapping[str, Send], rounds: int) -> dict[str, float]:
    """Return the median seconds of each request, sent in turn and in changing order."""
    taken: dict[str, list[float]] = {name: [] for name in sends}
    order = random.Random(1)  # noqa: S311 the same every time
    for _round in range(rounds + 5):
        for name in order.sample([*sends], len(sends)):
            began = time.perf_counter()
            sends[name]()
            taken[name].append(time.perf_counter() - began)
    return {name: statistics.median(seconds[5:]) for name, seconds in taken.items()}


def line(words: str, found: Mapping[str, float], *, to: str = "nobody's") -> str:
    """Print and return the ratio of each median to nobody's."""
    said = ", ".join(f"{name} {seconds / found[to]:.3f}" for name, seconds in found.items() if name != to)
    text = f"{words}: {said} times {to} ({found[to] * 1000:.2f} ms)"
    print(text)
    return text


def asking(client: Any, method: str, paths: Mapping[str, str]) -> dict[str, Send]:
    """Return a request function for each path."""

    def send(path: str) -> Send:
        return lambda: getattr(client, method)(path).status_code

    return {name: send(path) for name, path in paths.items()}


def addresses(world: Any) -> Iterator[tuple[str, dict[str, str]]]:
    """Return every address that names a hidden object, with another bank's and nobody's."""
    from tests.walk.addresses import Kind
    from tests.walk.test_walk import fill, walked
    from tests.walk.world import NOBODYS

    for route, access, verb in walked(world):
        if access.kind in (Kind.PORTAL, Kind.API, Kind.LETTERS) and access.thing not in ("", "nothing"):
            other, nobodys = (fill(route, access, world, side, verb) for side in ("other", "none"))
            again = nobodys.replace(str(NOBODYS), str(ELSEWHERE))
            yield route, {"another's": other, "nobody's": nobodys, "nobody's again": again}


def objects(world: Any, rounds: int) -> None:
    """Measure pages, API and downloads as a bank's administrator."""
    from tests.walk.test_walk import client_of

    client, ratios, chance = client_of(world.administrator), list[float](), list[float]()
    for route, paths in addresses(world):
        for method in ("get", "post"):
            found = medians(asking(client, method, paths), rounds)
            line(f"{method.upper()} {route}", found)
            ratios.append(found["another's"] / found["nobody's"])
            chance.append(found["nobody's again"] / found["nobody's"])
    print(
        f"all {len(ratios)}: another's {min(ratios):.3f} to {max(ratios):.3f}, median {statistics.median(ratios):.3f}"
    )
    print(f"chance alone: {min(chance):.3f} to {max(chance):.3f}, median {statistics.median(chance):.3f}")
    _controls(world, client, rounds)


def _controls(world: Any, client: Any, rounds: int) -> None:
    from unittest import mock

    from django.http import Http404
    from django.shortcuts import get_object_or_404

    from tests.walk.world import NOBODYS

    def load_first(rows: Any, bank: Any, pk: int) -> Any:
        row = get_object_or_404(rows, pk=pk)
        if row.bank != bank:
            raise Http404
        return row

    keys = {"own": world.own["outlet"], "another's": world.others["outlet"], "nobody's": NOBODYS}
    paths = {name: f"/bank/outlets/{key}/" for name, key in keys.items()}
    line("control, one's own outlet", medians(asking(client, "get", paths), rounds))
    with mock.patch("banks.outlets.portal.outlets.own_or_404", load_first):
        line("control, loaded first", medians(asking(client, "get", paths), rounds))


def accounts(world: Any, rounds: int) -> None:
    """Measure sign-in with a wrong password and password reset; both are dominated by hashing."""
    from django.conf import settings
    from django.test import Client, override_settings
    from django.urls import reverse

    person, client = world.clerk, Client()
    person.set_password("correct horse battery")
    person.save()
    names = {"a name": person.username, "an e-mail": person.email, "nobody's": "nobody"}
    names |= {"an e-mail of nobody's": "nobody@bank.example"}

    def signing_in(name: str) -> Send:
        return lambda: client.post(reverse("account_login"), {"login": name, "password": "wrong"})

    def forgotten(email: str) -> Send:
        return lambda: client.post(reverse("account_reset_password"), {"email": email})

    sends = {name: signing_in(login) for name, login in names.items()}
    ways = {"known": forgotten(person.email), "nobody's": forgotten("nobody@bank.example")}
    librarys = [settings.AUTHENTICATION_BACKENDS[0], "allauth.account.auth_backends.AuthenticationBackend"]
    with override_settings(ACCOUNT_RATE_LIMITS=False):
        line("sign-in", medians(sends, rounds))
        line("forgotten password", medians(ways, rounds))
        with override_settings(AUTHENTICATION_BACKENDS=librarys):
            line("control, the library's sign-in", medians(sends, rounds))
        with override_settings(ACCOUNT_FORMS={}):
            line("control, the library's mail", medians(ways, rounds))


def measure(rounds: int) -> None:
    """Make two banks and measure."""
    from admission.tests.factories import make_edition
    from banks.tests.factories import make_bank
    from conftest import People, make_officer
    from tests.walk.world import made
    from zsbank.base.roles import STAFF_ROLES, Role

    make_edition()
    people = People(**{name: make_officer(name, role) for name, role in _personas().items()})
    officers = {role: make_officer(f"the-{role.value}", role) for role in Role if role in STAFF_ROLES}
    banks = make_bank("示例银行甲", "91442000MADEM00116"), make_bank("示例银行乙", "91442000MADEM002XX")
    world = made(*banks, people, officers)
    objects(world, rounds)
    accounts(world, max(rounds // 5, 5))


def _personas() -> dict[str, Any]:
    from zsbank.base.roles import Role

    return {
        "intake": Role.INTAKE_OFFICER,
        "reviewer": Role.REVIEWER,
        "decider": Role.DECIDER,
        "second_decider": Role.DECIDER,
        "inspector": Role.INSPECTOR,
        "assessor": Role.ASSESSOR,
        "second_assessor": Role.ASSESSOR,
        "auditor": Role.AUDITOR,
    }


def main() -> None:
    """Measure in a temporary folder and database."""
    asked = arguments()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ZSBANK_DATA"] = folder
        os.environ.setdefault("ZSBANK_MODE", "test")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zsbank.settings")
        folders.prepare()
        django.setup()
        logging.disable(logging.WARNING)
        from django.test.runner import DiscoverRunner

        runner = DiscoverRunner(verbosity=0, interactive=False)
        kept = runner.setup_databases()
        try:
            measure(asked.rounds)
        finally:
            runner.teardown_databases(kept)


if __name__ == "__main__":
    main()
