"""A chosen file: kept for its person, used once, bounded, taken back, and removed when nobody used it."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.conf import settings as configured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.files import pdf, store
from zsbank.base.files.actions import quarantine_file, scan, store_upload
from zsbank.base.files.choosing import choose, forget, take_back
from zsbank.base.files.chosen import ChosenContent
from zsbank.base.files.forms import CHOSEN, ChosenFileField, ChosenFilesField
from zsbank.base.files.kinds import PAPERS
from zsbank.base.files.models import ChosenFile, StoredFile
from zsbank.base.files.places import place
from zsbank.base.files.posted import handed_in, keep_chosen
from zsbank.base.files.states import ScanState
from zsbank.base.files.sweep import STEPS
from zsbank.base.files.tests.papers import holding, picture, small_pdf
from zsbank.base.journal.models import Entry
from zsbank.base.refusals import FileRefused
from zsbank.base.texts import PlainForm

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
PDF = small_pdf()


def chosen(by: User, name: str = "材料.pdf", content: bytes = PDF) -> ChosenFile:
    """Select a file for a person."""
    return choose(content=SimpleUploadedFile(name, content), name=name, by=by)


def lying() -> list[Path]:
    """Return every file under the folder of files."""
    return [path for path in Path(configured.FILES_DIR).rglob("*") if path.is_file()]


# Used -------------------------------------------------------------------------------------------------------------


def test_chosen_file_is_used_once(clerk: User) -> None:
    row = chosen(clerk)
    content = ChosenContent(row)
    assert store_upload(content=content, name="材料.pdf", by=clerk) == row.file
    assert (StoredFile.objects.count(), ChosenFile.objects.count()) == (1, 0)
    with pytest.raises(FileRefused):
        store_upload(content=content, name="材料.pdf", by=clerk)


def test_refused_action_keeps_chosen_file(clerk: User) -> None:
    row = chosen(clerk)
    with transaction.atomic():
        store_upload(content=ChosenContent(row), name="材料.pdf", by=clerk)
        transaction.set_rollback(True)
    assert ChosenFile.objects.get() == row


def test_chosen_file_of_another_person_is_refused(clerk: User, administrator: User) -> None:
    row = chosen(clerk)
    with pytest.raises(FileRefused):
        store_upload(content=ChosenContent(row), name="材料.pdf", by=administrator)
    assert ChosenFile.objects.exists()


def test_chosen_content_is_read_from_store(clerk: User, committed: Callable[..., Any]) -> None:
    with committed():
        content = ChosenContent(chosen(clerk))
    assert content.read() == PDF
    assert b"".join(content.chunks()) == PDF
    content.close()


def test_quarantined_chosen_file_is_refused(clerk: User, settings: Settings) -> None:
    settings.CLAMAV_SOCKET = "unix:/nobody/there.sock"
    row = chosen(clerk)
    quarantine_file(file=row.file, signature="Test", by=None)
    with pytest.raises(FileRefused, match="Test"):
        store_upload(content=ChosenContent(row), name="材料.pdf", by=clerk)


# Bounded, taken back, removed -------------------------------------------------------------------------------------


@pytest.mark.parametrize("limit", ["CHOSEN_QUOTA_FILES", "CHOSEN_QUOTA_BYTES"])
def test_quota_of_chosen_files_is_enforced(clerk: User, settings: Settings, limit: str) -> None:
    setattr(settings, limit, 1 if limit.endswith("FILES") else len(PDF))
    row = chosen(clerk)
    with pytest.raises(FileRefused, match="尚未提交"):
        chosen(clerk, "二.pdf", holding(b"2"))
    assert take_back(token=row.token, by=clerk)
    chosen(clerk, "二.pdf", holding(b"2"))


def test_withdrawn_file_is_deleted(clerk: User, committed: Callable[..., Any]) -> None:
    with committed():
        row = chosen(clerk)
    assert lying()
    with committed():
        assert take_back(token=row.token, by=clerk)
    assert (StoredFile.objects.count(), lying()) == (0, [])
    assert not take_back(token=row.token, by=clerk)
    assert not scan(row.file_id)


def test_used_file_is_not_deleted(clerk: User) -> None:
    row = chosen(clerk)
    store_upload(content=ChosenContent(row), name="材料.pdf", by=clerk)
    assert not forget(row.pk)
    assert StoredFile.objects.exists()


def test_quarantined_file_stays_in_quarantine(clerk: User, settings: Settings) -> None:
    settings.CLAMAV_SOCKET = "unix:/nobody/there.sock"
    row = chosen(clerk)
    quarantine_file(file=row.file, signature="Test", by=None)
    assert forget(row.pk)
    assert StoredFile.objects.get().scan == ScanState.QUARANTINED


def test_sweep_deletes_unused_chosen_files(clerk: User, committed: Callable[..., Any]) -> None:
    [step] = [step for step in STEPS if step.name == "clear_chosen"]
    with committed():
        old = chosen(clerk)
    with time_machine.travel(clock.now() + dt.timedelta(days=configured.CHOSEN_KEPT_DAYS, hours=1)):
        new = chosen(clerk, "新.pdf", holding(b"2"))
        due = list(step.due(clock.today()))
    assert due == [old.pk]
    with committed():
        assert step.do(old.pk)
    assert ChosenFile.objects.get() == new
    assert not store.final_path(old.file.stored_name).exists()
    assert not Entry.objects.exists()


# Over the line ----------------------------------------------------------------------------------------------------


def hand_over(client: Client, content: bytes = PDF, name: str = "材料.pdf") -> Any:
    """Upload a file as the script does."""
    return client.post(reverse("chosen_file"), {"file": SimpleUploadedFile(name, content), "name": "files"})


def test_upload_returns_token_and_row(client: Client, clerk: User, people: "People") -> None:
    for person in (clerk, people.inspector):
        client.force_login(person)
        answer = hand_over(client, picture("JPEG"), "照片.png")
        assert answer.status_code == 201
        said = answer.json()
        row = ChosenFile.objects.get(by=person)
        assert (said["token"], said["name"], said["kind"]) == (str(row.token), "照片.jpg", "jpeg")
        assert (said["size"], said["sha256"]) == (row.file.size, row.file.sha256)
        assert "照片.jpg" in said["note"]
        assert f'name="files{CHOSEN}"' in said["row"]


def test_upload_that_finds_no_place_is_tried_again_by_the_page(
    client: Client, clerk: User, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PDF_CHECKS, settings.PDF_CHECKS_DIR = 1, tmp_path
    monkeypatch.setattr(pdf, "WAIT_SECONDS", 0)
    client.force_login(clerk)
    with place(tmp_path, 1, 0):
        answer = hand_over(client, PDF + b"\n% not looked through yet")
    assert (answer.status_code, answer.json()["title"]) == (503, "busy")
    assert "请稍后再试" in answer.json()["detail"]
    assert not StoredFile.objects.exists()


def test_refused_upload_states_reason(client: Client, clerk: User) -> None:
    client.force_login(clerk)
    answer = hand_over(client, b"MZ program", "坏.pdf")
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert "坏.pdf" in answer.json()["detail"]
    assert not ChosenFile.objects.exists()


def test_upload_needs_sign_in_and_bank(client: Client, db: None) -> None:
    assert hand_over(client).status_code == 401
    client.force_login(User.objects.create(username="alone", email="alone@bank.example"))
    assert hand_over(client).status_code == 403
    assert not ChosenFile.objects.exists()


def test_chosen_file_is_opened_and_withdrawn_by_owner_only(
    client: Client, clerk: User, administrator: User, committed: Callable[..., Any]
) -> None:
    with committed():
        address = reverse("chosen_file", args=[chosen(clerk).token])
    client.force_login(administrator)
    assert client.get(address).status_code == 404
    assert client.delete(address).status_code == 404
    client.force_login(clerk)
    assert b"".join(client.get(address).streaming_content) == PDF  # type: ignore[attr-defined]
    assert client.delete(address).status_code == 204
    assert client.post(address).status_code == 404


def test_row_of_chosen_file_is_given_again_to_its_owner(
    client: Client, clerk: User, administrator: User
) -> None:
    row = chosen(clerk)
    address = reverse("chosen_file", args=[row.token])
    client.force_login(clerk)
    said = client.get(address, {"name": "files"}).json()
    assert (said["token"], said["sha256"]) == (str(row.token), row.file.sha256)
    assert f'name="files{CHOSEN}" value="{row.token}"' in said["row"]
    assert client.get(address, {"name": "<b>"}).status_code == 404
    client.force_login(administrator)
    assert client.get(address, {"name": "files"}).status_code == 404


# In a form --------------------------------------------------------------------------------------------------------


class Papers(PlainForm):
    """A form with files of both sorts."""

    paper = ChosenFileField(kinds=PAPERS, required=False)
    files = ChosenFilesField(required=False)  # type: ignore[assignment]


def sent(rf: Any, by: User, **given: Any) -> Papers:
    """Return the form as a person submitted it."""
    request = rf.post("/", given)
    request.user = by
    return Papers(request.POST, handed_in(request))


def test_wrong_kind_of_file_is_refused(rf: Any, clerk: User) -> None:
    upload = SimpleUploadedFile("照片.png", picture("PNG"))
    assert "此处需提交 PDF、OFD" in str(sent(rf, clerk, paper=upload).errors["paper"])
    row = chosen(clerk, "照片.png", picture("PNG"))
    assert "此处需提交 PDF、OFD" in str(sent(rf, clerk, **{f"paper{CHOSEN}": row.token}).errors["paper"])


def test_repeated_file_is_refused_and_kept_once(rf: Any, clerk: User) -> None:
    twice = [SimpleUploadedFile("一.pdf", PDF), SimpleUploadedFile("二.pdf", PDF)]
    form = sent(rf, clerk, files=twice)
    assert "已选择过同一文件" in str(form.errors["files"])
    keep_chosen(form, clerk)
    assert [one.name for one in form["files"].chosen] == ["一.pdf"]  # type: ignore[attr-defined]
    row = ChosenFile.objects.get()
    again = sent(rf, clerk, files=[SimpleUploadedFile("二.pdf", PDF)], **{f"files{CHOSEN}": row.token})
    assert "已选择过同一文件" in str(again.errors["files"])


def test_newer_file_replaces_chosen_file(rf: Any, clerk: User) -> None:
    row = chosen(clerk)
    newer = SimpleUploadedFile("新.pdf", holding(b"2"))
    form = sent(rf, clerk, paper=newer, **{f"paper{CHOSEN}": row.token})
    assert form.is_valid()
    assert form.cleaned_data["paper"].name == "新.pdf"
    keep_chosen(form, clerk)
    assert [one.name for one in form["paper"].chosen] == ["新.pdf"]  # type: ignore[attr-defined]


@pytest.mark.parametrize("token", ["", "x", "\x00", "0" * 32, "11111111-1111-4111-8111-111111111111"])
def test_invalid_token_is_refused_at_its_field(rf: Any, clerk: User, token: str) -> None:
    form = sent(rf, clerk, **{f"files{CHOSEN}": token})
    assert "已不再保留" in str(form.errors["files"])
    keep_chosen(form, clerk)
    assert form["files"].chosen == []  # type: ignore[attr-defined]
