from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("admission", "0004_supplement_changes"),
    ]

    operations = [
        migrations.AddField(
            model_name="answer",
            name="saved_from",
            field=models.CharField(blank=True, default="", editable=False, max_length=32),
            preserve_default=False,
        ),
    ]
