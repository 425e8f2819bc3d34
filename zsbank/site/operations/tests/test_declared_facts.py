"""What kinds of case declare as facts that the journal holds is whole, and names fields that there are."""

from zsbank.base.cases.registry import cases
from zsbank.base.letters.triggers import FROZEN
from zsbank.base.permissions import Verb


def test_every_due_date_is_held() -> None:
    """A new kind of case with a due date that its entries do not hold is a gap in the judge."""
    gaps = [
        f"{case.key} {name}"
        for case in cases()
        for due in case.due
        for name in (due.day, due.period)
        if name and not any(name in fields for fields in case.facts_in_journal.values())
    ]
    assert gaps == []


def test_held_facts_are_fields() -> None:
    unknown = [
        f"{case.key} {name}"
        for case in cases()
        for fields in case.facts_in_journal.values()
        for name in fields
        if name not in {field.name for field in case.model._meta.concrete_fields}
    ]
    assert unknown == []


def test_all_of_a_letter_that_does_not_change_is_held() -> None:
    letter = next(case for case in cases() if case.key == "letters.letter")
    columns = {field.name: field.column for field in letter.model._meta.concrete_fields}
    assert {columns[name] for name in letter.facts_in_journal[Verb.SIGN_LETTER]} == set(FROZEN)
