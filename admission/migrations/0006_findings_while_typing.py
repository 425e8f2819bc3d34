from django.db import migrations, models

TYPED = models.Q(recorded=False)


class Migration(migrations.Migration):
    dependencies = [
        ("admission", "0005_answer_saved_from"),
    ]

    operations = [
        migrations.AddField(
            model_name="finding",
            name="recorded",
            field=models.BooleanField(default=True, editable=False),
        ),
        migrations.AddField(
            model_name="remark",
            name="recorded",
            field=models.BooleanField(default=True, editable=False),
        ),
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(fields=["at"], condition=TYPED, name="finding_typed"),
        ),
        migrations.AddIndex(
            model_name="remark",
            index=models.Index(fields=["at"], condition=TYPED, name="remark_typed"),
        ),
    ]
