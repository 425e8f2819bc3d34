"""The digest of an entry, and its place in the chain."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="entry",
            name="digest",
            field=models.CharField(default="", editable=False, max_length=64, verbose_name="SHA-256"),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("sequence", models.BigIntegerField(primary_key=True, serialize=False)),
                ("hash", models.CharField(max_length=64, verbose_name="SHA-256")),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="link", to="journal.entry"
                    ),
                ),
            ],
            options={
                "verbose_name": "link of the journal",
                "verbose_name_plural": "chain of the journal",
                "default_permissions": (),
            },
        ),
    ]
