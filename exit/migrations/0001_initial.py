import django.db.models.deletion
import django_fsm
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("banks", "0001_initial"),
        ("files", "0001_initial"),
        ("inspections", "0001_initial"),
        ("letters", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ExitCase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "ground",
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
                ("case_number", models.CharField(max_length=20, unique=True, verbose_name="case number")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("opened", "Opened"),
                            ("proposed", "Proposed for signature"),
                            ("signed", "Signed"),
                            ("withdrawn", "Withdrawn by the bank"),
                            ("closed", "Closed without exit"),
                        ],
                        default="opened",
                        max_length=50,
                        verbose_name="state",
                    ),
                ),
                ("statement", models.TextField(verbose_name="facts or statement")),
                ("opened_at", models.DateTimeField(verbose_name="opened")),
                ("draft", models.JSONField(null=True, verbose_name="drafted letter")),
                ("proposed_at", models.DateTimeField(null=True, verbose_name="proposed")),
                ("signed_at", models.DateTimeField(null=True, verbose_name="signed")),
                ("closed_reason", models.TextField(blank=True, verbose_name="reason for closing")),
                (
                    "bank",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exit_cases",
                        to="banks.bank",
                        verbose_name="bank",
                    ),
                ),
                (
                    "determination",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exit_case",
                        to="inspections.determination",
                    ),
                ),
                (
                    "document",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exit_case",
                        to="files.storedfile",
                        verbose_name="written application",
                    ),
                ),
                (
                    "letter",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="letters.letter",
                        verbose_name="letter",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "order",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exit_case",
                        to="inspections.rectificationorder",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "qualification",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exit_cases",
                        to="banks.qualification",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "exit case",
                "verbose_name_plural": "exit cases",
                "ordering": ["-pk"],
                "default_permissions": ("view",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["opened", "proposed"])),
                        fields=("qualification",),
                        name="exit_one_open_case",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "signed")),
                        fields=("qualification",),
                        name="exit_once_a_qualification",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("signed_by", models.F("proposed_by")), _negated=True),
                        name="exit_signed_by_another_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "signed"), _negated=True),
                            models.Q(
                                ("letter__isnull", False),
                                ("proposed_by__isnull", False),
                                ("signed_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="exit_signed_has_letter",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ground", "voluntary"), _negated=True),
                            ("document__isnull", False),
                            _connector="OR",
                        ),
                        name="exit_own_wish_in_writing",
                    ),
                ],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, django_fsm.FSMModelMixin, models.Model),
        ),
    ]
