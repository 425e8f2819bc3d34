"""The indexes of names, on PostgreSQL, in the form in which names are compared now."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from zsbank.base.cases.folding import COMPARED, WRITTEN

ANYWHERE = (
    ("banks_bank", "name"),
    ("banks_outlet", "name"),
    ("banks_cardvendor", "name"),
    ("letters_letter", "title"),
    ("letters_letter", "addressee"),
)
INSTALLED = "SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'"


def fold(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Create the indexes anew, where the extension is installed; searching works without them."""
    if editor.connection.vendor != "postgresql":
        return
    with editor.connection.cursor() as cursor:
        cursor.execute(INSTALLED)
        if cursor.fetchone() is None:
            return
    for table, column in ANYWHERE:
        name = f"search_{table}_{column}"
        compared = f"UPPER(TRANSLATE(\"{column}\", '{WRITTEN}', '{COMPARED}'))"
        editor.execute(f'DROP INDEX IF EXISTS "{name}"')
        editor.execute(f'CREATE INDEX "{name}" ON "{table}" USING gin (({compared}) gin_trgm_ops)')


class Migration(migrations.Migration):
    dependencies = [("staff", "0001_search_indexes")]
    operations = [migrations.RunPython(fold, migrations.RunPython.noop)]
