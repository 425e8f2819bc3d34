from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="storedfile",
            name="scan",
            field=models.CharField(
                choices=[
                    ("not_scanned", "not scanned"),
                    ("being_checked", "being checked"),
                    ("clean", "clean"),
                    ("quarantined", "quarantined"),
                ],
                default="not_scanned",
                editable=False,
                max_length=16,
                verbose_name="virus scan",
            ),
        ),
        migrations.AddField(
            model_name="storedfile",
            name="scan_result",
            field=models.CharField(
                blank=True, editable=False, max_length=200, verbose_name="what the scanner said"
            ),
        ),
        migrations.AddField(
            model_name="storedfile",
            name="scanned_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="last asked of the scanner"),
        ),
        migrations.AddIndex(
            model_name="storedfile",
            index=models.Index(
                condition=models.Q(("scan", "being_checked")),
                fields=["scanned_at"],
                name="file_being_checked",
            ),
        ),
        migrations.AddConstraint(
            model_name="storedfile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("scan__in", ["not_scanned", "being_checked"]),
                    ("scanned_at__isnull", False),
                    _connector="OR",
                ),
                name="file_answered_when_scanned",
            ),
        ),
        migrations.AddConstraint(
            model_name="storedfile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("scan", "quarantined"), _negated=True),
                    models.Q(("scan_result", ""), _negated=True),
                    _connector="OR",
                ),
                name="file_quarantined_for_a_signature",
            ),
        ),
    ]
