"""Dates of evidence that cannot be are kept in a draft; what was saved before has its journal entry.

Backwards, the constraint comes back; documents with dates that cannot be have to be corrected before.
"""

from django.db import migrations, models
from django.db.models import F


def recorded_as_saved(apps, _editor):
    """Until now every version of an answer was saved with its entry."""
    apps.get_model("admission", "Answer").objects.update(recorded_version=F("version"))


class Migration(migrations.Migration):
    dependencies = [("admission", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="evidence", name="evidence_expires_after_issue"),
        migrations.AddField(
            model_name="answer",
            name="recorded_version",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.RunPython(recorded_as_saved, migrations.RunPython.noop),
    ]
