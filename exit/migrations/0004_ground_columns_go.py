"""The columns that held the only ground of a case go.

The way back stops if a case has several grounds by then: the earlier version has no place for them.
"""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Count

COLUMNS = ("statement", "document_id", "determination_id", "order_id")


def refuse_several(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Stop before the way back if a case has several grounds."""
    cases = apps.get_model("exit", "ExitCase").objects.using(schema_editor.connection.alias)
    if cases.annotate(number=Count("grounds")).filter(number__gt=1).exists():
        raise RuntimeError("an exit case has several grounds: there is no way back")


def write_back(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write the ground of each case into its columns."""
    alias = schema_editor.connection.alias
    cases = apps.get_model("exit", "ExitCase").objects.using(alias)
    for ground in apps.get_model("exit", "Ground").objects.using(alias).order_by("pk").iterator():
        values = {name: getattr(ground, name) for name in COLUMNS}
        cases.filter(pk=ground.case_id).update(ground=ground.kind, **values)


class Migration(migrations.Migration):
    dependencies = [("exit", "0003_fill_grounds")]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, write_back),
        migrations.AlterField("exitcase", "ground", models.CharField(max_length=20, default="")),
        migrations.AlterField("exitcase", "statement", models.TextField(default="")),
        migrations.RemoveConstraint(
            model_name="exitcase",
            name="exit_own_wish_in_writing",
        ),
        migrations.RemoveField(
            model_name="exitcase",
            name="determination",
        ),
        migrations.RemoveField(
            model_name="exitcase",
            name="document",
        ),
        migrations.RemoveField(
            model_name="exitcase",
            name="ground",
        ),
        migrations.RemoveField(
            model_name="exitcase",
            name="order",
        ),
        migrations.RemoveField(
            model_name="exitcase",
            name="statement",
        ),
        migrations.RunPython(migrations.RunPython.noop, refuse_several),
    ]
