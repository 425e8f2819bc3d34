"""Attempts at a letter's file are noted before they are made. SQLite makes the table anew, so the triggers step aside."""

from typing import Any

from django.db import migrations, models

from zsbank.base.letters.triggers import install, remove


def put_on(apps: Any, schema_editor: Any) -> None:
    """Create the triggers."""
    install(schema_editor.connection)


def take_off(apps: Any, schema_editor: Any) -> None:
    """Drop the triggers."""
    remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("letters", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(take_off, put_on),
        migrations.AddField(
            model_name="letter",
            name="deaths",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="letter",
            name="next_attempt_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="next attempt"),
        ),
        migrations.RunPython(put_on, take_off),
    ]
