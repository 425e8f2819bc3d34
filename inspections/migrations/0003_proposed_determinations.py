"""A determination is proposed by one person and made by another; what was recorded so far is made.

Goes back only while nothing is proposed, declined or withdrawn: earlier versions have no place for that.
"""

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F

BATCH = 1000
PERSON = settings.AUTH_USER_MODEL


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let each row that was recorded be made at the moment of its recording."""
    rows = apps.get_model("inspections", "Determination").objects.using(schema_editor.connection.alias)
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        rows.filter(pk__in=keys[start : start + BATCH]).update(made_at=F("proposed_at"))


def refuse_proposals(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Stop before the way back if a row is not made."""
    rows = apps.get_model("inspections", "Determination").objects.using(schema_editor.connection.alias)
    if rows.exclude(state="made").exists():
        raise RuntimeError("determinations are proposed, declined or withdrawn: there is no way back")


def person(words: str, *, null: bool = False) -> models.ForeignKey:  # type: ignore[type-arg]
    """Return a field that names a person."""
    return models.ForeignKey(
        PERSON,
        null=null,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        verbose_name=words,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0002_people_of_results"),
        migrations.swappable_dependency(PERSON),
    ]
    operations = [
        migrations.RemoveConstraint("determination", "determination_by_another_person"),
        migrations.AlterModelOptions(
            "determination",
            options={
                "default_permissions": ("view",),
                "ordering": ["-pk"],
                "verbose_name": "determination",
                "verbose_name_plural": "determinations",
            },
        ),
        migrations.RenameField("determination", "recorded_at", "proposed_at"),
        migrations.RenameField("determination", "recorded_by", "proposed_by"),
        migrations.AlterField(
            "determination", "proposed_at", models.DateTimeField(verbose_name="proposed at")
        ),
        migrations.AlterField("determination", "proposed_by", person("proposed by")),
        migrations.AlterField("determination", "decided_by", person("determined by", null=True)),
        migrations.AlterField(
            "determination",
            "determination_date",
            models.DateField(null=True, verbose_name="date of determination"),
        ),
        migrations.AddField(
            "determination",
            "state",
            models.CharField(
                choices=[
                    ("proposed", "Proposed, to be decided"),
                    ("made", "Determined"),
                    ("not_made", "Declined"),
                    ("withdrawn", "Withdrawn"),
                ],
                default="made",
                max_length=50,
                verbose_name="state",
            ),
        ),
        migrations.AlterField(
            "determination",
            "state",
            models.CharField(
                choices=[
                    ("proposed", "Proposed, to be decided"),
                    ("made", "Determined"),
                    ("not_made", "Declined"),
                    ("withdrawn", "Withdrawn"),
                ],
                default="proposed",
                max_length=50,
                verbose_name="state",
            ),
        ),
        migrations.AddField(
            "determination",
            "paper_date",
            models.DateField(null=True, verbose_name="date of the signed document"),
        ),
        migrations.AddField("determination", "paper_signed_by", person("signed on paper by", null=True)),
        migrations.AddField("determination", "confirmed_by", person("confirmed by", null=True)),
        migrations.AddField(
            "determination",
            "made_at",
            models.DateTimeField(null=True, verbose_name="determined or confirmed at"),
        ),
        migrations.AddField(
            "determination",
            "closed_reason",
            models.TextField(blank=True, default="", verbose_name="why it was not determined"),
            preserve_default=False,
        ),
        migrations.RunPython(fill, refuse_proposals),
        migrations.CreateModel(
            name="DeterminationConflict",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField(verbose_name="reason")),
                ("at", models.DateTimeField(verbose_name="declared")),
                (
                    "determination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conflicts",
                        to="inspections.determination",
                    ),
                ),
                ("officer", person("officer")),
            ],
            options={
                "verbose_name": "conflict of interest",
                "verbose_name_plural": "conflicts of interest",
                "ordering": ["pk"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("determination", "officer"), name="determination_conflict_declared_once"
                    )
                ],
            },
        ),
        migrations.AddIndex(
            "determination",
            models.Index(fields=["state", "proposed_at"], name="determination_state"),
        ),
    ]
