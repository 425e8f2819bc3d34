"""The database holds an order after failing years to a run of at least two."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inspections", "0005_runs_of_failing_years")]

    operations = [
        migrations.AddConstraint(
            model_name="rectificationorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("determination__isnull", False),
                        ("ground", "determination"),
                        ("limit_day__isnull", False),
                    ),
                    models.Q(
                        ("assessed_year__isnull", False),
                        ("first_year__lt", models.F("assessed_year")),
                        ("ground", "assessment"),
                    ),
                    _connector="OR",
                ),
                name="order_has_its_ground",
            ),
        ),
    ]
