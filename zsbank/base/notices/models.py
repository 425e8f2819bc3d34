"""Messages: each row is an item of the in-tray and of the outbox."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Message(models.Model):
    """A message to a person, or to the address of a person without an account.

    Args:
        key: makes sure that the same message is sent once.
        uscc: the bank concerned; empty if it concerns the person or the bureau.
        once: text that is mailed and then deleted: a link that grants access must not stay in the outbox or
            in backups.
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
