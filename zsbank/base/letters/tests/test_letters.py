"""Letters: content of the file, numbering, failed and changed files."""

import datetime as dt
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from celery import current_app
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from zsbank.base.accounts.models import User
from zsbank.base.actions.tests.inside import inside
from zsbank.base.calendar import clock
from zsbank.base.cases.registry import letter_kinds
from zsbank.base.files import store
from zsbank.base.files.models import StoredFile
from zsbank.base.journal.models import Entry
from zsbank.base.letters import actions, render, renderer
from zsbank.base.letters.data import LetterData, Paragraph
from zsbank.base.letters.fonts import MissingFont
from zsbank.base.letters.models import Letter
from zsbank.base.letters.states import LetterState
from zsbank.base.permissions import Verb
from zsbank.base.refusals import NotAllowed, WrongState

if TYPE_CHECKING:
    from banks.register.models import Bank
    from conftest import People

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 1, 5)
Committed = Callable[..., Any]


def data(bank: "Bank", *, kind: str = "exit_notice", more: int = 0, word: str = "") -> LetterData:
    """The content of a letter; `more` adds paragraphs."""
    body = [Paragraph("现就你行退出社保卡发卡资格一事，告知如下："), Paragraph("一、事实", 1)]
    body += [Paragraph(f"第{n}项事实：整改期限届满，你行未能完成整改。{word}") for n in range(more + 1)]
    return LetterData(
        kind=kind,
        title=f"关于{bank.name}退出社保卡发卡资格的告知函",
        addressee=bank.name,
        uscc=bank.uscc,
        paragraphs=(*body, Paragraph("特此告知。")),
    )


def signed(bank: "Bank", by: User, on: dt.date = DAY, text: LetterData | None = None) -> Letter:
    """A letter signed on a day, without a file, each for another case."""
    case = StoredFile(pk=Letter.objects.count() + 1)
    with clock.playing(on), inside(Verb.DECIDE, by):
        return actions.sign(data=text or data(bank), case=case, by=by)


def issued(bank: "Bank", by: User, text: LetterData | None = None) -> Letter:
    """A letter with its file in the final place."""
    letter = signed(bank, by, text=text)
    assert actions.make_file(letter.pk)
    letter.refresh_from_db()
    assert letter.file
    store.move_into_place(letter.file.stored_name)
    return letter


def read(letter: Letter, tool: str, *more: str) -> str:
    """Return the output of a poppler tool for the letter's file."""
    assert letter.file
    path = store.final_path(letter.file.stored_name)
    command = [tool, *more, str(path)] + (["-"] if tool == "pdftotext" else [])
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize("kind", sorted(letter_kinds()))
def test_file_has_organ_number_title_addressee_and_date(bank: "Bank", people: "People", kind: str) -> None:
    letter = issued(bank, people.decider, data(bank, kind=kind))
    said = "".join(read(letter, "pdftotext").split())
    for words in (
        "中山市人力资源和社会保障局",
        "中人社函〔2026〕1号",
        letter.title,
        "示例银行甲：",
        "2026年1月5日",
    ):
        assert words in said
    assert "（尚未用印）" in said


def test_letter_is_a4_with_embedded_fonts(bank: "Bank", people: "People") -> None:
    letter = issued(bank, people.decider)
    assert "(A4)" in read(letter, "pdfinfo")
    fonts = [line.split() for line in read(letter, "pdffonts").splitlines()[2:]]
    assert fonts
    assert {(font[-5], font[-4]) for font in fonts} == {("yes", "yes")}


def test_pages_after_first_are_numbered_on_outer_side(bank: "Bank", people: "People") -> None:
    letter = issued(bank, people.decider, data(bank, more=40))
    first, second, third = (
        read(letter, "pdftotext", "-layout", "-f", page, "-l", page).splitlines() for page in "123"
    )
    assert not [line for line in first if "—" in line]
    numbers = [next(line for line in page if "—" in line) for page in (second, third)]
    assert ["".join(line.split()) for line in numbers] == ["—2—", "—3—"]
    assert len(numbers[0]) < len(numbers[1])


def test_missing_character_fails_file_only(bank: "Bank", people: "People") -> None:
    letter = signed(bank, people.decider, text=data(bank, word="\U0002a6a5"))
    assert actions.make_file(letter.pk) is False
    letter.refresh_from_db()
    assert (letter.state, letter.number, letter.attempts) == (LetterState.FAILED, 1, 1)
    assert MissingFont.__name__ in letter.error


def test_retry_keeps_number_date_and_text(
    bank: "Bank", people: "People", monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = signed(bank, people.decider)
    letter.refresh_from_db()
    frozen = (str(letter), letter.issue_date, letter.data)

    def fail(_letter: Letter) -> bytes:
        raise OSError("no space left")

    with monkeypatch.context() as broken:
        broken.setattr(actions, "pdf_of", fail)
        actions.make_file(letter.pk)
    with clock.playing(DAY + dt.timedelta(days=40)):
        actions.retry_letter(letter=letter, by=people.inspector)
        assert actions.make_file(letter.pk)
    again = Letter.objects.get(pk=letter.pk)
    assert (again.state, again.error) == (LetterState.ISSUED, "")
    assert (str(again), again.issue_date, again.data) == frozen
    moves = Entry.objects.filter(subject_type="letters.letter").order_by("pk").values_list("verb", flat=True)
    assert list(moves) == ["sign_letter", "fail_letter", "retry_letter", "issue_letter"]


def test_retry_makes_nothing_in_the_request(bank: "Bank", people: "People", committed: Committed) -> None:
    sent: list[object] = []
    letter = signed(bank, people.decider)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(current_app, "send_task", lambda *given, **_more: sent.append(given))
        patch.setattr(render, "made_apart", lambda *_given, **_more: pytest.fail("made in the request"))
        with committed():
            actions.retry_letter(letter=letter, by=people.inspector)
    assert sent == [("zsbank.base.letters.tasks.make_file",)]
    assert Letter.objects.get().state == LetterState.SIGNED


def test_repeated_task_makes_one_file(bank: "Bank", people: "People") -> None:
    letter = signed(bank, people.decider)
    assert [actions.make_file(letter.pk), actions.make_file(letter.pk)] == [True, False]
    assert StoredFile.objects.count() == 1


def test_issued_letter_is_not_made_again(bank: "Bank", people: "People") -> None:
    letter = issued(bank, people.decider)
    with pytest.raises(WrongState):
        actions.retry_letter(letter=letter, by=people.inspector)


def test_auditor_cannot_retry_letter(bank: "Bank", people: "People") -> None:
    letter = signed(bank, people.decider)
    with pytest.raises(NotAllowed):
        actions.retry_letter(letter=letter, by=people.auditor)


def test_rollback_returns_number(bank: "Bank", people: "People") -> None:
    signed(bank, people.decider)
    with transaction.atomic():
        signed(bank, people.decider)
        transaction.set_rollback(True)
    assert signed(bank, people.decider).number == 2


def test_numbers_restart_each_year(bank: "Bank", people: "People") -> None:
    numbers = [str(signed(bank, people.decider, on=dt.date(year, 12, 31))) for year in (2025, 2025, 2026)]
    assert numbers == ["中人社函〔2025〕1号", "中人社函〔2025〕2号", "中人社函〔2026〕1号"]


def test_number_is_unique_in_database(bank: "Bank", people: "People") -> None:
    signed(bank, people.decider)
    second = signed(bank, people.decider)
    second.pk, second.number, second.case_id = None, 1, 99
    second._state.adding = True
    with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
        second.save(force_insert=True)
    assert [letter.number for letter in Letter.objects.order_by("pk")] == [1, 2]


def test_letter_loads_only_fonts(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("x")
    for address in (secret.as_uri(), "file:///etc/passwd", "http://127.0.0.1/"):
        with pytest.raises(renderer.ForeignAddress):
            renderer.fetcher(frozenset()).fetch(address)


@pytest.fixture
def letter(bank: "Bank", people: "People") -> Letter:
    """A letter to 示例银行甲."""
    return issued(bank, people.decider)


def test_downloads_by_auditor_are_recorded(client: Client, letter: Letter, people: "People") -> None:
    client.force_login(people.auditor)
    path = reverse("letters:download", args=[letter.pk])
    opened, fetched = client.get(path, {"open": ""}), client.get(path)
    assert [b"".join(answer.streaming_content)[:5] for answer in (opened, fetched)] == [b"%PDF-"] * 2  # type: ignore[attr-defined]
    assert "attachment" in fetched.headers["Content-Disposition"]
    assert fetched.headers["X-Content-Type-Options"] == "nosniff"
    assert Entry.objects.filter(verb="download_letter", actor=people.auditor).count() == 2


def test_bank_opens_only_its_own_letters(
    client: Client, letter: Letter, administrator: User, stranger: User
) -> None:
    own = reverse("banks:letter", args=[letter.pk])
    client.force_login(stranger)
    assert client.get(own).status_code == 404
    client.force_login(administrator)
    assert b"".join(client.get(own).streaming_content).startswith(b"%PDF-")  # type: ignore[attr-defined]
    assert client.get(reverse("letters:download", args=[letter.pk])).status_code == 404


@pytest.mark.parametrize("harm", [lambda path: path.write_bytes(b"%PDF-other"), lambda path: path.unlink()])
def test_changed_or_missing_letter_is_not_served(
    client: Client, letter: Letter, people: "People", administrator: User, harm: Callable[[Path], None]
) -> None:
    assert letter.file
    harm(store.final_path(letter.file.stored_name))
    answers = []
    for person, name in ((people.auditor, "letters:download"), (administrator, "banks:letter")):
        client.force_login(person)
        answers.append(client.get(reverse(name, args=[letter.pk])).status_code)
    assert answers == [409, 409]
    assert not Entry.objects.filter(verb="download_letter").exists()
