import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("uscc", models.CharField(blank=True, max_length=18, verbose_name="bank")),
                ("key", models.CharField(max_length=120)),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("body", models.TextField(verbose_name="text")),
                ("once", models.TextField(blank=True)),
                ("link", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField(verbose_name="written at")),
                ("mailed_at", models.DateTimeField(blank=True, null=True, verbose_name="mailed at")),
                ("mail_attempts", models.PositiveSmallIntegerField(default=0)),
                ("mail_error", models.CharField(blank=True, max_length=200)),
                (
                    "recipient",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recipient",
                    ),
                ),
            ],
            options={
                "verbose_name": "message",
                "verbose_name_plural": "messages",
                "ordering": ["-pk"],
                "default_permissions": (),
                "indexes": [models.Index(fields=["mailed_at"], name="message_outbox")],
                "constraints": [
                    models.UniqueConstraint(fields=("recipient", "key"), name="message_said_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("recipient__isnull", True)),
                        fields=("address", "key"),
                        name="message_said_once_to_an_address",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("recipient__isnull", True), ("address", ""), _connector="XOR"),
                        name="message_to_person_or_address",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("mailed_at__isnull", True), ("once", ""), _connector="OR"),
                        name="message_keeps_no_sent_link",
                    ),
                ],
            },
        ),
    ]
