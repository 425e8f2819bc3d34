"""Every upload field: a bad file is refused at its field, and nothing is stored or lost."""

import ast
import os
import socket
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.test import Client, override_settings
from django.urls import reverse
from pytest_django.live_server_helper import LiveServer

from admission.applications.actions.applications import start_application
from admission.applications.actions.evidence import attach_evidence
from admission.applications.models import Application, Evidence, ServiceCommitment
from admission.decisions.actions.decisions import decide
from admission.decisions.models import Agreement
from admission.editions.models import PolicyEdition
from admission.review.actions.acceptance import accept_application
from admission.review.models import SiteVisit
from admission.tests.factories import PDF, admitted, pdf_file, recommended, submitted
from banks.outlets.models import OutletImport
from banks.outlets.tests.sheets import outlet, xlsx
from banks.register.models import Bank, Qualification
from exit.cases.models import ExitCase
from inspections.determinations.models import Determination
from inspections.rectification.models import RectificationReport
from inspections.rectification.tests.factories import ordered
from zsbank import settings as as_set
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.files import store
from zsbank.base.files.actions import store_upload
from zsbank.base.files.choosing import choose
from zsbank.base.files.forms import CHOSEN
from zsbank.base.files.models import ChosenFile, StoredFile
from zsbank.base.files.tests.bad_office import with_macros
from zsbank.base.files.tests.papers import pdf, scripted

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
TYPED = "两个窗口均开放，情况如下。"
FUTURE = {"bureau_signed_on": "2100-01-01", "approval_date": "2100-01-01"}
FIELDS = frozenset({"FileField", "ImageField", "ChosenFileField", "ChosenFilesField"})


@dataclass(frozen=True)
class World:
    """The persons and objects of the tests."""

    bank: Bank
    clerk: User
    administrator: User
    people: "People"


@dataclass(frozen=True)
class Place:
    """A page with an upload: person, address, field, other input, and the stored result.

    `spoilt` is input for which the page is refused, other than the file.
    """

    person: User
    path: str
    name: str
    makes: type[Model]
    entered: Mapping[str, Any] = field(default_factory=dict)
    typed: str = TYPED
    file: str = "材料.pdf"
    good: bytes = PDF
    bad: bytes = field(default_factory=lambda: pdf(scripted))
    spoilt: Mapping[str, Any] = field(default_factory=lambda: {"text": "a\u200bb"})

    def submit(self, client: Client, content: bytes) -> Any:
        """Submit the page with a file."""
        return client.post(self.path, {**self.entered, self.name: SimpleUploadedFile(self.file, content)})


@pytest.fixture
def world(bank: Bank, clerk: User, administrator: User, people: "People", edition: PolicyEdition) -> World:
    """A bank and the officers."""
    return World(bank, clerk, administrator, people)


def action_page(base: str, verb: str, row: Model | None = None) -> str:
    """The address of an action page of the desk."""
    if row is None:
        return reverse(f"admin:{base}_list_action", args=[verb])
    return reverse(f"admin:{base}_action", args=[row.pk, verb])


def criterion_page(world: World) -> Place:
    draft = start_application(bank=world.bank, by=world.clerk)
    path = reverse("admission:criterion", args=[draft.pk, 1])
    return Place(world.clerk, path, "file", Evidence, {"text": TYPED, "version": 0})


def single_evidence(world: World) -> Place:
    draft = start_application(bank=world.bank, by=world.clerk)
    return Place(world.clerk, reverse("admission:upload", args=[draft.pk, 1]), "file", Evidence, typed="")


def replacement_evidence(world: World) -> Place:
    draft = start_application(bank=world.bank, by=world.clerk)
    first = draft.edition.criteria.get(number=1)
    old = attach_evidence(
        application=draft, criterion=first, by=world.clerk, content=pdf_file(), name="旧.pdf"
    )
    path = reverse("admission:upload", args=[draft.pk, 1])
    return Place(world.clerk, path, "file", Evidence, {"replaces": old.pk}, typed="")


def site_visit(world: World) -> Place:
    case = accept_application(application=submitted(world.bank, world.clerk), by=world.people.intake)
    entered = {
        "visited_on": clock.today().isoformat(),
        "elsewhere": "示例小榄支行",
        "led_by": world.people.reviewer.pk,
        "accompanied_by": world.people.inspector.pk,
        "criteria": [case.edition.criteria.get(number=5).pk],
        "report": TYPED,
    }
    path = action_page("admission_application", "record_site_visit", case)
    return Place(
        world.people.reviewer, path, "files", SiteVisit, entered, spoilt={"visited_on": "2100-01-01"}
    )


def agreement(world: World) -> Place:
    case = recommended(world.bank, world.clerk, world.people)
    decide(application=case, by=world.people.decider)
    today = clock.today().isoformat()
    entered = {
        "kind": "cooperation",
        "number": "协示例7号",
        "bank_signed_on": today,
        "bureau_signed_on": today,
    }
    path = action_page("admission_application", "record_agreement", case)
    return Place(world.people.reviewer, path, "document", Agreement, entered, "协示例7号", spoilt=FUTURE)


def approval_to_issue(world: World) -> Place:
    held = admitted(world.bank, world.clerk, world.people)
    Qualification.objects.update(issuing_from=None)
    entered = {"approval_number": "示例银发7号", "approval_date": clock.today().isoformat()}
    path = action_page("banks_qualification", "allow_issuing", held)
    return Place(world.people.reviewer, path, "document", StoredFile, entered, "示例银发7号", spoilt=FUTURE)


def determination(world: World) -> Place:
    admitted(world.bank, world.clerk, world.people)
    entered = {
        "bank": world.bank.pk,
        "kind": "criteria_not_met",
        "determination_date": clock.today().isoformat(),
        "decided_by": world.people.decider.pk,
        "criteria": [Application.objects.get().edition.criteria.get(number=5).pk],
        "facts": TYPED,
    }
    path = action_page("inspections_determination", "record_determination")
    return Place(world.people.inspector, path, "document", Determination, entered, spoilt={"facts": ""})


def report(world: World) -> Place:
    admitted(world.bank, world.clerk, world.people)
    order = ordered(world.bank, world.people, on=clock.today())
    path = reverse("inspections:report", args=[order.pk])
    return Place(world.clerk, path, "files", RectificationReport, {"text": TYPED}, spoilt={"text": ""})


def exit_application(world: World) -> Place:
    admitted(world.bank, world.clerk, world.people)
    entered, spoilt = {"statement": TYPED}, {"statement": ""}
    return Place(world.administrator, reverse("exit:apply"), "document", ExitCase, entered, spoilt=spoilt)


def chosen(world: World) -> Place:
    return Place(world.clerk, reverse("chosen_file"), "file", ChosenFile, {"name": "files"}, typed="")


def outlets(world: World) -> Place:
    good = xlsx(outlet())
    path, bad = reverse("banks:import_upload"), with_macros(good)
    return Place(world.clerk, path, "file", OutletImport, typed="", file="网点.xlsx", good=good, bad=bad)


def commitment(world: World) -> Place:
    draft = start_application(bank=world.bank, by=world.clerk)
    path = reverse("admission:commitment", args=[draft.pk])
    entered = {"signatory": "示例行长7号", "signed_on": clock.today().isoformat()}
    spoilt = {"signatory": ""}
    return Place(world.clerk, path, "file", ServiceCommitment, entered, "示例行长7号", spoilt=spoilt)


PLACES: dict[str, tuple[Callable[[World], Place], ...]] = {
    "admission/applications/forms.py AnswerForm.file": (criterion_page,),
    "admission/applications/forms.py EvidenceForm.file": (single_evidence, replacement_evidence),
    "admission/applications/forms.py CommitmentForm.file": (commitment,),
    "admission/review/forms.py site_visit_form.files": (site_visit,),
    "admission/decisions/forms.py AgreementForm.document": (agreement,),
    "admission/decisions/forms.py IssuingForm.document": (approval_to_issue,),
    "inspections/determinations/forms.py DeterminationForm.document": (determination,),
    "inspections/rectification/forms.py ReportForm.files": (report,),
    "exit/cases/forms.py ExitApplicationForm.document": (exit_application,),
    "banks/outlets/forms.py ImportForm.file": (outlets,),
    "zsbank/site/portal/chosen_files.py ChosenForm.file": (chosen,),
}
EACH = [pytest.param(place, id=place.__name__) for places in PLACES.values() for place in places]

FORGETFUL = {"ImportForm.file", "EvidenceForm.file", "ChosenForm.file"}
"""Forms that hold nothing but a file, so that nothing else of them is refused: the file is what has to be changed."""

STORED = [param for param in EACH if param.id != outlets.__name__]
"""A list of outlets is read, not stored."""

REMEMBERING = [
    pytest.param(place, id=place.__name__)
    for name, places in PLACES.items()
    if name.split()[-1] not in FORGETFUL
    for place in places
]


def fields_of_files(kinds: frozenset[str] = FIELDS) -> Iterator[str]:
    """Every form field for files in the register's own code, by file, form and name."""
    root = Path(settings.BASE_DIR)
    for room in ("zsbank", "banks", "admission", "inspections", "exit"):
        for path in (root / room).rglob("*.py"):
            if "tests" not in path.parts and path.parent.name != "migrations":
                for form in ast.parse(path.read_text()).body:
                    for name in _names(form, kinds):
                        yield f"{path.relative_to(root)} {form.name}.{name}"  # type: ignore[attr-defined]


def _names(form: ast.stmt, kinds: frozenset[str]) -> Iterator[str]:
    """The names that fields for files are given in one form, or in a function that makes one."""
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
    assert set(fields_of_files()) == set(PLACES)


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


def test_every_form_with_more_than_a_file_in_it_remembers_the_file() -> None:
    forgetful = set(fields_of_files(frozenset({"FileField", "ImageField"})))
    assert {name.split()[-1] for name in forgetful} == FORGETFUL


@pytest.mark.parametrize("build", REMEMBERING)
def test_a_refused_form_keeps_the_file_and_the_next_one_carries_it_through(
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
def test_another_persons_token_does_not_answer(
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
