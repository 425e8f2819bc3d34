"""Indexes with which PostgreSQL finds a part of a name; SQLite needs none at its size."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

BRACKETS = {"（": "(", "）": ")"}
ANYWHERE = (
    ("banks_bank", "name"),
    ("banks_outlet", "name"),
    ("banks_cardvendor", "name"),
    ("letters_letter", "title"),
    ("letters_letter", "addressee"),
)
BEGINNING = (
    ("banks_outlet", "uscc"),
    ("banks_outlet", "license_institution_code"),
    ("letters_letter", "uscc"),
)
AVAILABLE = "SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'"
MAY_CREATE = "SELECT has_database_privilege(current_database(), 'CREATE')"


def create_parts(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Create the indexes of names, where the extension is available and may be created; searching works without them."""
    if editor.connection.vendor != "postgresql":
        return
    with editor.connection.cursor() as cursor:
        cursor.execute(AVAILABLE)
        available = cursor.fetchone() is not None
        cursor.execute(MAY_CREATE)
        if not available or not cursor.fetchone()[0]:
            return
    editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    for table, column in ANYWHERE:
        name, compared = _name(table, column), _compared(column)
        editor.execute(f'CREATE INDEX "{name}" ON "{table}" USING gin (({compared}) gin_trgm_ops)')


def create_prefixes(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Create the indexes of codes, which are compared from the beginning."""
    if editor.connection.vendor == "postgresql":
        for table, column in BEGINNING:
            name = _name(table, column)
            editor.execute(f'CREATE INDEX "{name}" ON "{table}" ("{column}" varchar_pattern_ops)')


def remove(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Remove the indexes; the extension stays, since others may use it."""
    if editor.connection.vendor == "postgresql":
        for table, column in (*ANYWHERE, *BEGINNING):
            editor.execute(f'DROP INDEX IF EXISTS "{_name(table, column)}"')


def _name(table: str, column: str) -> str:
    return f"search_{table}_{column}"


def _compared(column: str) -> str:
    """Return how names were compared; the next migration compares them in another form."""
    expression = f'UPPER("{column}")'
    for written, compared in BRACKETS.items():
        expression = f"REPLACE({expression}, '{written}', '{compared}')"
    return expression


class Migration(migrations.Migration):
    """Depends on the tables that it indexes."""

    dependencies = [("banks", "0001_initial"), ("letters", "0001_initial")]
    operations = [
        migrations.RunPython(create_parts, remove),
        migrations.RunPython(create_prefixes, migrations.RunPython.noop),
    ]
