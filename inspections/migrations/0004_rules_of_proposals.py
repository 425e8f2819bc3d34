"""The database holds a determination to its rules: two persons, dated if and only if made, one proposal at a time."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("admission", "0004_supplement_changes"),
        ("banks", "0003_outlet_name_once"),
        ("files", "0002_chosen_files"),
        ("inspections", "0003_proposed_determinations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="determination",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                    models.Q(("confirmed_by", models.F("proposed_by")), _negated=True),
                    models.Q(("paper_signed_by", models.F("proposed_by")), _negated=True),
                ),
                name="determination_by_another_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="determination",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state", "made"),
                        ("decided_by__isnull", False),
                        ("determination_date__isnull", False),
                        ("made_at__isnull", False),
                    ),
                    models.Q(
                        models.Q(("state", "made"), _negated=True),
                        ("confirmed_by__isnull", True),
                        ("decided_by__isnull", True),
                        ("determination_date__isnull", True),
                        ("made_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="determination_made_is_dated",
            ),
        ),
        migrations.AddConstraint(
            model_name="determination",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("paper_date__isnull", False), ("paper_signed_by__isnull", False)),
                    models.Q(
                        ("confirmed_by__isnull", True),
                        ("paper_date__isnull", True),
                        ("paper_signed_by__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="determination_paper_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="determination",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "made"), _negated=True),
                    ("paper_date__isnull", True),
                    models.Q(
                        ("decided_by", models.F("paper_signed_by")),
                        ("determination_date", models.F("paper_date")),
                    ),
                    _connector="OR",
                ),
                name="determination_as_on_paper",
            ),
        ),
        migrations.AddConstraint(
            model_name="determination",
            constraint=models.CheckConstraint(
                condition=models.Q(("confirmed_by", models.F("decided_by")), _negated=True),
                name="determination_confirmed_by_another_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="determination",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["not_made", "withdrawn"]), _negated=True),
                    models.Q(("closed_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="determination_closed_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="determination",
            constraint=models.UniqueConstraint(
                condition=models.Q(("paper_date__isnull", True), ("state", "proposed")),
                fields=("qualification", "kind"),
                name="determination_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="determination",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "proposed")),
                fields=("qualification", "kind", "paper_date"),
                name="determination_one_open_a_paper",
            ),
        ),
    ]
