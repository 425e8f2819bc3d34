"""Members of banks, invitations to become one, and messages kept while nobody could be reached."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from banks.register.models import Bank
from zsbank.base.calendar.wording import reader_language
from zsbank.base.letters.models import Letter
from zsbank.base.notices.terms import MessageKind
from zsbank.base.roles import Role

ROLES_AT_A_BANK = [(role.value, role.label) for role in (Role.BANK_ADMINISTRATOR, Role.BANK_CLERK)]


class Member(models.Model):
    """A person who acts for a bank."""

    bank = models.ForeignKey(Bank, verbose_name=_("bank"), on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="memberships",
    )
    role = models.CharField(_("role"), max_length=30, choices=ROLES_AT_A_BANK)
    since = models.DateField(_("member since"))
    left_on = models.DateField(_("left on"), null=True, blank=True)

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ["bank", "pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["bank", "user"], condition=Q(left_on__isnull=True), name="member_once_a_bank"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.bank}"


class Invitation(models.Model):
    """An invitation to act for a bank; open until it is accepted or withdrawn.

    The link in the mail carries a random token. Only its SHA-256 is stored, so that reading this table does not allow
    accepting an invitation. An expired invitation stays open until it is renewed or withdrawn, so that the bank sees
    it.
    """

    bank = models.ForeignKey(
        Bank, verbose_name=_("bank"), on_delete=models.PROTECT, related_name="invitations"
    )
    name = models.CharField(_("name"), max_length=60)
    email = models.EmailField(_("e-mail"))
    role = models.CharField(_("role"), max_length=30, choices=ROLES_AT_A_BANK)
    token_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("invited by"), on_delete=models.PROTECT, related_name="+"
    )
    invited_at = models.DateTimeField(_("invited"))
    expires_at = models.DateTimeField(_("expires at"))
    accepted_at = models.DateTimeField(_("accepted"), null=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("accepted by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["bank", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                "bank",
                Lower("email"),
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="invitation_one_open",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_accepted_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="invitation_accepted_or_withdrawn",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("invited_at")), name="invitation_runs_out_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.bank}"


class KeptMessage(models.Model):
    """A message that reached nobody at a bank; the next member gets it, or officers tell the bank another way.

    Args:
        key, kind, about, due, title, body, title_en, body_en, link: as of a message (`zsbank.base.notices`).
        letter: the letter that it announces, which officers may serve another way.
        settled_on: the day on which a new member got it, or the bank was told another way (local date); of a letter
            that was served, and of a message that a member read, it stays empty.
        told: how the bank was told another way.
    """

    bank = models.ForeignKey(
        Bank, verbose_name=_("bank"), on_delete=models.PROTECT, related_name="kept_messages"
    )
    key = models.CharField(max_length=120)
    kind = models.CharField(_("kind"), max_length=10, choices=MessageKind)
    about = models.CharField(_("about"), max_length=120, blank=True)
    due = models.DateField(_("due date"), null=True, blank=True)
    title = models.CharField(_("title"), max_length=200)
    body = models.TextField(_("text"))
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    body_en = models.TextField(_("text in English"), blank=True)
    link = models.CharField(max_length=200, blank=True)
    letter = models.ForeignKey(
        Letter, verbose_name=_("letter"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField(_("written at"))
    settled_on = models.DateField(_("reached the bank on"), null=True)
    told = models.CharField(_("how the bank was told"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("kept message")
        verbose_name_plural = _("kept messages")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["bank", "key"], name="kept_message_once"),
            models.CheckConstraint(
                condition=Q(told="") | Q(settled_on__isnull=False), name="kept_message_told_on_a_day"
            ),
        ]
        indexes = [
            models.Index(fields=["bank"], condition=Q(settled_on__isnull=True), name="kept_message_waiting"),
            models.Index(fields=["letter"], name="kept_message_letter"),
        ]

    def __str__(self) -> str:
        return self.heading

    @property
    def heading(self) -> str:
        """The title in the reader's language."""
        return (reader_language() == "en" and self.title_en) or self.title
