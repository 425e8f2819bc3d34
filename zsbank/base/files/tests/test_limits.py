"""Limits of files exactly at their border: what just fits is accepted, one byte or one file more is refused."""

import pytest
from django.core.files.base import ContentFile
from pytest_django import Settings

from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.files.actions import store_content, store_upload
from zsbank.base.files.formats import FileKind
from zsbank.base.files.models import ChosenFile, StoredFile
from zsbank.base.files.rules import has_room, may_choose
from zsbank.base.files.tests.papers import small_pdf
from zsbank.base.refusals import FileRefused, Verdict

pytestmark = pytest.mark.django_db
PDF = small_pdf()


def codes(verdict: Verdict) -> list[str]:
    return [reason.code for reason in verdict.reasons]


def kept(size: int, by: User) -> StoredFile:
    return store_content(blocks=[b"x" * size], name="材料.pdf", kind=FileKind.PDF, by=by)


def test_file_of_exactly_the_limit_is_accepted(settings: Settings, clerk: User) -> None:
    settings.UPLOAD_MAX_BYTES = len(PDF)
    assert store_upload(content=ContentFile(PDF), name="材料.pdf", by=clerk).size == len(PDF)


def test_file_of_one_byte_more_is_refused(settings: Settings, clerk: User) -> None:
    settings.UPLOAD_MAX_BYTES = len(PDF) - 1
    with pytest.raises(FileRefused) as refusal:
        store_upload(content=ContentFile(PDF), name="材料.pdf", by=clerk)
    assert refusal.value.code == "too_large"


def test_case_may_be_filled_to_its_quota(settings: Settings, clerk: User) -> None:
    settings.CASE_QUOTA_BYTES = 100
    held = StoredFile.objects.filter(pk__in=[kept(40, clerk).pk, kept(20, clerk).pk])
    assert codes(has_room(held, 40)) == []
    assert codes(has_room(held, 41)) == ["quota"]
    assert codes(has_room(StoredFile.objects.none(), 100)) == []
    assert codes(has_room(StoredFile.objects.none(), 101)) == ["quota"]


def test_person_may_select_files_up_to_both_quotas(settings: Settings, clerk: User, stranger: User) -> None:
    settings.CHOSEN_QUOTA_BYTES, settings.CHOSEN_QUOTA_FILES = 100, 2
    assert codes(may_choose(clerk, 100)) == []
    assert codes(may_choose(clerk, 101)) == ["chosen_quota"]
    for by in (clerk, stranger):
        ChosenFile.objects.create(by=by, file=kept(60, by), at=clock.now())
    assert codes(may_choose(clerk, 40)) == []
    assert codes(may_choose(clerk, 41)) == ["chosen_quota"]
    ChosenFile.objects.create(by=clerk, file=kept(1, clerk), at=clock.now())
    assert codes(may_choose(clerk, 1)) == ["chosen_quota"]
