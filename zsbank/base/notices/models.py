"""Messages: a row is at once what lies in the in-tray and what waits to be mailed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Message(models.Model):
    """A message to one person, or to the address of somebody who has no account yet.

    `key` makes sure that the same thing is said once. `uscc` is the bank it is about; empty for what concerns the
    person or the bureau. `once` is what goes out with the mail and is kept no longer than that: a link that opens
    something for whoever holds it must not lie readable in the outbox, nor in its backups, once it has been sent.
    """

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("recipient"),
        on_delete=models.CASCADE,
        null=True,
        related_name="messages",
    )
    address = models.EmailField(_("e-mail"), blank=True)
    uscc = models.CharField(_("bank"), max_length=18, blank=True)
    key = models.CharField(max_length=120)
    title = models.CharField(_("title"), max_length=200)
    body = models.TextField(_("text"))
    once = models.TextField(blank=True)
    link = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(_("written at"))
    mailed_at = models.DateTimeField(_("mailed at"), null=True, blank=True)
    mail_attempts = models.PositiveSmallIntegerField(default=0)
    mail_error = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["recipient", "key"], name="message_said_once"),
            models.UniqueConstraint(
                fields=["address", "key"],
                condition=Q(recipient__isnull=True),
                name="message_said_once_to_an_address",
            ),
            models.CheckConstraint(
                condition=Q(recipient__isnull=True) ^ Q(address=""), name="message_to_person_or_address"
            ),
            models.CheckConstraint(
                condition=Q(mailed_at__isnull=True) | Q(once=""), name="message_keeps_no_sent_link"
            ),
        ]
        indexes = [models.Index(fields=["mailed_at"], name="message_outbox")]

    def __str__(self) -> str:
        return self.title
