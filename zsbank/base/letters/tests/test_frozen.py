"""Database triggers keep number, content and file of a signed letter unchanged."""

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, connection, transaction

from zsbank.base.calendar import clock
from zsbank.base.files.models import StoredFile
from zsbank.base.letters import triggers
from zsbank.base.letters.models import Letter
from zsbank.base.letters.states import LetterState
from zsbank.base.letters.tests.test_letters import issued, signed

if TYPE_CHECKING:
    from banks.register.models import Bank
    from conftest import People

pytestmark = pytest.mark.django_db

CHANGES: dict[str, Any] = {
    "kind": "exit_consent",
    "mark": "另",
    "year": 2027,
    "number": 99,
    "title": "另一标题",
    "addressee": "示例银行乙",
    "uscc": "91442000MADEM002XX",
    "issue_date": dt.date(2026, 2, 2),
    "data": {"title": "另一标题"},
    "case_type": "files.other",
    "case_id": 99,
    "template_version": 2,
}


def another_file() -> StoredFile:
    """A file that does not belong to a letter."""
    return StoredFile.objects.create(
        name="另.pdf", stored_name="0" * 32, kind="pdf", size=1, sha256="1" * 64, at=clock.now()
    )


@pytest.mark.parametrize("name", CHANGES)
def test_signed_letter_does_not_change(bank: "Bank", people: "People", name: str) -> None:
    letter = Letter.objects.get(pk=signed(bank, people.decider).pk)
    with pytest.raises(IntegrityError, match="signed letter"), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(**{name: CHANGES[name]})
    assert getattr(Letter.objects.get(pk=letter.pk), name) == getattr(letter, name)


def test_signer_does_not_change(bank: "Bank", people: "People") -> None:
    letter = signed(bank, people.decider)
    with pytest.raises(IntegrityError, match="signed letter"), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(signed_by=people.auditor)


def test_every_content_column_is_frozen(bank: "Bank") -> None:
    columns = {field.column for field in Letter._meta.concrete_fields}
    assert columns - set(triggers.FROZEN) == {
        "id",
        "state",
        "file_id",
        *("attempts", "deaths", "next_attempt_at", "error"),
    }
    assert {*CHANGES, "signed_by_id"} == set(triggers.FROZEN)


def test_file_of_letter_is_not_replaced(bank: "Bank", people: "People") -> None:
    letter = issued(bank, people.decider)
    other = another_file()
    for file in (other, None):
        with pytest.raises(IntegrityError), transaction.atomic():
            Letter.objects.filter(pk=letter.pk).update(file=file, state=LetterState.SIGNED)


@pytest.mark.parametrize("change", [{"sha256": "0" * 64}, {"stored_name": "0" * 32}])
def test_hash_of_letter_file_does_not_change(bank: "Bank", people: "People", change: dict[str, str]) -> None:
    letter = issued(bank, people.decider)
    with pytest.raises(IntegrityError, match="signed letter"), transaction.atomic():
        StoredFile.objects.filter(letter=letter).update(**change)


def test_other_files_and_attempts_may_change(bank: "Bank", people: "People") -> None:
    letter = issued(bank, people.decider)
    other = another_file()
    StoredFile.objects.filter(pk=other.pk).update(sha256="2" * 64)
    StoredFile.objects.filter(letter=letter).update(name="函.pdf")
    assert Letter.objects.filter(pk=letter.pk).update(attempts=7, error="示例") == 1


def test_control_letter_changes_without_triggers(bank: "Bank", people: "People") -> None:
    letter = signed(bank, people.decider)
    triggers.remove(connection)
    Letter.objects.filter(pk=letter.pk).update(number=99)
    triggers.install(connection)
    letter.refresh_from_db()
    assert letter.number == 99
