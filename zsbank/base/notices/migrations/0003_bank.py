"""The bank that a message is about."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notices", "0002_address")]

    operations = [
        migrations.AddField(
            model_name="message",
            name="uscc",
            field=models.CharField(blank=True, max_length=18, verbose_name="bank"),
        ),
    ]
