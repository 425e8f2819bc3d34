"""Database triggers that keep number, content and file hash of a signed letter unchanged.

The application never changes them; the triggers protect against other access to the tables. Both databases
report a violated constraint.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

FROZEN = (
    "kind",
    "mark",
    "year",
    "number",
    "title",
    "addressee",
    "uscc",
    "issue_date",
    "signed_by_id",
    "case_type",
    "case_id",
    "data",
    "template_version",
)
"""Columns of a signed letter that cannot change."""

LETTER_CHANGED = " OR ".join(f"OLD.{column} {{differs}} NEW.{column}" for column in FROZEN)
FILE_CHANGED = "OLD.file_id IS NOT NULL AND OLD.file_id {differs} NEW.file_id"
OF_A_LETTER = "EXISTS (SELECT 1 FROM letters_letter WHERE file_id = OLD.id)"
HASH_CHANGED = "OLD.sha256 <> NEW.sha256 OR OLD.stored_name <> NEW.stored_name"
REFUSAL = "a signed letter does not change"

POSTGRESQL = f"""
CREATE FUNCTION letter_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'letters_letter' OR {OF_A_LETTER} THEN
        RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER letter_frozen BEFORE UPDATE ON letters_letter FOR EACH ROW
    WHEN ({LETTER_CHANGED} OR {FILE_CHANGED}) EXECUTE FUNCTION letter_refuse();
CREATE TRIGGER letter_file_frozen BEFORE UPDATE ON files_storedfile FOR EACH ROW
    WHEN ({HASH_CHANGED}) EXECUTE FUNCTION letter_refuse();
""".format(differs="IS DISTINCT FROM")
SQLITE = tuple(
    statement.format(differs="IS NOT")
    for statement in (
        f"""
CREATE TRIGGER letter_frozen BEFORE UPDATE ON letters_letter WHEN {LETTER_CHANGED} OR {FILE_CHANGED} BEGIN
    SELECT RAISE(ABORT, '{REFUSAL}');
END
""",
        f"""
CREATE TRIGGER letter_file_frozen BEFORE UPDATE ON files_storedfile
WHEN ({HASH_CHANGED}) AND {OF_A_LETTER} BEGIN
    SELECT RAISE(ABORT, '{REFUSAL}');
END
""",
    )
)


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers."""
    with connection.cursor() as cursor:
        for statement in (POSTGRESQL,) if connection.vendor == "postgresql" else SQLITE:
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers: for a reverse migration, and for tests of what happens without them."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP FUNCTION letter_refuse() CASCADE")
            return
        for trigger in ("letter_frozen", "letter_file_frozen"):
            cursor.execute(f"DROP TRIGGER {trigger}")
