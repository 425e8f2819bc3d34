import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F


def mark_earlier_as_read(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Mark the messages written so far as read: nobody could open them, and all would count as unread."""
    apps.get_model("notices", "Message").objects.filter(read_at=None).update(read_at=F("at"))


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MailChoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("results", models.BooleanField(verbose_name="Decisions, letters and dates")),
                ("receipts", models.BooleanField(verbose_name="Confirmations of what your bank submitted")),
                ("news", models.BooleanField(verbose_name="Other progress")),
            ],
            options={
                "verbose_name": "choice of mails",
                "verbose_name_plural": "choices of mails",
                "default_permissions": (),
            },
        ),
        migrations.RemoveIndex(
            model_name="message",
            name="message_outbox",
        ),
        migrations.AddField(
            model_name="message",
            name="about",
            field=models.CharField(blank=True, max_length=120, verbose_name="about"),
        ),
        migrations.AddField(
            model_name="message",
            name="by_mail",
            field=models.BooleanField(default=True, verbose_name="also mailed"),
        ),
        migrations.AddField(
            model_name="message",
            name="due",
            field=models.DateField(blank=True, null=True, verbose_name="due date"),
        ),
        migrations.AddField(
            model_name="message",
            name="kind",
            field=models.CharField(
                choices=[
                    ("task", "What you have to do"),
                    ("result", "Decisions, letters and dates"),
                    ("receipt", "Confirmations of what your bank submitted"),
                    ("news", "Other progress"),
                ],
                default="result",
                max_length=10,
                verbose_name="kind",
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="read_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="read at"),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("by_mail", True), ("mailed_at__isnull", True)),
                fields=["id"],
                name="message_to_be_mailed",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["recipient", "-id"], name="message_in_tray"),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("read_at__isnull", True)),
                fields=["recipient", "uscc"],
                name="message_unread",
            ),
        ),
        migrations.AddField(
            model_name="mailchoice",
            name="person",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="mail_choice",
                to=settings.AUTH_USER_MODEL,
                verbose_name="person",
            ),
        ),
        migrations.RunPython(mark_earlier_as_read, migrations.RunPython.noop),
    ]
