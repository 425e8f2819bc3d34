"""Every upload field: a bad file is refused at its field, and nothing is stored or lost."""

import ast
import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse
from pytest_django.live_server_helper import LiveServer

from admission.applications.actions.applications import start_application
from admission.applications.models import Evidence
from admission.editions.models import PolicyEdition
from admission.tests.factories import PDF
from banks.register.models import Bank
from tests.security.upload_place import Place, World
from tests.security.uploads import PLACES, outlets
from zsbank import settings as as_set
from zsbank.base.accounts.models import User
from zsbank.base.files import store
from zsbank.base.files.actions import store_upload
from zsbank.base.files.choosing import choose
from zsbank.base.files.forms import CHOSEN
from zsbank.base.files.models import ChosenFile, StoredFile

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
FIELDS = frozenset({"FileField", "ImageField", "ChosenFileField", "ChosenFilesField"})


@pytest.fixture
def world(bank: Bank, clerk: User, administrator: User, people: "People", edition: PolicyEdition) -> World:
    """A bank and the officers."""
    return World(bank, clerk, administrator, people)


EACH = [pytest.param(place, id=place.__name__) for places in PLACES.values() for place in places]

FORGETFUL = {
    "ImportForm.file",
    "EvidenceForm.file",
    "ChosenForm.file",
    "HolidaysForm.file",
    "WorkbookForm.file",
    "ListForm.file",
}
"""Forms of which nothing but the file is refused when one is given: the file is what has to be changed."""

TEXT_FILES = {
    "zsbank/site/holidays/forms.py HolidaysForm.file",
    "exit/takeover/forms/takeovers.py WorkbookForm.file",
    "inspections/complaints/forms/lists.py ListForm.file",
    "exit/takeover/forms/bank.py bank_form.outlets",
}
"""Read row by row and not stored; bad ones are tried beside them (`test_reading.py`, `test_workbook.py`,
`test_bank_form.py`)."""

STORED = [param for param in EACH if param.id != outlets.__name__]
"""A list of outlets is read, not stored."""

REMEMBERING = [
    pytest.param(place, id=place.__name__)
    for name, places in PLACES.items()
    if name.split()[-1] not in FORGETFUL
    for place in places
]


def fields_of_files(kinds: frozenset[str] = FIELDS) -> Iterator[str]:
    """Yield every form field for files in the register's own code, by file, form and name."""
    root = Path(settings.BASE_DIR)
    for room in ("zsbank", "banks", "admission", "inspections", "exit"):
        for path in (root / room).rglob("*.py"):
            if "tests" not in path.parts and path.parent.name != "migrations":
                for form in ast.parse(path.read_text()).body:
                    for name in _names(form, kinds):
                        yield f"{path.relative_to(root)} {form.name}.{name}"  # type: ignore[attr-defined]


def _names(form: ast.stmt, kinds: frozenset[str]) -> Iterator[str]:
    """Return the names of file fields in one form, or in a function that makes one."""
    for part in ast.walk(form):
        if (
            isinstance(part, ast.Assign)
            and _is_for_files(part.value, kinds)
            and isinstance(part.targets[0], ast.Name)
        ):
            yield part.targets[0].id
        elif isinstance(part, ast.Dict):
            for key, value in zip(part.keys, part.values, strict=True):
                if _is_for_files(value, kinds) and isinstance(key, ast.Constant):
                    yield str(key.value)


def _is_for_files(value: ast.expr, kinds: frozenset[str]) -> bool:
    called = value.func if isinstance(value, ast.Call) else None
    name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    return name in kinds


def stored_files() -> list[Path]:
    """Return every stored file."""
    return sorted(path for path in Path(settings.FILES_DIR).rglob("*") if path.is_file())


def test_every_file_field_is_tested() -> None:
    assert set(fields_of_files()) == set(PLACES) | TEXT_FILES


@pytest.mark.parametrize("build", EACH)
def test_bad_file_is_refused_at_its_field_and_not_stored(
    client: Client, world: World, build: Callable[[World], Place]
) -> None:
    place = build(world)
    client.force_login(place.person)
    before = (StoredFile.objects.count(), place.makes._default_manager.count(), stored_files())
    answer = place.submit(client, place.bad)
    page = answer.content.decode()
    assert answer.status_code in (200, 422)
    assert f"{place.file} 含有脚本、宏" in page
    assert place.typed in page
    assert (StoredFile.objects.count(), place.makes._default_manager.count(), stored_files()) == before
    if answer.status_code == 200:
        assert list(answer.context["form"].errors) == [place.name]


@pytest.mark.parametrize("build", EACH)
def test_control_good_file_is_accepted(client: Client, world: World, build: Callable[[World], Place]) -> None:
    place = build(world)
    client.force_login(place.person)
    before = place.makes._default_manager.count()
    place.submit(client, place.good)
    assert place.makes._default_manager.count() == before + 1


def test_every_form_with_other_fields_keeps_files() -> None:
    forgetful = set(fields_of_files(frozenset({"FileField", "ImageField"})))
    assert {name.split()[-1] for name in forgetful} == FORGETFUL


@pytest.mark.parametrize("build", REMEMBERING)
def test_refused_form_keeps_file_for_next_attempt(
    client: Client, world: World, build: Callable[[World], Place]
) -> None:
    place = build(world)
    client.force_login(place.person)
    before = place.makes._default_manager.count()
    refused = {**place.entered, **place.spoilt}
    page = client.post(place.path, {**refused, place.name: SimpleUploadedFile(place.file, place.good)})
    assert page.status_code == 200
    assert place.makes._default_manager.count() - before == (place.makes is StoredFile)
    kept = ChosenFile.objects.get(by=place.person)
    assert place.file in page.content.decode()
    token = f'name="{place.name}{CHOSEN}" value="{kept.token}"'
    assert token in " ".join(page.content.decode().split())
    again = {**place.entered, f"{place.name}{CHOSEN}": str(kept.token)}
    client.post(place.path, again)
    assert place.makes._default_manager.count() == before + 1
    assert not ChosenFile.objects.exists()
    assert StoredFile.objects.filter(pk=kept.file_id).exists()


@pytest.mark.parametrize("build", REMEMBERING)
def test_token_of_another_person_is_refused(
    client: Client, world: World, build: Callable[[World], Place]
) -> None:
    place = build(world)
    theirs = choose(content=SimpleUploadedFile("他人.pdf", PDF), name="他人.pdf", by=world.people.auditor)
    client.force_login(place.person)
    before = place.makes._default_manager.count()
    page = client.post(place.path, {**place.entered, f"{place.name}{CHOSEN}": str(theirs.token)})
    assert place.makes._default_manager.count() == before
    assert "已不再保留" in page.content.decode()
    assert "他人.pdf" not in page.content.decode()
    assert ChosenFile.objects.filter(pk=theirs.pk).exists()


@pytest.mark.parametrize("build", STORED)
def test_full_disk_is_reported_at_the_field_and_nothing_is_stored(
    client: Client, world: World, build: Callable[[World], Place], monkeypatch: pytest.MonkeyPatch
) -> None:
    place = build(world)
    client.force_login(place.person)
    before = (StoredFile.objects.count(), stored_files())

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    answer = place.submit(client, place.good)
    page = answer.content.decode()
    assert answer.status_code in (200, 422)
    assert "存储空间异常" in page
    assert place.typed in page
    assert (StoredFile.objects.count(), stored_files()) == before


@pytest.mark.django_db(transaction=True)
def test_aborted_upload_is_not_stored(
    live_server: LiveServer, client: Client, bank: Bank, clerk: User, edition: PolicyEdition, tmp_path: Path
) -> None:
    client.force_login(clerk)
    draft = start_application(bank=bank, by=clerk)
    path = reverse("admission:upload", args=[draft.pk, 1])
    with override_settings(FILE_UPLOAD_TEMP_DIR=str(tmp_path), FILE_UPLOAD_MAX_MEMORY_SIZE=0):
        whole = half_sent(live_server, client, path, PDF, cut=0)
        assert b" 200 " in whole.splitlines()[0]
        before = (StoredFile.objects.count(), Evidence.objects.count(), stored_files())
        assert b" 422 " in half_sent(live_server, client, path, PDF, cut=300).splitlines()[0]
    assert (StoredFile.objects.count(), Evidence.objects.count(), stored_files()) == before
    assert list(tmp_path.glob("*.upload*")) == []


def half_sent(live_server: LiveServer, client: Client, path: str, content: bytes, *, cut: int) -> bytes:
    """Send an upload without its last bytes and disconnect; return the answer."""
    token = "a" * 32
    body = (
        b'--x\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n'
        + token.encode()
        + b"\r\n"
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
        + content
        + b"\r\n--x--\r\n"
    )
    cookies = f"sessionid={client.cookies['sessionid'].value}; csrftoken={token}"
    host = live_server.url.removeprefix("http://")
    head = (
        f"POST {path} HTTP/1.0\r\nHost: {host}\r\nCookie: {cookies}\r\n"
        f"Content-Type: multipart/form-data; boundary=x\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    name, _colon, port = host.partition(":")
    with socket.create_connection((name, int(port)), timeout=10) as line:
        line.sendall(head.encode() + body[: len(body) - cut])
        line.shutdown(socket.SHUT_WR)
        heard = b""
        while block := line.recv(65_536):
            heard += block
    return heard


def test_stored_files_are_not_served_or_executable(committed: Callable[..., Any]) -> None:
    prefixed = [folder[1] if isinstance(folder, tuple) else folder for folder in as_set.STATICFILES_DIRS]
    served = [Path(str(folder)) for folder in (as_set.STATIC_ROOT, *prefixed)]
    assert not [folder for folder in served if as_set.FILES_DIR.is_relative_to(folder)]
    with committed():
        row = store_upload(content=ContentFile(PDF), name="材料.pdf", by=None)
    assert store.final_path(row.stored_name).stat().st_mode & 0o111 == 0
    assert store.final_path(row.stored_name).suffix == ""
