import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="file name")),
                ("stored_name", models.CharField(editable=False, max_length=32, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("pdf", "PDF"),
                            ("ofd", "OFD"),
                            ("jpeg", "JPEG"),
                            ("png", "PNG"),
                            ("docx", "DOCX"),
                            ("xlsx", "XLSX"),
                        ],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                ("size", models.PositiveBigIntegerField(verbose_name="size in bytes")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("at", models.DateTimeField(verbose_name="received")),
                (
                    "scan",
                    models.CharField(
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
                (
                    "scan_result",
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="scan result"),
                ),
                (
                    "scanned_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="last scanned at"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "file",
                "verbose_name_plural": "files",
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        condition=models.Q(("scan", "being_checked")),
                        fields=["scanned_at"],
                        name="file_being_checked",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("scan__in", ["not_scanned", "being_checked"]),
                            ("scanned_at__isnull", False),
                            _connector="OR",
                        ),
                        name="file_answered_when_scanned",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("scan", "quarantined"), _negated=True),
                            models.Q(("scan_result", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="file_quarantined_for_a_signature",
                    ),
                ],
            },
        ),
    ]
