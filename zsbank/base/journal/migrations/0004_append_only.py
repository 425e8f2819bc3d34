"""The database links what is appended and refuses every other change of the record."""

from typing import Any

from django.db import migrations

from zsbank.base.journal.triggers import install, remove


def put_on(apps: Any, schema_editor: Any) -> None:
    """The triggers."""
    install(schema_editor.connection)


def take_off(apps: Any, schema_editor: Any) -> None:
    """The way back."""
    remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("journal", "0003_link_earlier_entries")]

    operations = [migrations.RunPython(put_on, take_off)]
