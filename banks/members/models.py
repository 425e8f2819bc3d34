"""Members of banks, and invitations to become one."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from banks.register.models import Bank
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
