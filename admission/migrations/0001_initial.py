"""Editions, applications, their review and decisions; the database holds a decision to its recommendation."""

from typing import Any

import django.db.models.deletion
import django_fsm
from django.conf import settings
from django.db import migrations, models

import zsbank.base.calendar.clock
from admission.decisions.triggers import install, remove


def put_on(apps: Any, schema_editor: Any) -> None:
    """The triggers."""
    install(schema_editor.connection)


def take_off(apps: Any, schema_editor: Any) -> None:
    """The way back."""
    remove(schema_editor.connection)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("banks", "0001_initial"),
        ("files", "0001_initial"),
        ("letters", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Criterion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=40, verbose_name="code")),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("qualification", "Qualification criteria"),
                            ("basic", "Basic criteria"),
                            ("service", "Service criteria"),
                        ],
                        max_length=20,
                        verbose_name="group",
                    ),
                ),
                ("official_text", models.TextField(verbose_name="official text")),
                ("title_zh", models.CharField(max_length=60, verbose_name="short title in Chinese")),
                ("title_en", models.CharField(max_length=120, verbose_name="short title in English")),
                ("guidance_zh", models.TextField(verbose_name="guidance in Chinese")),
                ("guidance_en", models.TextField(verbose_name="guidance in English")),
                (
                    "needed_for",
                    models.CharField(
                        choices=[
                            ("submission", "Submission"),
                            ("approval", "Approval"),
                            ("effect", "Qualification takes effect"),
                            ("issuing", "Issuing"),
                        ],
                        default="submission",
                        max_length=10,
                        verbose_name="needed for",
                    ),
                ),
                ("facts", models.JSONField(blank=True, default=list, verbose_name="facts")),
                ("evidence_needed", models.BooleanField(default=False, verbose_name="evidence required")),
                (
                    "evidence_zh",
                    models.CharField(blank=True, max_length=200, verbose_name="required evidence in Chinese"),
                ),
                (
                    "evidence_en",
                    models.CharField(blank=True, max_length=200, verbose_name="required evidence in English"),
                ),
                (
                    "undertaking_needed",
                    models.BooleanField(default=False, verbose_name="undertaking required"),
                ),
                ("undertaking_zh", models.TextField(blank=True, verbose_name="undertaking in Chinese")),
                ("undertaking_en", models.TextField(blank=True, verbose_name="undertaking in English")),
                ("checks", models.JSONField(blank=True, default=list, verbose_name="checks")),
                (
                    "consulted",
                    models.CharField(
                        blank=True,
                        choices=[("healthcare", "The medical insurance department")],
                        max_length=20,
                        verbose_name="consulted",
                    ),
                ),
                (
                    "provides",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("confidentiality_agreement", "The confidentiality agreement"),
                            ("technical_review", "The central bank's technical review"),
                        ],
                        max_length=30,
                        verbose_name="provides",
                    ),
                ),
            ],
            options={
                "verbose_name": "criterion",
                "verbose_name_plural": "criteria",
                "ordering": ["edition", "number"],
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Application",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("case_number", models.CharField(max_length=20, unique=True, verbose_name="case number")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("supplementing", "Supplement requested"),
                            ("under_review", "Under review"),
                            ("recommended", "Recommended"),
                            ("approved", "Approved"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=50,
                        verbose_name="state",
                    ),
                ),
                ("started_at", models.DateTimeField(verbose_name="started")),
                ("submitted_at", models.DateTimeField(null=True, verbose_name="submitted")),
                ("accept_by", models.DateField(null=True, verbose_name="accept by")),
                ("accept_period", models.JSONField(null=True)),
                ("accepted_on", models.DateField(null=True, verbose_name="accepted on")),
                ("decide_by", models.DateField(null=True, verbose_name="decide by")),
                ("decide_period", models.JSONField(null=True)),
                ("closed_on", models.DateField(null=True, verbose_name="closed on")),
                (
                    "bank",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="banks.bank",
                        verbose_name="bank",
                    ),
                ),
                (
                    "case_officer",
                    models.ForeignKey(
                        limit_choices_to={"is_staff": True},
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="case officer",
                    ),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "application",
                "verbose_name_plural": "applications",
                "ordering": ["-pk"],
                "default_permissions": ("view",),
            },
            bases=(django_fsm.ConcurrentTransitionMixin, django_fsm.FSMModelMixin, models.Model),
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="statement")),
                ("facts", models.JSONField(default=dict, verbose_name="facts")),
                ("signatory", models.CharField(blank=True, max_length=60, verbose_name="signed by")),
                ("signed_on", models.DateField(blank=True, null=True, verbose_name="signed on")),
                ("version", models.PositiveIntegerField(default=0)),
                ("saved_at", models.DateTimeField(verbose_name="saved")),
                (
                    "saved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="admission.application",
                    ),
                ),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="admission.criterion",
                    ),
                ),
            ],
            options={
                "verbose_name": "answer",
                "verbose_name_plural": "answers",
                "ordering": ["criterion__number"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[("approve", "Approve"), ("refuse", "Refuse")],
                        max_length=8,
                        verbose_name="outcome",
                    ),
                ),
                ("reason", models.TextField(verbose_name="reasons")),
                ("at", models.DateTimeField(verbose_name="decided at")),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decision",
                        to="admission.application",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "letter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="letters.letter",
                        verbose_name="letter",
                    ),
                ),
                (
                    "qualification",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decision",
                        to="banks.qualification",
                        verbose_name="qualification",
                    ),
                ),
                (
                    "recommended_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "decision",
                "verbose_name_plural": "decisions",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Agreement",
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
                            ("cooperation", "Cooperation agreement"),
                            ("confidentiality", "Confidentiality agreement"),
                        ],
                        max_length=16,
                        verbose_name="agreement",
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=60, verbose_name="number")),
                ("bank_signed_on", models.DateField(verbose_name="signed by the bank on")),
                ("bureau_signed_on", models.DateField(verbose_name="signed by the bureau on")),
                ("at", models.DateTimeField(verbose_name="recorded")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                        verbose_name="document",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements",
                        to="admission.decision",
                    ),
                ),
            ],
            options={
                "verbose_name": "agreement",
                "verbose_name_plural": "agreements",
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "added_at",
                    models.DateTimeField(default=zsbank.base.calendar.clock.now, verbose_name="attached"),
                ),
                ("issued_on", models.DateField(blank=True, null=True, verbose_name="date of issue")),
                ("expires_on", models.DateField(blank=True, null=True, verbose_name="date of expiry")),
                ("removed_at", models.DateTimeField(null=True, verbose_name="removed")),
                (
                    "answer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="admission.answer",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
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
                        to="admission.evidence",
                        verbose_name="replaces",
                    ),
                ),
            ],
            options={
                "verbose_name": "evidence",
                "verbose_name_plural": "evidence",
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Extension",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("days", models.PositiveSmallIntegerField(verbose_name="working days")),
                ("reason", models.TextField(verbose_name="reason")),
                ("before", models.DateField(verbose_name="previous decision due date")),
                ("at", models.DateTimeField(verbose_name="extended at")),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extension",
                        to="admission.application",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="extended by",
                    ),
                ),
            ],
            options={
                "verbose_name": "extension",
                "verbose_name_plural": "extensions",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        choices=[("met", "Met"), ("not_met", "Not met"), ("supplement", "Supplement needed")],
                        max_length=12,
                        verbose_name="finding",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("at", models.DateTimeField(verbose_name="finding recorded at")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="admission.application",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="finding recorded by",
                    ),
                ),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="admission.criterion",
                    ),
                ),
            ],
            options={
                "verbose_name": "finding",
                "verbose_name_plural": "findings",
                "ordering": ["criterion__number"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Presence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="admission.application",
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(verbose_name="note")),
                ("at", models.DateTimeField(verbose_name="written at")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="admission.application",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "criterion",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="admission.criterion",
                    ),
                ),
            ],
            options={
                "verbose_name": "internal note",
                "verbose_name_plural": "internal notes",
                "ordering": ["-pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Opinion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="asked at")),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[("agrees", "Agrees"), ("objects", "Objects")],
                        max_length=8,
                        verbose_name="opinion",
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="description")),
                ("given_on", models.DateField(null=True, verbose_name="date of the opinion")),
                ("given_at", models.DateTimeField(null=True, verbose_name="entered at")),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="withdrawn")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opinions",
                        to="admission.application",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked by",
                    ),
                ),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="admission.criterion",
                        verbose_name="criterion",
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
            ],
            options={
                "verbose_name": "opinion of the medical insurance department",
                "verbose_name_plural": "opinions of the medical insurance department",
                "ordering": ["-asked_at", "criterion__number"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PolicyEdition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=40, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("valid_from", models.DateField(null=True, verbose_name="valid from")),
                ("published_at", models.DateTimeField(null=True, verbose_name="published")),
                (
                    "acceptance_days",
                    models.PositiveSmallIntegerField(default=5, verbose_name="working days for acceptance"),
                ),
                (
                    "decision_days",
                    models.PositiveSmallIntegerField(
                        default=20, verbose_name="working days for the decision"
                    ),
                ),
                (
                    "statement_days",
                    models.PositiveSmallIntegerField(
                        default=5, verbose_name="working days for the bank's statement"
                    ),
                ),
                (
                    "supplement_days",
                    models.PositiveSmallIntegerField(
                        default=10, verbose_name="working days for the supplement"
                    ),
                ),
                (
                    "extension_days",
                    models.PositiveSmallIntegerField(default=10, verbose_name="working days of an extension"),
                ),
                (
                    "rectification_months",
                    models.PositiveSmallIntegerField(default=6, verbose_name="months for rectification"),
                ),
                (
                    "bar_years",
                    models.PositiveSmallIntegerField(
                        default=5, verbose_name="years of the reapplication bar"
                    ),
                ),
                (
                    "roll_due_dates",
                    models.BooleanField(
                        default=True, verbose_name="due dates on rest days move to the next working day"
                    ),
                ),
                (
                    "roll_bar",
                    models.BooleanField(
                        default=False,
                        verbose_name="end of the bar on a rest day moves to the next working day",
                    ),
                ),
                (
                    "drafted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="drafted by",
                    ),
                ),
            ],
            options={
                "verbose_name": "policy edition",
                "verbose_name_plural": "policy editions",
                "ordering": ["-valid_from", "-pk"],
                "default_permissions": ("view",),
            },
        ),
        migrations.AddField(
            model_name="criterion",
            name="edition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="criteria",
                to="admission.policyedition",
                verbose_name="edition",
            ),
        ),
        migrations.AddField(
            model_name="application",
            name="edition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="admission.policyedition",
                verbose_name="policy edition",
            ),
        ),
        migrations.CreateModel(
            name="Recommendation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[("approve", "Approve"), ("refuse", "Refuse")],
                        max_length=8,
                        verbose_name="recommended",
                    ),
                ),
                ("reason", models.TextField(verbose_name="reasons")),
                ("basis", models.JSONField(default=dict, verbose_name="basis")),
                ("at", models.DateTimeField(verbose_name="recommended at")),
                ("sent_back_at", models.DateTimeField(null=True, verbose_name="sent back at")),
                ("sent_back_reason", models.TextField(blank=True, verbose_name="reason for sending back")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recommendations",
                        to="admission.application",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recommended by",
                    ),
                ),
            ],
            options={
                "verbose_name": "recommendation",
                "verbose_name_plural": "recommendations",
                "ordering": ["-pk"],
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="decision",
            name="recommendation",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decision",
                to="admission.recommendation",
            ),
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="missing information")),
                ("at", models.DateTimeField(verbose_name="remarked")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="remarks",
                        to="admission.application",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="remarked by",
                    ),
                ),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="admission.criterion",
                    ),
                ),
            ],
            options={
                "verbose_name": "remark",
                "verbose_name_plural": "remarks",
                "ordering": ["criterion__number"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="SiteVisit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("visited_on", models.DateField(verbose_name="visited on")),
                ("place", models.CharField(max_length=200, verbose_name="place")),
                ("report", models.TextField(verbose_name="report")),
                ("at", models.DateTimeField(verbose_name="recorded")),
                (
                    "accompanied_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="accompanied by",
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="site_visits",
                        to="admission.application",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "criteria",
                    models.ManyToManyField(
                        related_name="+", to="admission.criterion", verbose_name="criteria"
                    ),
                ),
                (
                    "files",
                    models.ManyToManyField(
                        related_name="+", to="files.storedfile", verbose_name="photos and documents"
                    ),
                ),
                (
                    "led_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="led by",
                    ),
                ),
            ],
            options={
                "verbose_name": "site visit",
                "verbose_name_plural": "site visits",
                "ordering": ["-visited_on", "-pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="SupplementRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[("acceptance", "Before acceptance"), ("review", "During the review")],
                        max_length=12,
                        verbose_name="stage",
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="asked at")),
                ("due_date", models.DateField(verbose_name="supplement due date")),
                ("due_period", models.JSONField(verbose_name="how the date was calculated")),
                ("submitted_at", models.DateTimeField(null=True, verbose_name="submitted")),
                ("closed_on", models.DateField(null=True, verbose_name="closed on")),
                (
                    "suspended_days",
                    models.PositiveSmallIntegerField(
                        null=True, verbose_name="working days the time limit was suspended"
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supplement_requests",
                        to="admission.application",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked by",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
            ],
            options={
                "verbose_name": "supplement request",
                "verbose_name_plural": "supplement requests",
                "ordering": ["-pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="SupplementItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("remark", models.TextField(verbose_name="missing information")),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="admission.criterion",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="admission.supplementrequest",
                    ),
                ),
            ],
            options={
                "verbose_name": "item to supplement",
                "verbose_name_plural": "items to supplement",
                "ordering": ["criterion__number"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Conflict",
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
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conflicts",
                        to="admission.application",
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="officer",
                    ),
                ),
            ],
            options={
                "verbose_name": "conflict of interest",
                "verbose_name_plural": "conflicts of interest",
                "ordering": ["pk"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("application", "officer"), name="conflict_declared_once")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.UniqueConstraint(
                fields=("application", "criterion"), name="answer_one_a_criterion"
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.UniqueConstraint(fields=("decision", "kind"), name="agreement_once_a_kind"),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("expires_on__isnull", True),
                    ("issued_on__isnull", True),
                    ("expires_on__gte", models.F("issued_on")),
                    _connector="OR",
                ),
                name="evidence_expires_after_issue",
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.UniqueConstraint(
                fields=("application", "criterion"), name="finding_one_a_criterion"
            ),
        ),
        migrations.AddConstraint(
            model_name="presence",
            constraint=models.UniqueConstraint(fields=("application", "officer"), name="presence_once"),
        ),
        migrations.AddConstraint(
            model_name="opinion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at__isnull", True)),
                fields=("application", "criterion"),
                name="opinion_asked_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="opinion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("given_at__isnull", True),
                    models.Q(models.Q(("result", ""), _negated=True), ("given_on__isnull", False)),
                    _connector="OR",
                ),
                name="opinion_given_is_dated",
            ),
        ),
        migrations.AddConstraint(
            model_name="policyedition",
            constraint=models.UniqueConstraint(fields=("valid_from",), name="edition_one_a_day"),
        ),
        migrations.AddConstraint(
            model_name="policyedition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("published_at__isnull", True), ("valid_from__isnull", False), _connector="OR"
                ),
                name="edition_published_is_dated",
            ),
        ),
        migrations.AddConstraint(
            model_name="criterion",
            constraint=models.UniqueConstraint(fields=("edition", "number"), name="criterion_number_once"),
        ),
        migrations.AddConstraint(
            model_name="criterion",
            constraint=models.UniqueConstraint(fields=("edition", "slug"), name="criterion_slug_once"),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("state__in", ["draft", "recommended", "submitted", "supplementing", "under_review"])
                ),
                fields=("bank",),
                name="application_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["approved", "refused", "withdrawn"]), _negated=True),
                    ("closed_on__isnull", False),
                    _connector="OR",
                ),
                name="application_final_is_dated",
            ),
        ),
        migrations.AddConstraint(
            model_name="recommendation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("sent_back_at__isnull", True)),
                fields=("application",),
                name="recommendation_one_current",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("by", models.F("recommended_by")), _negated=True),
                name="decision_by_another_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome", "approve"), ("qualification__isnull", True), _connector="OR"),
                name="decision_only_approval_qualifies",
            ),
        ),
        migrations.AddConstraint(
            model_name="remark",
            constraint=models.UniqueConstraint(
                fields=("application", "criterion"), name="remark_one_a_criterion"
            ),
        ),
        migrations.AddConstraint(
            model_name="sitevisit",
            constraint=models.CheckConstraint(
                condition=models.Q(("led_by", models.F("accompanied_by")), _negated=True),
                name="site_visit_two_officers",
            ),
        ),
        migrations.AddConstraint(
            model_name="supplementrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_on__isnull", True)),
                fields=("application",),
                name="supplement_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="supplementrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stage", "acceptance")),
                fields=("application",),
                name="supplement_once_before_acceptance",
            ),
        ),
        migrations.AddConstraint(
            model_name="supplementitem",
            constraint=models.UniqueConstraint(fields=("request", "criterion"), name="supplement_item_once"),
        ),
        migrations.RunPython(put_on, take_off),
    ]
