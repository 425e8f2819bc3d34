"""The register of letters; the database keeps what is signed as it is."""

from typing import Any

import django.db.models.deletion
import django_fsm
from django.conf import settings
from django.db import migrations, models

from zsbank.base.letters.triggers import install, remove


def put_on(apps: Any, schema_editor: Any) -> None:
    """Create the triggers."""
    install(schema_editor.connection)


def take_off(apps: Any, schema_editor: Any) -> None:
    """The way back."""
    remove(schema_editor.connection)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("files", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="NumberSeries",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("mark", models.CharField(max_length=20)),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField(default=0)),
            ],
            options={
                "default_permissions": (),
                "constraints": [models.UniqueConstraint(fields=("mark", "year"), name="series_once_a_year")],
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(max_length=30, verbose_name="kind"),
                ),
                ("mark", models.CharField(max_length=20)),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("addressee", models.CharField(max_length=120, verbose_name="addressee")),
                (
                    "uscc",
                    models.CharField(db_index=True, max_length=18, verbose_name="unified social credit code"),
                ),
                ("issue_date", models.DateField(verbose_name="date of issue")),
                ("case_type", models.CharField(max_length=60)),
                ("case_id", models.BigIntegerField()),
                ("data", models.JSONField(verbose_name="source data")),
                ("template_version", models.PositiveSmallIntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("signed", "Signed, file being generated"),
                            ("failed", "File could not be generated"),
                            ("issued", "Issued"),
                        ],
                        default="signed",
                        max_length=50,
                        verbose_name="state",
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("error", models.CharField(blank=True, max_length=300, verbose_name="error")),
                (
                    "file",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letter",
                        to="files.storedfile",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="signed by",
                    ),
                ),
            ],
            options={
                "verbose_name": "letter",
                "verbose_name_plural": "letters",
                "ordering": ["-issue_date", "-pk"],
                "default_permissions": ("view",),
                "indexes": [models.Index(fields=["case_type", "case_id"], name="letter_case")],
                "constraints": [
                    models.UniqueConstraint(fields=("mark", "year", "number"), name="letter_number_once"),
                    models.UniqueConstraint(
                        fields=("kind", "case_type", "case_id"), name="letter_once_a_case"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "issued"), _negated=True),
                            ("file__isnull", False),
                            _connector="OR",
                        ),
                        name="letter_issued_has_file",
                    ),
                ],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, django_fsm.FSMModelMixin, models.Model),
        ),
        migrations.RunPython(put_on, take_off),
    ]
