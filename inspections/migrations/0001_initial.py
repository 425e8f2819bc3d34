import django.db.models.deletion
import django_fsm
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("admission", "0001_initial"),
        ("banks", "0001_initial"),
        ("files", "0001_initial"),
        ("letters", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AssessmentScheme",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(unique=True, verbose_name="assessed year")),
                ("bands", models.JSONField(verbose_name="grades and lower bounds")),
            ],
            options={
                "verbose_name": "assessment scheme",
                "verbose_name_plural": "assessment schemes",
                "ordering": ["-year"],
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Determination",
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
                            ("criteria_not_met", "Admission criteria no longer met"),
                            ("serious_default", "Serious default on the agreement"),
                            ("serious_breach", "Serious breach with grave consequences"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("determination_date", models.DateField(verbose_name="date of determination")),
                ("facts", models.TextField(verbose_name="facts")),
                ("recorded_at", models.DateTimeField(verbose_name="recorded")),
                (
                    "bank",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="determinations",
                        to="banks.bank",
                        verbose_name="bank",
                    ),
                ),
                (
                    "criteria",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="admission.criterion", verbose_name="criteria"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="determined by",
                    ),
                ),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="determination",
                        to="files.storedfile",
                        verbose_name="document",
                    ),
                ),
                (
                    "qualification",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="determinations",
                        to="banks.qualification",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
            ],
            options={
                "verbose_name": "determination",
                "verbose_name_plural": "determinations",
                "ordering": ["-determination_date", "-pk"],
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="RectificationOrder",
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
                            ("determination", "Determination"),
                            ("assessment", "Two failing years in a row"),
                        ],
                        max_length=15,
                        verbose_name="ground",
                    ),
                ),
                (
                    "assessed_year",
                    models.PositiveSmallIntegerField(null=True, verbose_name="second failing year"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("awaiting_deadline", "Due date to be set"),
                            ("open", "Rectification due"),
                            ("reported", "Reported, awaiting the check"),
                            ("accepted", "Accepted"),
                            ("lapsed", "Lapsed"),
                            ("withdrawn", "Withdrawn"),
                            ("set_aside", "Set aside"),
                        ],
                        default="awaiting_deadline",
                        max_length=50,
                        verbose_name="state",
                    ),
                ),
                ("start_date", models.DateField(verbose_name="counted from")),
                (
                    "raw_due_date",
                    models.DateField(null=True, verbose_name="due date before moving off a rest day"),
                ),
                ("due_date", models.DateField(null=True, verbose_name="due date")),
                ("limit_day", models.DateField(null=True, verbose_name="latest due date")),
                ("period", models.JSONField(null=True, verbose_name="how the date was calculated")),
                ("provisional", models.BooleanField(default=False, verbose_name="provisional")),
                ("closed_on", models.DateField(null=True, verbose_name="closed on")),
                (
                    "bank",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rectification_orders",
                        to="banks.bank",
                        verbose_name="bank",
                    ),
                ),
                (
                    "determination",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="order",
                        to="inspections.determination",
                        verbose_name="determination",
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
                    "qualification",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rectification_orders",
                        to="banks.qualification",
                    ),
                ),
            ],
            options={
                "verbose_name": "rectification order",
                "verbose_name_plural": "rectification orders",
                "ordering": ["-start_date", "-pk"],
                "default_permissions": ("view",),
            },
            bases=(django_fsm.ConcurrentTransitionMixin, django_fsm.FSMModelMixin, models.Model),
        ),
        migrations.CreateModel(
            name="RectificationReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(verbose_name="report")),
                ("submitted_at", models.DateTimeField(verbose_name="submitted")),
                ("accepted", models.BooleanField(null=True, verbose_name="accepted")),
                ("checked_at", models.DateTimeField(null=True, verbose_name="checked")),
                ("remark", models.TextField(blank=True, verbose_name="remark")),
                (
                    "checked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "files",
                    models.ManyToManyField(
                        related_name="rectification_reports", to="files.storedfile", verbose_name="evidence"
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="inspections.rectificationorder",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "rectification report",
                "verbose_name_plural": "rectification reports",
                "ordering": ["-pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="assessed year")),
                ("score", models.DecimalField(decimal_places=2, max_digits=5, verbose_name="score")),
                ("grade", models.CharField(max_length=20, verbose_name="grade")),
                ("reason", models.TextField(blank=True, verbose_name="reasons")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("final", "Final")],
                        default="draft",
                        max_length=50,
                        verbose_name="state",
                    ),
                ),
                ("final_on", models.DateField(null=True, verbose_name="final on")),
                (
                    "bank",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to="banks.bank",
                        verbose_name="bank",
                    ),
                ),
                (
                    "finalised_by",
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
                        related_name="assessments",
                        to="banks.qualification",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "scheme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to="inspections.assessmentscheme",
                    ),
                ),
            ],
            options={
                "verbose_name": "annual assessment",
                "verbose_name_plural": "annual assessments",
                "ordering": ["-year", "bank"],
                "default_permissions": ("view",),
                "constraints": [
                    models.UniqueConstraint(fields=("qualification", "year"), name="assessment_one_a_year"),
                    models.CheckConstraint(
                        condition=models.Q(("score__gte", 0), ("score__lte", 100)),
                        name="assessment_score_in_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("finalised_by", models.F("recorded_by")), _negated=True),
                        name="assessment_final_by_another_person",
                    ),
                ],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, django_fsm.FSMModelMixin, models.Model),
        ),
        migrations.AddConstraint(
            model_name="determination",
            constraint=models.CheckConstraint(
                condition=models.Q(("decided_by", models.F("recorded_by")), _negated=True),
                name="determination_by_another_person",
            ),
        ),
        migrations.AddIndex(
            model_name="rectificationorder",
            index=models.Index(fields=["state", "due_date"], name="order_due"),
        ),
        migrations.AddConstraint(
            model_name="rectificationorder",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "withdrawn"), _negated=True),
                fields=("qualification", "assessed_year"),
                name="order_once_a_failing_year",
            ),
        ),
        migrations.AddConstraint(
            model_name="rectificationorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("determination__isnull", False),
                        ("ground", "determination"),
                        ("limit_day__isnull", False),
                    ),
                    models.Q(("assessed_year__isnull", False), ("ground", "assessment")),
                    _connector="OR",
                ),
                name="order_has_its_ground",
            ),
        ),
        migrations.AddConstraint(
            model_name="rectificationorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("due_date__isnull", True), ("due_date__gt", models.F("start_date")), _connector="OR"
                ),
                name="order_due_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="rectificationorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("limit_day__isnull", True), ("raw_due_date__lte", models.F("limit_day")), _connector="OR"
                ),
                name="order_within_limit",
            ),
        ),
        migrations.AddConstraint(
            model_name="rectificationorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["awaiting_deadline", "withdrawn"]),
                    ("due_date__isnull", False),
                    _connector="OR",
                ),
                name="order_has_deadline",
            ),
        ),
        migrations.AddConstraint(
            model_name="rectificationreport",
            constraint=models.CheckConstraint(
                condition=models.Q(("checked_by", models.F("submitted_by")), _negated=True),
                name="report_checked_by_another_person",
            ),
        ),
    ]
