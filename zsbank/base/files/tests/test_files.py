"""Storage of files: kind by content, moved after the commit, never under the given name."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils.datastructures import MultiValueDict
from django.utils.translation import override

from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.files import store
from zsbank.base.files.actions import store_upload
from zsbank.base.files.forms import ChosenFilesField, renamings
from zsbank.base.files.models import StoredFile
from zsbank.base.files.sweep import STEPS
from zsbank.base.files.tests.bad_pictures import heic
from zsbank.base.files.tests.papers import pdf, picture, scripted, small_pdf
from zsbank.base.refusals import Refused
from zsbank.logs import JsonFormatter

pytestmark = pytest.mark.django_db
PDF = small_pdf()
Committed = Callable[..., Any]


class Handing(forms.Form):
    """A form with files."""

    file = ChosenFilesField()


def handed(*files: SimpleUploadedFile) -> Handing:
    """Return the form, filled in."""
    return Handing(files=MultiValueDict({"file": list(files)}))


def stored_paths() -> list[Path]:
    """Return every file under the folder of files."""
    return [path for path in Path(settings.FILES_DIR).rglob("*") if path.is_file()]


def test_file_is_moved_after_commit(committed: Committed) -> None:
    with committed():
        row = store_upload(content=ContentFile(PDF), name="材料.pdf", by=None)
        assert not store.final_path(row.stored_name).exists()
    assert stored_paths() == [store.final_path(row.stored_name)]
    assert store.sha256_of(row.stored_name) == row.sha256


def test_rollback_leaves_no_file_in_place() -> None:
    with transaction.atomic():
        store_upload(content=ContentFile(PDF), name="材料.pdf", by=None)
        transaction.set_rollback(True)
    assert not StoredFile.objects.exists()
    assert not [path for path in stored_paths() if path.parent.name != "incoming"]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"<html>" + PDF, id="HTML before a PDF"),
        pytest.param(b"MZ\x90\x00program", id="a program"),
        pytest.param(b"PK\x03\x04not an office file", id="a broken archive"),
        pytest.param("只是文字".encode(), id="plain text"),
        pytest.param(
            b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", id="a drawing with a script"
        ),
        pytest.param(b"<?xml version='1.0'?><svg/>", id="a drawing"),
    ],
)
def test_unknown_kind_is_refused_under_any_name(content: bytes) -> None:
    with pytest.raises(Refused):
        store_upload(content=ContentFile(content), name="材料.pdf", by=None)
    assert stored_paths() == []


def test_too_large_file_is_refused(settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 20
    with pytest.raises(Refused):
        store_upload(content=ContentFile(PDF), name="材料.pdf", by=None)
    assert stored_paths() == []


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        pytest.param("../../etc/passwd.pdf", "passwd.pdf", id="a path"),
        pytest.param("C:\\temp\\材料.pdf", "材料.pdf", id="a path on a drive"),
        pytest.param("a\x00b.pdf", "ab.pdf", id="a zero byte"),
        pytest.param("a\r\nSet-Cookie: b.pdf", "aSet-Cookie: b.pdf", id="a line of its own"),
        pytest.param("材\u2028料\u200b.pdf", "材料.pdf", id="characters that nobody sees"),
        pytest.param("材料.PDF", "材料.PDF", id="an ending in capitals"),
        pytest.param("材料", "材料.pdf", id="no ending"),
        pytest.param(".htaccess", "htaccess.pdf", id="a hidden file"),
        pytest.param("..", "file.pdf", id="nothing but dots"),
        pytest.param("", "file.pdf", id="nothing"),
        pytest.param("名" * 300 + ".pdf", "名" * 196 + ".pdf", id="300 characters"),
        pytest.param("CON.pdf", "CON.pdf", id="a name that Windows keeps to itself"),
    ],
)
def test_malicious_file_name_is_harmless(name: str, kept: str) -> None:
    row = store_upload(content=ContentFile(PDF), name=name, by=None)
    assert row.name == kept
    assert row.stored_name.isalnum()


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("材料.pdf", "材料.pdf"),
        ("材料.PDF", "材料.PDF"),
        ("材料", "材料.pdf"),
        ("材料.pdf ", "材料.pdf"),
        ("长" * 300, "长" * 196 + ".pdf"),
    ],
)
def test_file_name_gets_extension_of_kind(name: str, kept: str) -> None:
    assert store_upload(content=ContentFile(PDF), name=name, by=None).name == kept


OTHER_NAMES = ("材料.exe", "材料.pdf.html", "材料.jpg", "材料.svg", "材料.hta", "材料\u202efdp.exe")


@pytest.mark.parametrize("name", [*OTHER_NAMES, "名" * 300 + ".exe"])
def test_extension_of_another_kind_is_refused(name: str) -> None:
    with pytest.raises(Refused) as caught:
        store_upload(content=ContentFile(PDF), name=name, by=None)
    assert caught.value.code == "misnamed"
    assert stored_paths() == []


@pytest.mark.parametrize(
    ("kind", "name", "kept"),
    [
        ("PNG", "现场.jpg", "现场.png"),
        ("JPEG", "IMG_0001.PNG", "IMG_0001.jpg"),
        ("JPEG", "IMG_0001.HEIC", "IMG_0001.jpg"),
        ("PNG", "名" * 300 + ".jpeg", "名" * 195 + ".png"),
    ],
)
def test_picture_with_wrong_extension_is_renamed_with_note(kind: str, name: str, kept: str) -> None:
    content = SimpleUploadedFile(name, picture(kind))
    form = handed(content)
    assert form.is_valid()
    assert store_upload(content=content, name=name, by=None).name == kept
    [words] = renamings(form)
    assert kept in words


def test_fitting_name_has_no_note() -> None:
    for name in ("现场.jpg", "现场"):
        form = handed(SimpleUploadedFile(name, picture("JPEG")))
        assert form.is_valid()
        assert renamings(form) == []


def test_heic_picture_is_refused_with_advice() -> None:
    with override("zh-hans"), pytest.raises(Refused, match="兼容") as caught:
        store_upload(content=ContentFile(heic()), name="IMG_0001.HEIC", by=None)
    assert caught.value.code == "heic"
    assert "JPEG" in str(caught.value)


def test_full_disk_leaves_no_file() -> None:
    def half() -> Iterator[bytes]:
        yield b"%PDF-"
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        store.write_incoming("f" * 32, half())
    assert stored_paths() == []


def test_sweep_removes_abandoned_files_and_moves_committed_ones() -> None:
    with transaction.atomic():
        store_upload(content=ContentFile(PDF), name="材料.pdf", by=None)
        transaction.set_rollback(True)
    kept = store_upload(content=ContentFile(PDF), name="材料.pdf", by=None)
    [step] = [step for step in STEPS if step.name == "clear_incoming"]
    assert list(step.due(clock.today())) == []
    for path in stored_paths():
        os.utime(path, (0, 0))
    waiting = list(step.due(clock.today()))
    assert len(waiting) == 2
    assert all(step.do(number) for number in waiting)
    assert stored_paths() == [store.final_path(kept.stored_name)]
    assert list(step.due(clock.today())) == []


def test_opening_completes_interrupted_move() -> None:
    row = store_upload(content=ContentFile(PDF), name="材料.pdf", by=None)
    with store.open_bytes(row.stored_name) as file:
        assert file.read() == PDF
    assert store.final_path(row.stored_name).exists()


def test_refused_file_is_logged_without_its_name(clerk: User, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(Refused):
        store_upload(content=ContentFile(pdf(scripted)), name="张三的材料.pdf", by=clerk)
    line = JsonFormatter().format(caplog.records[-1])
    assert json.loads(line)["message"] == "a file was refused: active"
    assert json.loads(line)["person"] == clerk.pk
    assert "张三" not in line


@pytest.mark.parametrize(
    ("leading", "kind"),
    [
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "WebP"),
        (b"GIF89a\x01\x00\x01\x00", "GIF"),
        (b"BM\x46\x00\x00\x00\x00\x00\x00\x00\x36\x00", "BMP"),
        (b"II*\x00\x08\x00\x00\x00", "TIFF"),
        (b"\x00\x00\x00\x20ftypavif\x00\x00\x00\x00", "AVIF"),
    ],
)
def test_other_picture_is_named_whatever_its_extension(leading: bytes, kind: str) -> None:
    with override("zh-hans"), pytest.raises(Refused, match=f"照片.jpg.*{kind}.*JPEG"):
        store_upload(content=ContentFile(leading + bytes(64)), name="照片.jpg", by=None)
