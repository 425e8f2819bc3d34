"""Unacceptable files are refused and not stored; acceptable files are stored."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.utils.translation import override

from zsbank.base.files import pdf
from zsbank.base.files.actions import store_upload
from zsbank.base.files.models import StoredFile
from zsbank.base.files.tests.bad_office import BAD_OFFICE, GOOD_OFFICE
from zsbank.base.files.tests.bad_pdfs import BAD_PDFS, GOOD_PDFS
from zsbank.base.files.tests.bad_pictures import BAD_PICTURES, GOOD_PICTURES
from zsbank.base.files.tests.hidden_pdfs import HIDDEN_PDFS, SOUND_PDFS
from zsbank.base.files.unacceptable import WORDS, FileFault, UnacceptableFile
from zsbank.base.refusals import Refused

pytestmark = pytest.mark.django_db
Build = Callable[[], bytes]
BAD: dict[str, tuple[Build, str]] = {
    "empty": (bytes, "empty"),
    "a program": (lambda: b"MZ\x90\x00program", "wrong_kind"),
    "plain text": ("只是文字".encode, "wrong_kind"),
    **{f"PDF: {name}": row for name, row in BAD_PDFS.items()},
    **{f"PDF: {name}": row for name, row in HIDDEN_PDFS.items()},
    **BAD_PICTURES,
    **BAD_OFFICE,
}
GOOD: dict[str, Build] = {
    **{f"PDF: {name}": build for name, build in GOOD_PDFS.items()},
    **{f"PDF: {name}": build for name, build in SOUND_PDFS.items()},
    **GOOD_PICTURES,
    **GOOD_OFFICE,
}


@pytest.fixture(autouse=True)
def time_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Extend the time limit: a busy machine takes longer over the largest files than an upload may."""
    monkeypatch.setattr(pdf, "SECONDS", 120)


@pytest.mark.parametrize(("build", "code"), [pytest.param(*row, id=name) for name, row in BAD.items()])
def test_bad_file_is_refused_and_not_stored(build: Build, code: str) -> None:
    with pytest.raises(Refused, match="材料") as caught:
        store_upload(content=ContentFile(build()), name="材料", by=None)
    assert caught.value.code == code
    assert not StoredFile.objects.exists()
    assert not [path for path in Path(settings.FILES_DIR).rglob("*") if path.is_file()]


@pytest.mark.parametrize("build", [pytest.param(build, id=name) for name, build in GOOD.items()])
def test_good_file_is_stored_unchanged(build: Build) -> None:
    content = build()
    row = store_upload(content=ContentFile(content), name="材料", by=None)
    assert row.size == len(content)


def test_every_fault_has_example_and_translated_message() -> None:
    of_the_file = set(FileFault) - {FileFault.BUSY}
    assert {code for _build, code in BAD.values()} >= {ground.value for ground in of_the_file}
    for ground in WORDS:
        said = []
        for language in ("en", "zh-hans"):
            with override(language):
                said.append(str(UnacceptableFile(ground).refusal("材料.pdf")))
        assert said[0] != said[1]
        assert all("材料.pdf" in words for words in said)
