"""Messages: each row is an item of the in-tray and of the outbox."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zsbank.base.calendar.wording import reader_language
from zsbank.base.notices.terms import ALWAYS_MAILED, MessageKind


class Message(models.Model):
    """A message to a person, or to the address of a person without an account.

    Args:
        key: makes sure that the same message is sent once.
        uscc: the bank concerned; empty if it concerns the person or the bureau.
        about: bank and case number as they were when it was written; empty if it concerns no case.
        due: the due date (local date) of what the recipient has to do.
        by_mail: whether it is also mailed, as the recipient had chosen when it was written.
        mail_attempts: how often it was tried to mail it; counted before each attempt.
        next_attempt_at: before this moment it is not mailed again.
        title, body: in Chinese, as mailed.
        title_en, body_en: the same in English; empty in messages written before there was English.
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
    kind = models.CharField(_("kind"), max_length=10, choices=MessageKind, default=MessageKind.RESULT)
    about = models.CharField(_("about"), max_length=120, blank=True)
    due = models.DateField(_("due date"), null=True, blank=True)
    title = models.CharField(_("title"), max_length=200)
    body = models.TextField(_("text"))
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    body_en = models.TextField(_("text in English"), blank=True)
    once = models.TextField(blank=True)
    link = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(_("written at"))
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    by_mail = models.BooleanField(_("also mailed"), default=True)
    mailed_at = models.DateTimeField(_("mailed at"), null=True, blank=True)
    mail_attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True, blank=True)
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
        indexes = [
            models.Index(
                fields=["id"], condition=Q(mailed_at__isnull=True, by_mail=True), name="message_to_be_mailed"
            ),
            models.Index(fields=["recipient", "-id"], name="message_in_tray"),
            models.Index(
                fields=["recipient", "uscc"], condition=Q(read_at__isnull=True), name="message_unread"
            ),
        ]

    def __str__(self) -> str:
        return self.heading

    def get_absolute_url(self) -> str:
        """Return the address that marks the message as read and leads to its case."""
        return reverse("messages:message", args=[self.pk])

    @property
    def heading(self) -> str:
        """The title in the reader's language."""
        return (reader_language() == "en" and self.title_en) or self.title

    @property
    def text(self) -> str:
        """The body in the reader's language."""
        return (reader_language() == "en" and self.body_en) or self.body


class MailChoice(models.Model):
    """Which messages a person also wants by mail; without a row the default applies."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="mail_choice",
    )
    results = models.BooleanField(MessageKind.RESULT.label)
    receipts = models.BooleanField(MessageKind.RECEIPT.label)
    news = models.BooleanField(MessageKind.NEWS.label)

    class Meta:
        verbose_name = _("choice of mails")
        verbose_name_plural = _("choices of mails")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.person)

    @property
    def kinds(self) -> frozenset[MessageKind]:
        """The kinds that are mailed."""
        chosen = {
            MessageKind.RESULT: self.results,
            MessageKind.RECEIPT: self.receipts,
            MessageKind.NEWS: self.news,
        }
        return ALWAYS_MAILED | {kind for kind, wanted in chosen.items() if wanted}
