"""An order after failing years names the whole run; so far it was two years, the last of which was kept."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F

BATCH = 1000


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write the year before the last one into each order after failing years."""
    rows = apps.get_model("inspections", "RectificationOrder").objects.using(schema_editor.connection.alias)
    keys = list(rows.filter(ground="assessment").order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        rows.filter(pk__in=keys[start : start + BATCH]).update(first_year=F("assessed_year") - 1)


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0004_rules_of_proposals"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="rectificationorder",
            name="order_has_its_ground",
        ),
        migrations.AddField(
            model_name="rectificationorder",
            name="first_year",
            field=models.PositiveSmallIntegerField(null=True, verbose_name="first failing year"),
        ),
        migrations.AlterField(
            model_name="rectificationorder",
            name="assessed_year",
            field=models.PositiveSmallIntegerField(null=True, verbose_name="last failing year"),
        ),
        migrations.AlterField(
            model_name="rectificationorder",
            name="state",
            field=models.CharField(
                choices=[
                    ("awaiting_deadline", "Due date to be set"),
                    ("open", "Rectification due"),
                    ("reported", "Reported, awaiting the check"),
                    ("accepted", "Accepted"),
                    ("lapsed", "Lapsed"),
                    ("withdrawn", "Withdrawn"),
                    ("set_aside", "Set aside"),
                    ("ended", "Ended with the exit"),
                ],
                default="awaiting_deadline",
                max_length=50,
                verbose_name="state",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
