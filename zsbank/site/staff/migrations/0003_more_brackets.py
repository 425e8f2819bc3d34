"""The indexes of names once more: brackets of further kinds are the same."""

from importlib import import_module

from django.db import migrations

fold = import_module("zsbank.site.staff.migrations.0002_folded_names").fold


class Migration(migrations.Migration):
    dependencies = [("staff", "0002_folded_names")]
    operations = [migrations.RunPython(fold, migrations.RunPython.noop)]
