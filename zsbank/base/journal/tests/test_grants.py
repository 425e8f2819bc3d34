"""Privileges of the application's role on PostgreSQL: append to the journal and read it."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from zsbank.base.journal import actions, queries
from zsbank.base.journal.models import Entry, Link
from zsbank.base.journal.tests.tampering import run_deferred_triggers
from zsbank.base.permissions import Verb

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
ROLE = "zsbank_application"


@pytest.fixture
def as_application() -> Iterator[Entry]:
    """An entry written by the application's role, which stays set for the test."""
    call_command("grant_application", ROLE, stdout=StringIO())
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {ROLE}")
        entry = actions.record(verb=Verb.WRITE_NOTE, by=None, subject=Group.objects.create(name="subject"))
        run_deferred_triggers()
        yield entry
        cursor.execute("RESET ROLE")


def test_role_appends_to_chain(as_application: Entry) -> None:
    assert Link.objects.get().entry_id == as_application.pk
    assert list(queries.faults()) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_entry SET reason = ''",
        "DELETE FROM journal_entry",
        "TRUNCATE journal_entry CASCADE",
        "UPDATE journal_link SET hash = ''",
        "DELETE FROM journal_link",
        "TRUNCATE journal_link",
        "INSERT INTO journal_link (sequence, entry_id, hash) VALUES (2, 1, '')",
        "ALTER TABLE journal_entry DISABLE TRIGGER ALL",
        "DROP TRIGGER journal_no_change ON journal_entry",
    ],
)
def test_role_cannot_change_journal(as_application: Entry, statement: str) -> None:
    with pytest.raises(DatabaseError, match=r"permission denied|must be owner"), transaction.atomic():
        connection.cursor().execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (id int)",
        "TRUNCATE accounts_user CASCADE",
        "DROP TABLE mfa_authenticator",
        "ALTER TABLE accounts_user ADD COLUMN mine int",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "SELECT * FROM pg_authid",
        "COPY accounts_user TO '/tmp/mine'",
        "CREATE ROLE mine",
    ],
)
def test_role_cannot_change_schema(as_application: Entry, statement: str) -> None:
    denied = r"permission denied|must be owner|must be superuser"
    with pytest.raises(DatabaseError, match=denied), transaction.atomic():
        connection.cursor().execute(statement)


def test_control_owner_is_stopped_by_triggers() -> None:
    actions.record(verb=Verb.WRITE_NOTE, by=None, subject=Group.objects.create(name="subject"))
    run_deferred_triggers()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute("DELETE FROM journal_link")
