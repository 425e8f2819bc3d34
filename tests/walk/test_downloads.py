"""Every download leaves one journal entry: person, file, case."""

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.core.management import call_command

from tests.walk.test_walk import LEAVES, client_of, fill, walked
from tests.walk.world import World, with_every_role
from zsbank.base.accounts.models import User
from zsbank.base.journal.models import Entry
from zsbank.base.pages.case_files import FilesOfCases

pytestmark = pytest.mark.django_db
BLANK = (
    "/bank/outlets/import/template.xlsx",
    "/bank/outlets/import/template.csv",
    "/admin/exit/takeover/template.xlsx",
    "/admin/exit/takeover/outlets.xlsx",
    "/api/schema/",
)
"""Empty forms and the description of the API: nothing of the register is in them."""
TO_SIGN = "/commitment.pdf"
"""How the addresses of the sheets end that a bank prints to sign: the policy's texts with the bank's own name."""


def addresses(world: World) -> Iterator[str]:
    """Return every GET address, and every file of every case at the desk."""
    for route, access, verb in walked(world):
        if route not in LEAVES:
            yield fill(route, access, world, "own", verb)
            if access.thing == "letter":
                yield f"{fill(route, access, world, 'own', verb)}?open"
    for model, register in admin.site._registry.items():
        if isinstance(register, FilesOfCases):
            keys = {key: world.own[key] for key in ("application", "determination", "order", "exit")}
            for case in model._default_manager.filter(pk=keys.get(model.__name__.lower(), keys["order"])):
                for _file, address in register.listed_files(case):
                    yield from (address, f"{address}?download")


def is_taken_away(answer: Any) -> bool:
    """Return whether an answer is a download: a file, not a page or API data."""
    kind = answer.headers.get("Content-Type", "")
    page = kind.startswith(("text/html", "text/javascript", "application/json", "application/problem"))
    return bool(answer.status_code == 200 and ("Content-Disposition" in answer.headers or not page))


def taken_away(person: User, world: World) -> list[str]:
    """Return the addresses that are downloads for a person."""
    client, found = client_of(person), list[str]()
    for path in sorted({*addresses(world)}):
        answer = client.get(path)
        if is_taken_away(answer):
            found.append(path)
        if answer.streaming:
            answer.getvalue()
    return found


def unrecorded(person: User, paths: Iterable[str]) -> tuple[int, list[str]]:
    """Return the number of downloads of a person, and those without exactly one entry by them."""
    client, taken, wrong = client_of(person), 0, list[str]()
    for path in paths:
        last = Entry.objects.latest("pk").pk
        answer = client.get(path)
        if not is_taken_away(answer) or path in BLANK or path.endswith(TO_SIGN):
            continue
        taken += 1
        if answer.streaming:
            answer.getvalue()
        left = [(entry.actor, bool(entry.subject_label)) for entry in Entry.objects.filter(pk__gt=last)]
        if left != [(person, True)]:
            wrong.append(f"{person} {path}: {left}")
    return taken, wrong


def test_each_download_by_members_is_recorded_once(world: World) -> None:
    taken, wrong = unrecorded(world.clerk, sorted({*addresses(world)}))
    assert not wrong, "\n".join(wrong)
    assert taken >= 5


def test_each_download_by_officers_is_recorded_once(world: World) -> None:
    """What is a download for nobody with all roles is one for nobody."""
    taken, paths = 0, taken_away(with_every_role(), world)
    for person in world.staff.values():
        more, wrong = unrecorded(person, paths)
        assert not wrong, "\n".join(wrong)
        taken += more
    assert taken > 40


@pytest.mark.django_db(transaction=True)  # PostgreSQL gives an entry its place when it is committed
def test_export_by_command_is_recorded(clerk: User, tmp_path: Any) -> None:
    call_command("export_journal", tmp_path / "journal.jsonl")
    assert '"verb": "export_journal"' in (tmp_path / "journal.jsonl").read_text().splitlines()[-1]
