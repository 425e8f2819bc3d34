"""What follows a commit: a failure there is no error page for an action that took effect, and others follow."""

import ast
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from celery import current_app
from django.conf import settings
from django.db import transaction
from kombu.exceptions import OperationalError

from conftest import make_officer
from zsbank.base.actions.after import after_commit
from zsbank.base.actions.tests.inside import inside
from zsbank.base.files import actions as files
from zsbank.base.files import choosing, store
from zsbank.base.files.formats import FileKind
from zsbank.base.files.models import ChosenFile, StoredFile
from zsbank.base.files.states import ScanState
from zsbank.base.journal.models import Entry
from zsbank.base.letters import actions as letters
from zsbank.base.letters.data import LetterData
from zsbank.base.letters.models import Letter
from zsbank.base.permissions import Verb
from zsbank.base.roles import Role

pytestmark = pytest.mark.django_db(transaction=True)


def _full(*_args: object, **_arguments: object) -> None:
    raise OSError("no space left")


def _away(*_args: object, **_arguments: object) -> None:
    raise OperationalError("broker away")


def _stored(scan: ScanState = ScanState.NOT_SCANNED) -> StoredFile:
    return files.store_content(blocks=[b"%PDF-"], name="甲.pdf", kind=FileKind.PDF, by=None, scan=scan)


def _sign() -> bool:
    decider = make_officer("decider", Role.DECIDER)
    text = LetterData(
        kind="exit_notice", title="函", addressee="示例银行甲", uscc="91442000MADEM00116", paragraphs=()
    )
    with inside(Verb.DECIDE, decider):
        letters.sign(data=text, case=StoredFile(pk=1), by=decider)
    return Letter.objects.exists()


def _retry() -> bool:
    assert _sign()
    letter = Letter.objects.get()
    letters.retry_letter(letter=letter, by=make_officer("inspector", Role.INSPECTOR))
    return Entry.objects.filter(verb=Verb.RETRY_LETTER).exists()


def _store() -> bool:
    _stored()
    return StoredFile.objects.exists()


def _quarantine() -> bool:
    file = _stored(ScanState.BEING_CHECKED)
    files.quarantine_file(file=file, signature="示例", by=None)
    return StoredFile.objects.get().is_quarantined


def _forget() -> bool:
    clerk = make_officer("clerk", Role.INTAKE_OFFICER)
    chosen = ChosenFile.objects.create(file=_stored(), by=clerk, at="2026-01-05T01:00:00Z")
    assert choosing.forget(chosen.pk)
    return not ChosenFile.objects.exists()


PLACES: dict[str, tuple[Callable[[], bool], object, str, Callable[..., None]]] = {
    "zsbank/base/letters/actions.py:sign": (_sign, current_app, "send_task", _away),
    "zsbank/base/letters/actions.py:retry_letter": (_retry, current_app, "send_task", _away),
    "zsbank/base/files/actions.py:store_content": (_store, store, "move_into_place", _full),
    "zsbank/base/files/actions.py:quarantine_file": (_quarantine, store, "quarantine", _full),
    "zsbank/base/files/choosing.py:forget": (_forget, store, "remove", _full),
}
"""Every place that does something after the commit: what to call, and what fails there."""


def _calls(path: Path) -> Iterator[str]:
    for function in ast.walk(ast.parse(path.read_text())):
        if isinstance(function, ast.FunctionDef):
            called = {one.func for one in ast.walk(function) if isinstance(one, ast.Call)}
            if any(isinstance(name, ast.Name) and name.id == "after_commit" for name in called):
                yield f"{path.relative_to(settings.BASE_DIR)}:{function.name}"


def test_every_place_is_tried_here() -> None:
    root = Path(settings.BASE_DIR)
    code = [
        path
        for app in ("zsbank", "banks", "admission", "inspections", "exit")
        for path in (root / app).rglob("*.py")
    ]
    found = {place for path in code if "tests" not in path.parts for place in _calls(path)}
    assert found == set(PLACES)


@pytest.mark.parametrize("place", sorted(PLACES))
def test_failure_after_commit_is_logged_and_the_action_stands(
    place: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    act, where, name, fail = PLACES[place]
    monkeypatch.setattr(where, name, fail)
    assert act()
    assert "failed after the commit" in caplog.text


def test_others_follow_a_failure() -> None:
    called: list[str] = []
    with transaction.atomic():
        after_commit(partial(_full))
        after_commit(called.append, "later")
    assert called == ["later"]


def test_rollback_calls_nothing() -> None:
    called: list[str] = []
    with transaction.atomic():
        after_commit(called.append, "never")
        transaction.set_rollback(True)
    assert called == []


def test_bare_partial_would_break_the_action(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: with Django's own robust call of a partial, the decision is answered by an error."""
    monkeypatch.setattr(current_app, "send_task", _away)

    def bare(function: Callable[..., object], *args: object) -> None:
        transaction.on_commit(partial(function, *args), robust=True)  # noqa: TID251 the mistake itself

    monkeypatch.setattr(letters, "after_commit", bare)
    with pytest.raises(AttributeError, match="__qualname__"):
        _sign()
    assert Letter.objects.exists()
