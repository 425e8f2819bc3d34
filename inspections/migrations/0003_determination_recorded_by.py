"""Who recorded a determination stands on its row; until now only the journal knew."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q


def take_from_journal(apps, _schema_editor):  # type: ignore[no-untyped-def]
    """Read it from the entry of the recording."""
    entries = apps.get_model("journal", "Entry").objects.filter(
        verb="record_determination", subject_type="inspections.determination"
    )
    known = dict(entries.values_list("subject_id", "actor_id"))
    for row in apps.get_model("inspections", "Determination").objects.all():
        row.recorded_by_id = known[row.pk]
        row.save(update_fields=["recorded_by"])


def person(**more):  # type: ignore[no-untyped-def]
    """The field, with or without null."""
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
        verbose_name="recorded by",
        **more,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0002_order_set_aside"),
        ("journal", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("determination", "recorded_by", person(null=True)),
        migrations.RunPython(take_from_journal, migrations.RunPython.noop),
        migrations.AlterField("determination", "recorded_by", person()),
        migrations.AddConstraint(
            "determination",
            models.CheckConstraint(
                condition=~Q(decided_by=F("recorded_by")), name="determination_by_another_person"
            ),
        ),
        migrations.AddConstraint(
            "rectificationreport",
            models.CheckConstraint(
                condition=~Q(checked_by=F("submitted_by")), name="report_checked_by_another_person"
            ),
        ),
    ]
