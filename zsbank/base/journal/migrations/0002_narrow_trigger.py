"""Replaces the triggers: they look at the table they hang on, and at the clock."""

from typing import Any

from django.db import migrations

from zsbank.base.journal.triggers import install, remove


def renew(apps: Any, schema_editor: Any) -> None:
    remove(schema_editor.connection)
    install(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]

    operations = [migrations.RunPython(renew, migrations.RunPython.noop)]
