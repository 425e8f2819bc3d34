"""Schemes are drafted by one person and published by another; those there are stay in force, without persons."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone


def publish(apps: Any, schema_editor: Any) -> None:
    """Say of the schemes there are, by which results are graded, that they are published."""
    apps.get_model("inspections", "AssessmentScheme").objects.update(published_at=timezone.now())


def keep_those_in_force(apps: Any, schema_editor: Any) -> None:
    """Drop what grades no result: drafts, withdrawn and replaced versions. Earlier versions know one scheme a year."""
    schemes = apps.get_model("inspections", "AssessmentScheme").objects
    schemes.exclude(published_at__isnull=False, replaced_at=None).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0006_runs_are_whole"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="assessmentscheme",
            options={
                "default_permissions": ("view",),
                "ordering": ["-year", "-pk"],
                "verbose_name": "assessment scheme",
                "verbose_name_plural": "assessment schemes",
            },
        ),
        migrations.AddField(
            model_name="assessmentscheme",
            name="drafted_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="drafted by",
            ),
        ),
        migrations.AddField(
            model_name="assessmentscheme",
            name="published_at",
            field=models.DateTimeField(null=True, verbose_name="published at"),
        ),
        migrations.AddField(
            model_name="assessmentscheme",
            name="published_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="published by",
            ),
        ),
        migrations.AddField(
            model_name="assessmentscheme",
            name="replaced_at",
            field=models.DateTimeField(null=True, verbose_name="replaced at"),
        ),
        migrations.AddField(
            model_name="assessmentscheme",
            name="withdrawn_at",
            field=models.DateTimeField(null=True, verbose_name="withdrawn at"),
        ),
        migrations.AlterField(
            model_name="assessmentscheme",
            name="year",
            field=models.PositiveSmallIntegerField(verbose_name="assessed year"),
        ),
        migrations.RunPython(publish, keep_those_in_force),
        migrations.AddConstraint(
            model_name="assessmentscheme",
            constraint=models.UniqueConstraint(
                condition=models.Q(("published_at__isnull", False), ("replaced_at__isnull", True)),
                fields=("year",),
                name="scheme_one_in_force",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessmentscheme",
            constraint=models.UniqueConstraint(
                condition=models.Q(("published_at__isnull", True), ("withdrawn_at__isnull", True)),
                fields=("year",),
                name="scheme_one_draft",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessmentscheme",
            constraint=models.CheckConstraint(
                condition=models.Q(("published_by", models.F("drafted_by")), _negated=True),
                name="scheme_published_by_another_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessmentscheme",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("drafted_by__isnull", True),
                    models.Q(("published_at__isnull", True), ("published_by__isnull", True)),
                    models.Q(("published_at__isnull", False), ("published_by__isnull", False)),
                    _connector="OR",
                ),
                name="scheme_has_its_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessmentscheme",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("published_at__isnull", True), ("replaced_at__isnull", True)),
                    models.Q(("published_at__isnull", False), ("withdrawn_at__isnull", True)),
                    _connector="OR",
                ),
                name="scheme_published_or_withdrawn",
            ),
        ),
    ]
