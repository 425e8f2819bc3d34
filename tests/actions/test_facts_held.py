"""A field whose value entries hold is held again by every action that writes it, or the next check finds a fault."""

import re
from collections.abc import Iterator, Mapping

from django.apps import apps

from tests.actions.stage import Staged, on_stage
from tests.actions.test_locks import ACTIONS, AGREED_WRITES, last_entry
from zsbank.base.cases.registry import cases
from zsbank.base.journal.facts import FACTS, contradictions_of
from zsbank.base.journal.models import Entry
from zsbank.base.permissions import Verb

LAST = {Verb.DECIDE}
"""Verbs that hold what was written until then; nothing writes it afterwards."""


def held() -> dict[tuple[str, str], set[str]]:
    """Return the verbs that hold a column, by table and column."""
    found: dict[tuple[str, str], set[str]] = {}
    for case in cases():
        columns = {field.name: field.column for field in case.model._meta.concrete_fields}
        for verb, names in case.facts_in_journal.items():
            for name in names:
                column = (case.model._meta.db_table, str(columns[name]))
                found.setdefault(column, set()).add(verb)
    return found


def gaps(writes: Mapping[str, str]) -> Iterator[str]:
    """Yield each column that an action updates without an entry that holds it, though other entries do."""
    holding = held()
    for name, said in sorted(writes.items()):
        verbs = set(re.findall(r"^entry (\w+) of .*\bfacts\b", said, re.MULTILINE))
        for line in re.findall(r"^update (.+)$", said, re.MULTILINE):
            table, *columns = line.split()
            for column in columns:
                by = holding.get((table, column), set())
                if by - LAST and not by & verbs:
                    yield f"{name}: {table}.{column}"


def test_action_holds_every_held_field_that_it_writes() -> None:
    assert list(gaps(AGREED_WRITES)) == []


def test_control_action_without_facts_is_found() -> None:
    name = "exit.cases.actions.grounds.open_for_lapsed_order"
    silent = AGREED_WRITES[name].replace("facts ", "")
    assert list(gaps({name: silent})) == [f"{name}: exit_exitcase.draft"]


def contradicted(last: int) -> Iterator[str]:
    """Yield each field of a row that differs from the newest of the entries since then that hold it."""
    newest: dict[str, dict[str, object]] = {}
    for entry in Entry.objects.filter(pk__gt=last).order_by("pk"):
        for key, facts in entry.data.get(FACTS, {}).items():
            newest.setdefault(key, {}).update(facts)
    for key, facts in newest.items():
        label, pk = key.split()
        row = apps.get_model(label)._base_manager.filter(pk=pk).first()
        if row is not None:
            yield from contradictions_of(row, facts)


@on_stage(ACTIONS)
def test_entries_hold_what_the_rows_are_afterwards(staged: Staged) -> None:
    last = last_entry()
    staged.carry_out()
    assert list(contradicted(last)) == []
