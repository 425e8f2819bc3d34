"""The journal and its chain; the database links what is appended and refuses every other change."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from zsbank.base.journal.triggers import install, remove


def put_on(apps: Any, schema_editor: Any) -> None:
    """The triggers."""
    install(schema_editor.connection)


def take_off(apps: Any, schema_editor: Any) -> None:
    """The way back."""
    remove(schema_editor.connection)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="recorded")),
                ("effective_on", models.DateField(verbose_name="effective on")),
                ("actor_name", models.CharField(max_length=60, verbose_name="name at that time")),
                ("verb", models.CharField(max_length=40, verbose_name="action")),
                ("subject_type", models.CharField(max_length=60, verbose_name="type of subject")),
                ("subject_id", models.BigIntegerField(verbose_name="subject")),
                ("subject_label", models.CharField(max_length=200, verbose_name="subject name at that time")),
                ("uscc", models.CharField(blank=True, max_length=18, verbose_name="bank")),
                ("from_state", models.CharField(blank=True, max_length=40, verbose_name="previous state")),
                ("to_state", models.CharField(blank=True, max_length=40, verbose_name="new state")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("data", models.JSONField(default=dict, verbose_name="details")),
                ("digest", models.CharField(editable=False, max_length=64, verbose_name="SHA-256")),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="actor",
                    ),
                ),
            ],
            options={
                "verbose_name": "journal entry",
                "verbose_name_plural": "journal",
                "ordering": ["-pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("sequence", models.BigIntegerField(primary_key=True, serialize=False)),
                ("hash", models.CharField(max_length=64, verbose_name="SHA-256")),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="link", to="journal.entry"
                    ),
                ),
            ],
            options={
                "verbose_name": "journal link",
                "verbose_name_plural": "journal chain",
                "default_permissions": (),
            },
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["subject_type", "subject_id"], name="journal_subject"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["uscc", "-id"], name="journal_bank"),
        ),
        migrations.RunPython(put_on, take_off),
    ]
