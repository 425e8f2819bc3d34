"""What is handed in is looked through: whole, open, of a sane size, and nothing in it acts by itself."""

import pytest
from django.core.files.base import ContentFile

from zsbank.files.actions import take_in
from zsbank.files.models import StoredFile
from zsbank.files.tests.papers import launching, office, pdf, picture, picture_declaring, scripted, small_pdf
from zsbank.refusals import Refused

pytestmark = pytest.mark.django_db


def refused(content: bytes) -> str:
    """The code with which a file is refused; nothing is kept of it."""
    with pytest.raises(Refused, match="材料") as caught:
        take_in(content=ContentFile(content), name="材料", by=None)
    assert not StoredFile.objects.exists()
    return caught.value.code


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        pytest.param(small_pdf(), "pdf", id="PDF"),
        pytest.param(picture("PNG"), "png", id="PNG"),
        pytest.param(picture("JPEG"), "jpeg", id="JPEG"),
        pytest.param(office(), "docx", id="DOCX"),
    ],
)
def test_what_is_sound_is_kept(content: bytes, kind: str) -> None:
    row = take_in(content=ContentFile(content), name="材料", by=None)
    assert (row.kind, row.size) == (kind, len(content))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(small_pdf()[: len(small_pdf()) // 2], "damaged", id="a PDF cut in half"),
        pytest.param(b"%PDF-1.7\nnothing\n%%EOF\n", "damaged", id="a PDF of nothing"),
        pytest.param(pdf(lambda writer: writer.encrypt("secret")), "encrypted", id="a password"),
        pytest.param(pdf(scripted), "active", id="a script"),
        pytest.param(pdf(launching), "active", id="an action that starts a program"),
        pytest.param(pdf(lambda writer: writer.add_attachment("a.exe", b"MZ")), "active", id="a file inside"),
        pytest.param(picture("PNG")[:-20], "damaged", id="a picture cut off"),
        pytest.param(picture_declaring(30_000, 30_000), "too_many_pixels", id="a picture too large"),
        pytest.param(office(**{"word/vbaProject.bin": b"x"}), "active", id="macros"),
        pytest.param(office(**{"word/embeddings/o.bin": b"x"}), "active", id="an embedded file"),
        pytest.param(office(**{"word/media/blank": b"\0" * 60_000_000}), "bomb", id="a bomb"),
    ],
)
def test_what_is_not_is_refused_with_the_reason(content: bytes, code: str) -> None:
    assert refused(content) == code


def test_thousands_of_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zsbank.files.content.PAGES", 3)
    assert refused(pdf(lambda writer: [writer.add_blank_page(10, 10) for _ in range(3)])) == "too_many_pages"
