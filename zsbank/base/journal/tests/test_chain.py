"""The hash chain: the database links entries, and every change is refused or detected."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.db import DatabaseError, connection, transaction

from zsbank.base.journal import actions, chain, queries, triggers
from zsbank.base.journal.chain import Checkpoint
from zsbank.base.journal.models import Entry, Link
from zsbank.base.journal.tests.tampering import run_deferred_triggers, tamper
from zsbank.base.permissions import Verb

pytestmark = pytest.mark.django_db
MANY = 6


@pytest.fixture
def subject() -> Group:
    """A subject for entries."""
    return Group.objects.create(name="subject")


@pytest.fixture
def linked(subject: Group) -> list[int]:
    """Primary keys of six entries in the chain."""
    keys = [
        actions.record(
            verb=Verb.WRITE_NOTE, by=None, subject=subject, reason=f"第 {number} 条", data={"n": number}
        ).pk
        for number in range(1, MANY + 1)
    ]
    run_deferred_triggers()
    return keys


def found(checkpoint: Checkpoint | None = None) -> list[str]:
    """Return the faults found by the verification."""
    return list(queries.faults(checkpoint))


def head() -> Checkpoint:
    """Return a checkpoint of the current chain."""
    last = Link.objects.latest("sequence")
    return Checkpoint("2026-11-24", last.sequence, last.hash, {}, {})


def test_entries_are_linked_in_order(linked: list[int]) -> None:
    assert list(Link.objects.order_by("sequence").values_list("entry_id", flat=True)) == linked
    assert found(head()) == []


def test_first_link_follows_genesis(linked: list[int]) -> None:
    first = Link.objects.get(sequence=1)
    assert first.hash == chain.link_hash(chain.GENESIS, 1, chain.digest_of(first.entry.content()))


@pytest.mark.parametrize("table", triggers.TABLES)
@pytest.mark.parametrize("statement", ["UPDATE {} SET {} = {}", "DELETE FROM {}"])
def test_database_refuses_change_and_deletion(linked: list[int], table: str, statement: str) -> None:
    column = "id" if table == "journal_entry" else "sequence"
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table, column, column))
    assert Entry.objects.count() == Link.objects.count() == MANY


@pytest.mark.postgres
@pytest.mark.parametrize("table", triggers.TABLES)
def test_postgresql_refuses_truncate(linked: list[int], table: str) -> None:
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"TRUNCATE {table} CASCADE")


def _edited(keys: list[int]) -> Iterator[str]:
    yield f"UPDATE journal_entry SET reason = '改过' WHERE id = {keys[2]}"


def _edited_with_digest(keys: list[int]) -> Iterator[str]:
    entry = Entry.objects.get(pk=keys[2])
    entry.reason = "改过"
    digest = chain.digest_of(entry.content())
    yield f"UPDATE journal_entry SET reason = '改过', digest = '{digest}' WHERE id = {keys[2]}"


def _removed(keys: list[int]) -> Iterator[str]:
    yield f"DELETE FROM journal_link WHERE entry_id = {keys[2]}"
    yield f"DELETE FROM journal_entry WHERE id = {keys[2]}"


def _swapped(keys: list[int]) -> Iterator[str]:
    for old, new in ((keys[1], -1), (keys[2], keys[1]), (-1, keys[2])):
        yield f"UPDATE journal_link SET entry_id = {new} WHERE entry_id = {old}"


def _inserted(keys: list[int]) -> Iterator[str]:
    columns = "at, effective_on, actor_name, verb, subject_type, subject_id, subject_label, uscc, from_state,"
    columns += " to_state, reason, data, digest"
    yield f"INSERT INTO journal_entry ({columns}) SELECT {columns} FROM journal_entry WHERE id = {keys[2]}"


def _cut_off(keys: list[int]) -> Iterator[str]:
    yield f"DELETE FROM journal_link WHERE entry_id >= {keys[4]}"
    yield f"DELETE FROM journal_entry WHERE id >= {keys[4]}"


@pytest.mark.parametrize(
    ("done", "said"),
    [
        (_edited, ["journal 3: edited, it no longer says what was recorded"]),
        (
            _edited_with_digest,
            ["journal 3: does not follow from the one before; swapped, inserted or rewritten"],
        ),
        (_removed, ["journal 3: removed"]),
        (
            _swapped,
            [
                "journal 2: does not follow from the one before; swapped, inserted or rewritten",
                "journal 3: does not follow from the one before; swapped, inserted or rewritten",
            ],
        ),
        (_cut_off, ["journal 5 to 6: cut off at the end, the checkpoint of 2026-11-24 has them"]),
    ],
)
def test_tampering_is_detected(
    linked: list[int], done: Callable[[list[int]], Iterator[str]], said: list[str]
) -> None:
    checkpoint = head()
    tamper(*done(linked))
    assert found(checkpoint) == said


def test_entry_outside_chain_is_detected(linked: list[int]) -> None:
    tamper(*_inserted(linked))
    newest = Entry.objects.latest("pk")
    assert found(head()) == [f"journal entry {newest.pk}: inserted, it has no place in the chain"]


def test_rewritten_chain_is_detected_by_checkpoint_only(linked: list[int]) -> None:
    checkpoint = head()
    head_now, statements = chain.GENESIS, [*_edited_with_digest(linked)]
    for link in Link.objects.order_by("sequence").select_related("entry"):
        digest = statements[0].split("'")[3] if link.entry_id == linked[2] else link.entry.digest
        head_now = chain.link_hash(head_now, link.sequence, digest)
        statements.append(f"UPDATE journal_link SET hash = '{head_now}' WHERE sequence = {link.sequence}")
    tamper(*statements)
    assert found() == []
    assert found(checkpoint) == ["journal 6: is not what the checkpoint of 2026-11-24 holds; rewritten"]


def test_truncated_chain_is_not_detected_without_checkpoint(linked: list[int]) -> None:
    tamper(*_cut_off(linked))
    assert found() == []


def test_script_verifies_export_without_register(linked: list[int], tmp_path: Path) -> None:
    export, checkpoint = tmp_path / "journal.jsonl", tmp_path / "checkpoint.json"
    lines = [json.dumps(line) + "\n" for line in queries.export_lines()]
    checkpoint.write_text(json.dumps(vars(head())), encoding="utf-8")
    export.write_text("".join(lines), encoding="utf-8")
    assert _alone(export, checkpoint) == (0, "the chain holds\n")
    export.write_text(
        "".join([*lines[:2], lines[2].replace(r"\u7b2c 3", r"\u7b2c 4"), *lines[3:-1]]), encoding="utf-8"
    )
    code, said = _alone(export, checkpoint)
    assert code == 1
    assert said.splitlines() == [
        "journal 3: edited, it no longer says what was recorded",
        "journal 6: cut off at the end, the checkpoint of 2026-11-24 has them",
    ]


def _alone(*files: Path) -> tuple[int, str]:
    """Run the script like an auditor: isolated, with Python only."""
    words = [sys.executable, "-I", chain.__file__, *map(str, files)]
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=files[0].parent)
    return done.returncode, done.stdout


def test_floats_are_not_recorded(subject: Group) -> None:
    with pytest.raises(TypeError, match="no floats"):
        actions.record(verb=Verb.WRITE_NOTE, by=None, subject=subject, data={"share": 0.5})
