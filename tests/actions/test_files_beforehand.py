"""Files are looked through before a transaction opens, in every action that takes one: nothing waits meanwhile."""

import inspect
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.base import ContentFile, File
from django.db import connection

from banks.outlets.actions import imports
from conftest import make_officer
from tests.actions.examples import carry_out, examples
from tests.actions.stage import Staged, on_stage
from tests.actions.test_every_action import OUTER
from zsbank.base.actions import door
from zsbank.base.actions.tests.inside import inside
from zsbank.base.files import examined
from zsbank.base.files.actions import store_upload
from zsbank.base.files.choosing import choose
from zsbank.base.files.content import check_content
from zsbank.base.files.tests.papers import small_pdf
from zsbank.base.permissions import Verb
from zsbank.base.roles import Role

EXAMPLES = examples()
READ_IMPORT = "banks.outlets.actions.imports.read_import"
TAKING_FILES = sorted(
    {READ_IMPORT}
    | {
        name
        for name, one in OUTER.items()
        if any("File" in str(given.annotation) for given in inspect.signature(one).parameters.values())
    }
)


def depth() -> int:
    """Return how many transactions and savepoints are open."""
    return len(connection.savepoint_ids) + connection.in_atomic_block


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many transactions were open at each look into a file."""
    seen: list[int] = []

    def look(*given: Any) -> None:
        seen.append(depth())
        check_content(*given)

    monkeypatch.setattr(examined, "check_content", look)
    monkeypatch.setattr(imports, "check_content", look)
    return seen


def uploads_in(given: Any) -> Iterator[object]:
    """Yield the uploads in arguments."""
    if isinstance(given, File):
        yield given
    elif isinstance(given, dict):
        yield from uploads_in(list(given.values()))
    elif isinstance(given, list | tuple):
        for one in given:
            yield from uploads_in(one)


def test_actions_with_files_are_found() -> None:
    assert len(TAKING_FILES) >= 8


@on_stage(TAKING_FILES)
def test_action_looks_through_its_files_before_its_transaction(staged: Staged, looked: list[int]) -> None:
    arguments = staged.arguments
    uploads = list(uploads_in(list(arguments.values())))
    for upload in uploads:
        upload.__dict__.pop(examined.FOUND, None)
    looked.clear()
    outside = depth()
    carry_out(staged.action, arguments)
    assert looked == [outside] * len(uploads) or staged.name == READ_IMPORT
    assert set(looked) <= {outside}


@pytest.mark.django_db(transaction=True)
def test_selected_file_is_looked_through_outside_of_a_transaction(looked: list[int]) -> None:
    choose(content=ContentFile(small_pdf()), name="材料.pdf", by=make_officer("clerk", Role.INTAKE_OFFICER))
    assert looked == [0]


@pytest.mark.django_db(transaction=True)
def test_control_without_the_look_beforehand_the_action_stops(
    monkeypatch: pytest.MonkeyPatch, looked: list[int]
) -> None:
    """Without what the door does first, no action can look inside its transaction in silence."""
    monkeypatch.setattr(door, "prepare", lambda _arguments: None)
    officer = make_officer("clerk", Role.INTAKE_OFFICER)
    with pytest.raises(RuntimeError, match="before the transaction"), inside(Verb.DECIDE, officer):
        store_upload(content=ContentFile(small_pdf()), name="材料.pdf", by=officer)
    assert looked == []
