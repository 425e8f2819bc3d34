import django.db.models.deletion
import django.db.models.functions.text
import django_fsm
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("files", "0001_initial"),
        ("letters", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Bank",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "uscc",
                    models.CharField(max_length=18, unique=True, verbose_name="unified social credit code"),
                ),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("state_owned", "State-owned commercial bank"),
                            ("postal_savings", "Postal Savings Bank"),
                            ("joint_stock", "Joint-stock commercial bank"),
                            ("city", "City commercial bank"),
                            ("rural", "Rural commercial bank"),
                            ("private", "Private bank"),
                            ("village", "Village bank"),
                            ("direct", "Direct bank"),
                            ("foreign_funded", "Foreign-funded bank"),
                            ("policy", "Policy bank"),
                            ("credit_cooperative", "Credit co-operative"),
                        ],
                        max_length=20,
                        verbose_name="category",
                    ),
                ),
                (
                    "license_institution_code",
                    models.CharField(
                        blank=True, max_length=15, verbose_name="institution code of the financial licence"
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="address")),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("applicant", "Applicant"),
                            ("qualified", "Qualified"),
                            ("under_rectification", "Under rectification"),
                            ("exited", "Exited"),
                            ("locked_out", "Barred from applying"),
                        ],
                        default="applicant",
                        max_length=50,
                        verbose_name="standing",
                    ),
                ),
                (
                    "bar_last_day",
                    models.DateField(blank=True, null=True, verbose_name="last day of the reapplication bar"),
                ),
                (
                    "may_apply_from",
                    models.DateField(
                        blank=True, null=True, verbose_name="first day the bank may apply again"
                    ),
                ),
                (
                    "bar_period",
                    models.JSONField(
                        blank=True, null=True, verbose_name="how the reapplication bar was calculated"
                    ),
                ),
                (
                    "second_factor_required",
                    models.BooleanField(
                        default=False, verbose_name="requires a second factor for its members"
                    ),
                ),
            ],
            options={
                "verbose_name": "bank",
                "verbose_name_plural": "banks",
                "ordering": ["name", "pk"],
                "default_permissions": ("view",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("standing__in", ["exited", "locked_out"]), _negated=True),
                            ("may_apply_from__isnull", False),
                            _connector="OR",
                        ),
                        name="bank_bar_has_last_day",
                    )
                ],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, django_fsm.FSMModelMixin, models.Model),
        ),
        migrations.CreateModel(
            name="CardVendor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "uscc",
                    models.CharField(max_length=18, unique=True, verbose_name="unified social credit code"),
                ),
                ("tender_number", models.CharField(max_length=60, verbose_name="tender number")),
                ("tender_from", models.DateField(verbose_name="tendered from")),
                ("tender_until", models.DateField(verbose_name="tendered until")),
            ],
            options={
                "verbose_name": "card vendor",
                "verbose_name_plural": "card vendors",
                "ordering": ["name", "pk"],
                "default_permissions": ("view",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("tender_until__gte", models.F("tender_from"))),
                        name="vendor_term_in_order",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseCounter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("prefix", models.CharField(max_length=4)),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField(default=0)),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("prefix", "year"), name="case_counter_once_a_year")
                ],
            },
        ),
        migrations.CreateModel(
            name="OutletImport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="read at")),
                ("name", models.CharField(max_length=200, verbose_name="file name")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("rows", models.JSONField(verbose_name="rows")),
                ("done_at", models.DateTimeField(null=True, verbose_name="saved")),
                (
                    "bank",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="banks.bank",
                        verbose_name="bank",
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
            ],
            options={
                "verbose_name": "outlet import",
                "verbose_name_plural": "outlet imports",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                (
                    "role",
                    models.CharField(
                        choices=[("bank_administrator", "Bank administrator"), ("bank_clerk", "Bank clerk")],
                        max_length=30,
                        verbose_name="role",
                    ),
                ),
                ("token_sha256", models.CharField(editable=False, max_length=64, unique=True)),
                ("invited_at", models.DateTimeField(verbose_name="invited")),
                ("expires_at", models.DateTimeField(verbose_name="expires at")),
                ("accepted_at", models.DateTimeField(null=True, verbose_name="accepted")),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="withdrawn")),
                (
                    "accepted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="accepted by",
                    ),
                ),
                (
                    "bank",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="banks.bank",
                        verbose_name="bank",
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="invited by",
                    ),
                ),
            ],
            options={
                "verbose_name": "invitation",
                "verbose_name_plural": "invitations",
                "ordering": ["bank", "pk"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        models.F("bank"),
                        django.db.models.functions.text.Lower("email"),
                        condition=models.Q(("accepted_at__isnull", True), ("withdrawn_at__isnull", True)),
                        name="invitation_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepted_at__isnull", True), ("accepted_by__isnull", True)),
                            models.Q(("accepted_at__isnull", False), ("accepted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="invitation_accepted_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("accepted_at__isnull", True), ("withdrawn_at__isnull", True), _connector="OR"
                        ),
                        name="invitation_accepted_or_withdrawn",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("invited_at"))),
                        name="invitation_runs_out_later",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[("bank_administrator", "Bank administrator"), ("bank_clerk", "Bank clerk")],
                        max_length=30,
                        verbose_name="role",
                    ),
                ),
                ("since", models.DateField(verbose_name="member since")),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="left on")),
                (
                    "bank",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="banks.bank",
                        verbose_name="bank",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "member",
                "verbose_name_plural": "members",
                "ordering": ["bank", "pk"],
                "default_permissions": ("view",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("left_on__isnull", True)),
                        fields=("bank", "user"),
                        name="member_once_a_bank",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Outlet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("town", models.CharField(max_length=20, verbose_name="town")),
                ("address", models.CharField(max_length=200, verbose_name="address")),
                (
                    "uscc",
                    models.CharField(blank=True, max_length=18, verbose_name="unified social credit code"),
                ),
                (
                    "license_institution_code",
                    models.CharField(
                        blank=True, max_length=15, verbose_name="institution code of the financial licence"
                    ),
                ),
                (
                    "open_for_card_business",
                    models.BooleanField(default=True, verbose_name="open for card business"),
                ),
                (
                    "windows",
                    models.PositiveSmallIntegerField(default=0, verbose_name="windows for card business"),
                ),
                ("trained_staff", models.PositiveSmallIntegerField(default=0, verbose_name="trained staff")),
                (
                    "opening_hours",
                    models.CharField(blank=True, max_length=120, verbose_name="announced hours"),
                ),
                ("services", models.JSONField(default=list, verbose_name="services offered")),
                (
                    "bank",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outlets",
                        to="banks.bank",
                        verbose_name="bank",
                    ),
                ),
            ],
            options={
                "verbose_name": "outlet",
                "verbose_name_plural": "outlets",
                "ordering": ["bank", "name", "pk"],
                "default_permissions": ("view",),
                "constraints": [
                    models.UniqueConstraint(fields=("bank", "name"), name="outlet_name_once_a_bank")
                ],
            },
        ),
        migrations.CreateModel(
            name="PriorNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("case_type", models.CharField(max_length=60)),
                ("case_id", models.BigIntegerField()),
                ("told_on", models.DateField(verbose_name="notified on")),
                ("due_date", models.DateField(verbose_name="statement due date")),
                ("due_period", models.JSONField(verbose_name="how the date was calculated")),
                ("statement", models.TextField(blank=True, verbose_name="bank's statement")),
                ("stated_at", models.DateTimeField(null=True, verbose_name="stated")),
                ("answer", models.TextField(blank=True, verbose_name="answer")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="answered")),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="answered by",
                    ),
                ),
                (
                    "bank",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="prior_notices",
                        to="banks.bank",
                        verbose_name="bank",
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
                    "stated_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="stated by",
                    ),
                ),
            ],
            options={
                "verbose_name": "prior notice",
                "verbose_name_plural": "prior notices",
                "ordering": ["-pk"],
                "default_permissions": ("view",),
                "constraints": [
                    models.UniqueConstraint(fields=("case_type", "case_id"), name="prior_notice_once_a_case"),
                    models.CheckConstraint(
                        condition=models.Q(("answered_by", models.F("stated_by")), _negated=True),
                        name="statement_answered_by_another_person",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Qualification",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("effective_from", models.DateField(verbose_name="in effect from")),
                ("cancelled_on", models.DateField(blank=True, null=True, verbose_name="cancelled on")),
                (
                    "issuing_from",
                    models.DateField(
                        blank=True,
                        help_text="Empty until the central bank's technical review has been received.",
                        null=True,
                        verbose_name="may issue from",
                    ),
                ),
                (
                    "takeover_note",
                    models.TextField(
                        blank=True,
                        help_text="Basis of a qualification that is older than this register.",
                        verbose_name="takeover basis",
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="letters.letter",
                        verbose_name="letter of the decision",
                    ),
                ),
                (
                    "review_approval_number",
                    models.CharField(
                        blank=True, max_length=60, verbose_name="central bank's approval number"
                    ),
                ),
                (
                    "review_approval_date",
                    models.DateField(
                        blank=True, null=True, verbose_name="date of the central bank's approval"
                    ),
                ),
                (
                    "bank",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="qualifications",
                        to="banks.bank",
                        verbose_name="bank",
                    ),
                ),
                (
                    "review_file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                        verbose_name="the central bank's approval",
                    ),
                ),
            ],
            options={
                "verbose_name": "issuing qualification",
                "verbose_name_plural": "issuing qualifications",
                "ordering": ["-effective_from", "-pk"],
                "default_permissions": ("view",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("cancelled_on__isnull", True)),
                        fields=("bank",),
                        name="qualification_one_in_force",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cancelled_on__isnull", True),
                            ("cancelled_on__gte", models.F("effective_from")),
                            _connector="OR",
                        ),
                        name="qualification_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("letter__isnull", False),
                            models.Q(("takeover_note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="qualification_rests_on_something",
                    ),
                ],
            },
        ),
    ]
