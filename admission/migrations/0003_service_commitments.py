"""Service commitments: a new table; nothing else changes. Backwards, the table is dropped with its rows."""

import django.db.models.deletion
from django.db import migrations, models

import zsbank.base.calendar.clock


class Migration(migrations.Migration):
    dependencies = [
        ("admission", "0002_evidence_dates"),
        ("files", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ServiceCommitment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("signatory", models.CharField(max_length=60, verbose_name="signed by")),
                ("signed_on", models.DateField(verbose_name="signed on")),
                (
                    "added_at",
                    models.DateTimeField(default=zsbank.base.calendar.clock.now, verbose_name="attached"),
                ),
                ("removed_at", models.DateTimeField(null=True, verbose_name="removed")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitments",
                        to="admission.application",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitments",
                        to="files.storedfile",
                        verbose_name="file",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="admission.servicecommitment",
                        verbose_name="replaces",
                    ),
                ),
            ],
            options={
                "verbose_name": "service commitment",
                "verbose_name_plural": "service commitments",
                "ordering": ["-pk"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at__isnull", True)),
                        fields=("application",),
                        name="commitment_one_standing",
                    )
                ],
            },
        ),
    ]
