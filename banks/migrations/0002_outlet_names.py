"""Outlets are known and sorted by what their names mean; imports keep the cells that they were read from."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from banks.outlets.names import KEY_LENGTH, name_key, name_order, search_text

BATCH = 500
COMPUTED = ["name_key", "name_order", "search_text"]
SEARCHED = ("name", "town", "address", "uscc", "license_institution_code")


def fill_names(apps: Apps, _schema: BaseDatabaseSchemaEditor) -> None:
    """Compute key and order of every name.

    Two spellings of one name at one bank both stay: the later one gets a key that no name has, until a person saves
    it and is told of the other.
    """
    outlets = apps.get_model("banks", "Outlet")
    taken: set[tuple[int, str]] = set()
    batch = []
    for outlet in outlets.objects.order_by("bank_id", "pk").iterator(BATCH):
        key = name_key(outlet.name)
        if (outlet.bank_id, key) in taken:
            mark = f" {outlet.pk}"
            key = key[: KEY_LENGTH - len(mark)] + mark
        taken.add((outlet.bank_id, key))
        outlet.name_key, outlet.name_order = key, name_order(outlet.name)
        outlet.search_text = search_text(getattr(outlet, name) for name in SEARCHED)
        batch.append(outlet)
        if len(batch) == BATCH:
            outlets.objects.bulk_update(batch, COMPUTED)
            batch = []
    outlets.objects.bulk_update(batch, COMPUTED)


def leave_blanks(apps: Apps, _schema: BaseDatabaseSchemaEditor) -> None:
    """What was read and not saved yet: a blank cell no longer clears what is stored, so it is left out."""
    imports = apps.get_model("banks", "OutletImport")
    for read in imports.objects.filter(done_at=None).iterator(BATCH):
        for row in read.rows:
            row["data"] = {name: value for name, value in row["data"].items() if value not in ("", [])}
        read.save(update_fields=["rows"])


class Migration(migrations.Migration):
    """Adds columns and fills them; the constraint follows in the next migration."""

    dependencies = [("banks", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="KnownColumn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("field", models.CharField(blank=True, max_length=40, verbose_name="field")),
                (
                    "bank",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="banks.bank",
                        verbose_name="bank",
                    ),
                ),
            ],
            options={
                "verbose_name": "known column",
                "verbose_name_plural": "known columns",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("bank", "title"), name="column_title_once_a_bank"),
                ],
            },
        ),
        migrations.AddField("outlet", "name_key", models.TextField(default="", editable=False)),
        migrations.AddField("outlet", "name_order", models.TextField(default="", editable=False)),
        migrations.AddField("outlet", "search_text", models.TextField(default="", editable=False)),
        migrations.AddField(
            "outlet", "phone", models.CharField(blank=True, max_length=30, verbose_name="phone of the outlet")
        ),
        migrations.AddField(
            "outletimport", "sheet", models.JSONField(default=dict, verbose_name="cells as they were read")
        ),
        migrations.AddField(
            "outletimport", "header", models.PositiveIntegerField(default=0, verbose_name="row of the titles")
        ),
        migrations.AddField(
            "outletimport", "columns", models.JSONField(default=list, verbose_name="field of each column")
        ),
        migrations.AlterField("outletimport", "rows", models.JSONField(default=list, verbose_name="rows")),
        migrations.RunPython(fill_names, migrations.RunPython.noop),
        migrations.RunPython(leave_blanks, migrations.RunPython.noop),
    ]
