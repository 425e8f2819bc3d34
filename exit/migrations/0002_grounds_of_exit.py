"""The grounds of an exit case are rows of their own, because several can join one case."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("banks", "0006_notices_of_a_case"),
        ("exit", "0001_initial"),
        ("files", "0002_chosen_files"),
        ("inspections", "0006_runs_are_whole"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Ground",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("voluntary", "At the bank's request"),
                            ("serious_breach", "Serious breach"),
                            ("rectification_failed", "Rectification not completed in time"),
                            ("assessment_failed", "Two failing years, not rectified in time"),
                        ],
                        max_length=20,
                        verbose_name="ground",
                    ),
                ),
                ("statement", models.TextField(verbose_name="facts or statement")),
                ("joined_at", models.DateTimeField(verbose_name="joined")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="ended")),
                (
                    "ended_why",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("withdrawn", "The bank withdrew its application."),
                            ("years", "A result was changed on review: no two years in a row fail any more."),
                            ("determination", "The bureau's determination no longer stands."),
                            ("order", "The rectification order does not count as lapsed any more."),
                        ],
                        max_length=15,
                        verbose_name="why it ended",
                    ),
                ),
            ],
            options={
                "verbose_name": "ground of exit",
                "verbose_name_plural": "grounds of exit",
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="ground",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="grounds",
                to="exit.exitcase",
                verbose_name="exit case",
            ),
        ),
        migrations.AddField(
            model_name="ground",
            name="determination",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="exit_ground",
                to="inspections.determination",
                verbose_name="determination",
            ),
        ),
        migrations.AddField(
            model_name="ground",
            name="document",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="exit_ground",
                to="files.storedfile",
                verbose_name="written application",
            ),
        ),
        migrations.AddField(
            model_name="ground",
            name="joined_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="entered by",
            ),
        ),
        migrations.AddField(
            model_name="ground",
            name="notice",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="banks.priornotice",
                verbose_name="prior notice",
            ),
        ),
        migrations.AddField(
            model_name="ground",
            name="order",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="exit_ground",
                to="inspections.rectificationorder",
                verbose_name="rectification order",
            ),
        ),
        migrations.AddConstraint(
            model_name="ground",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True), ("kind", "voluntary")),
                fields=("case",),
                name="ground_one_own_wish",
            ),
        ),
        migrations.AddConstraint(
            model_name="ground",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("document__isnull", False),
                    models.Q(("determination__isnull", False), ("kind", "serious_breach")),
                    models.Q(
                        ("kind__in", ["rectification_failed", "assessment_failed"]), ("order__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="ground_has_its_source",
            ),
        ),
        migrations.AddConstraint(
            model_name="ground",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_at__isnull", True), models.Q(("ended_why", ""), _negated=True), _connector="OR"
                ),
                name="ground_ended_with_reason",
            ),
        ),
    ]
