"""Database triggers of the journal: they link each entry, and refuse changes and deletions.

On PostgreSQL an entry is linked at commit, under a lock held only then, by a function with its owner's
privileges: the application reads the chain but cannot write it. It works on the journal alone, and refuses entries of
the application's role that are dated more than 15 minutes off the database's clock; the owner of the tables loads the
demonstration, which plays in the past. SQLite has one writer at a time.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = ("journal_entry", "journal_link")

POSTGRESQL = """
CREATE FUNCTION journal_append() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    last journal_link%ROWTYPE;
    place bigint;
    acting text := current_setting('role');
BEGIN
    IF TG_RELID <> 'public.journal_entry'::regclass THEN
        RAISE EXCEPTION 'only the journal is chained';
    END IF;
    IF acting = 'none' THEN
        acting := session_user;
    END IF;
    IF abs(extract(epoch FROM NEW.at - clock_timestamp())) > 900
        AND NOT pg_has_role(acting, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER') THEN
        RAISE EXCEPTION 'an entry is dated by the clock';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('journal_link'));
    SELECT * INTO last FROM journal_link ORDER BY sequence DESC LIMIT 1;
    place := coalesce(last.sequence, 0) + 1;
    INSERT INTO journal_link (sequence, entry_id, hash) VALUES (place, NEW.id, encode(sha256(convert_to(
        coalesce(last.hash, repeat('0', 64)) || ':' || place || ':' || NEW.digest, 'UTF8')), 'hex'));
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER journal_append AFTER INSERT ON journal_entry DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION journal_append();
CREATE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the journal is append-only';
END $$;
REVOKE EXECUTE ON FUNCTION journal_append(), journal_refuse() FROM PUBLIC;
"""
POSTGRESQL_REFUSAL = """
CREATE TRIGGER journal_no_change BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER journal_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
"""
POSTGRESQL_REMOVAL = "DROP FUNCTION journal_append() CASCADE; DROP FUNCTION journal_refuse() CASCADE;"

SQLITE_APPEND = """
CREATE TRIGGER journal_append AFTER INSERT ON journal_entry BEGIN
    INSERT INTO journal_link (sequence, entry_id, hash)
    SELECT place, NEW.id, SHA256(head || ':' || place || ':' || NEW.digest) FROM (
        SELECT coalesce(max(sequence), 0) + 1 AS place,
            coalesce((SELECT hash FROM journal_link ORDER BY sequence DESC LIMIT 1), printf('%064d', 0)) AS head
        FROM journal_link
    );
END
"""
SQLITE_REFUSAL = """
CREATE TRIGGER {table}_no_{event} BEFORE {event} ON {table} BEGIN
    SELECT RAISE(ABORT, 'the journal is append-only');
END
"""


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers."""
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor):
            cursor.execute(statement)


def _statements(vendor: str) -> list[str]:
    if vendor == "postgresql":
        return [POSTGRESQL, *(POSTGRESQL_REFUSAL.format(table=table) for table in TABLES)]
    refusals = [(table, event) for table in TABLES for event in ("update", "delete")]
    return [SQLITE_APPEND, *(SQLITE_REFUSAL.format(table=table, event=event) for table, event in refusals)]


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers: for a reverse migration, and for tests of what happens without them."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL_REMOVAL)
            return
        cursor.execute("DROP TRIGGER journal_append")
        for table in TABLES:
            for event in ("update", "delete"):
                cursor.execute(f"DROP TRIGGER {table}_no_{event}")
