"""Nothing is signed on a row, a case or a bank that is not as the journal says."""

from typing import TYPE_CHECKING, Any

import pytest
from django.db.models import Model

from banks.changes.actions.changes import accept_change
from banks.changes.tests.factories import entered
from banks.register.models import Bank
from tests.actions.examples import actions, examples
from tests.actions.stage import Staged, on_stage
from zsbank.base.actions import door
from zsbank.base.actions.door import JUDGED_AGAIN
from zsbank.base.actions.rows import bank_of, case_of
from zsbank.base.journal.models import Entry
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Refused

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
SIGNED = [
    name
    for name, one in actions().items()
    if one.verb in JUDGED_AGAIN and one.on and not one.inner and name in examples()
]


def signed_rows(staged: Staged) -> set[Model]:
    """Return what the signature of an example rests on: row, case and bank of each row that is signed."""
    one = staged.action
    given = staged.arguments[one.on]
    rows: set[Any] = set()
    for row in [given] if isinstance(given, Model) else given:
        case = case_of(row, one.within)
        rows |= {row, case, bank_of(case)}
    return {row for row in rows if isinstance(row, Model)}


@on_stage(SIGNED)
def test_signature_asks_the_journal_about_row_case_and_bank(
    staged: Staged, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: set[Model | None] = set()
    monkeypatch.setattr(door, "ask_journal", lambda *rows: asked.update(rows))
    staged.carry_out()
    assert asked >= (signed_rows(staged) if staged.arguments["by"] else set())


@on_stage(SIGNED)
def test_nothing_is_signed_if_the_journal_contradicts(
    staged: Staged, monkeypatch: pytest.MonkeyPatch
) -> None:
    def contradicted(*_rows: Model | None) -> None:
        raise Refused("示例", "contradicted")

    if staged.arguments["by"] is None:
        return
    monkeypatch.setattr(door, "ask_journal", contradicted)
    entries = Entry.objects.count()
    with pytest.raises(Refused) as refused:
        staged.carry_out()
    assert refused.value.code == "contradicted"
    assert Entry.objects.exclude(verb=Verb.REFUSE).count() == entries


def test_every_signature_on_a_row_has_an_example() -> None:
    assert {actions()[name].verb for name in SIGNED} == JUDGED_AGAIN


def test_change_of_a_bank_that_was_renamed_past_the_program_is_not_accepted(
    bank: Bank, people: "People"
) -> None:
    first = entered(bank, people.intake, name="示例银行新名")
    accept_change(change=first, by=people.decider)
    Bank.objects.filter(pk=bank.pk).update(name="示例银行假名")
    second = entered(Bank.objects.get(pk=bank.pk), people.intake, name="示例银行再改名")
    with pytest.raises(Refused) as refused:
        accept_change(change=second, by=people.decider)
    assert refused.value.code == "contradicted"
