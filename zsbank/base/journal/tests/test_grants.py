"""Privileges of the application's role on PostgreSQL: append to the journal and read it."""

import datetime as dt
from collections.abc import Iterator
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from zsbank.base.calendar import clock
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


STAYS = {
    "admission_agreement": "at bank_signed_on bureau_signed_on by_id decision_id file_id id kind number",
    "admission_application": "bank_id case_number edition_id id started_at started_by_id",
    "admission_conflict": "application_id at id officer_id reason",
    "admission_decision": "application_id at by_id id letter_id outcome reason recommendation_id recommended_by_id",
    "admission_extension": "application_id at before by_id days id reason",
    "admission_recommendation": "application_id at basis by_id id outcome reason",
    "banks_bank": "id",
    "banks_division": "case_number carries_on divided_id ends_divided id on successor_id",
    "banks_formervalue": "bank_id case_number field id until value",
    "banks_paperletter": "bank_id date file_id id kind number signer taken_over_on takeover_number",
    "banks_priornotice": "case_id case_type id paper_id sequence told_on",
    "banks_qualification": "effective_from id letter_id paper_id takeover_note",
    "exit_exitcase": "case_number id opened_at opened_by_id paper_id qualification_id",
    "exit_ground": "case_id determination_id document_id id joined_at joined_by_id kind order_id paper_id "
    "statement",
    "exit_takeover": "case_number entered_at entered_by_id id rows sha256 source",
    "exit_takeoverscan": "at file_id id number_in_sheet part takeover_id",
    "inspections_assessmentscheme": "drafted_by_id id year",
    "inspections_assessment": "id paper_id qualification_id reason recorded_by_id scheme_id year",
    "inspections_complaint": "bank_id case_number entered_at entered_by_id facts id outlet_name received_on "
    "reference source",
    "inspections_complaintreply": "answered_at answered_by_id answered_on complaint_id due_date id text",
    "inspections_determination": "document_id effects facts id kind paper_date paper_id paper_signed_by_id proposed_at "
    "proposed_by_id qualification_id",
    "inspections_determinationconflict": "at determination_id id officer_id reason",
    "inspections_rectificationorder": "determination_id ground id limit_day paper_id qualification_id "
    "start_date",
    "inspections_settingaside": "basis case_number determination_id document_date document_id document_number id "
    "proposed_at proposed_by_id reason",
    "inspections_rectificationreport": "id kind order_id submitted_at submitted_by_id text",
    "inspections_verification": "accompanied_by_id findings fulfilled id manner report_id seen_on verified_at "
    "verified_by_id",
    "letters_letter": "addressee case_id case_type data id issue_date kind mark number signed_by_id "
    "template_version title uscc year",
    "letters_numberseries": "id mark year",
    "letters_service": "at by_id document_id effective_on id letter_id manner note served_on",
}
"""By hand: the columns that the application's role cannot change, of the tables that hold what was decided."""

COLUMNS = """
    SELECT table_name, column_name, has_column_privilege(%s, quote_ident(table_name), column_name, 'UPDATE')
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name = ANY(%s)
"""


def test_columns_that_stay_are_those_of_the_list(as_application: Entry) -> None:
    found: dict[str, set[str]] = {table: set() for table in STAYS}
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS, [ROLE, list(STAYS)])
        for table, column, may_change in cursor.fetchall():
            if not may_change:
                found[table].add(column)
    assert found == {table: set(columns.split()) for table, columns in STAYS.items()}


def test_listed_rows_are_not_deleted(as_application: Entry) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t FROM unnest(%s) AS t WHERE has_table_privilege(%s, quote_ident(t), 'DELETE')",
            [list(STAYS), ROLE],
        )
        assert cursor.fetchall() == [("admission_application",)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE letters_letter SET number = 9",
        "UPDATE letters_letter SET issue_date = '2020-01-01'",
        "UPDATE admission_decision SET outcome = 'refuse'",
        "UPDATE admission_decision SET at = now()",
        "UPDATE banks_qualification SET effective_from = '2020-01-01'",
        "DELETE FROM exit_exitcase",
        "UPDATE django_migrations SET name = ''",
        "CREATE TEMPORARY TABLE mine (id int)",
    ],
)
def test_role_cannot_rewrite_what_was_decided(as_application: Entry, statement: str) -> None:
    with pytest.raises(DatabaseError, match=r"permission denied"), transaction.atomic():
        connection.cursor().execute(statement)


def test_role_cannot_date_an_entry_back(as_application: Entry) -> None:
    long_ago = clock.today() - dt.timedelta(days=400)
    with clock.playing(long_ago):
        actions.record(verb=Verb.WRITE_NOTE, by=None, subject=Group.objects.get(name="subject"))
    with pytest.raises(DatabaseError, match="dated by the clock"), transaction.atomic():
        run_deferred_triggers()
    connection.cursor().execute("RESET ROLE")


def test_control_owner_may_play_in_the_past() -> None:
    with clock.playing(clock.today() - dt.timedelta(days=400)):
        actions.record(verb=Verb.WRITE_NOTE, by=None, subject=Group.objects.create(name="subject"))
    run_deferred_triggers()
    assert Link.objects.count() == 1


HANG = """
    CREATE TABLE mine (id bigint, digest text, at timestamptz);
    CREATE CONSTRAINT TRIGGER mine AFTER INSERT ON mine FOR EACH ROW EXECUTE FUNCTION journal_append();
    INSERT INTO mine VALUES (1, '', now());
"""


def test_chaining_works_on_the_journal_alone() -> None:
    """Even for the owner; the role may not use the function at all."""
    with pytest.raises(DatabaseError, match="only the journal is chained"), transaction.atomic():
        connection.cursor().execute(HANG)


def test_role_cannot_use_the_function(as_application: Entry) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_function_privilege(%s, 'journal_append()', 'EXECUTE')", [ROLE])
        assert cursor.fetchone() == (False,)
