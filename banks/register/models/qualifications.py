"""Qualifications of banks."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from banks.register.models.banks import Bank
from zsbank.base.files.models import StoredFile
from zsbank.base.letters.models import Letter


class Qualification(models.Model):
    """The qualification to issue cards, from admission until cancellation."""

    bank = models.ForeignKey(
        Bank, verbose_name=_("bank"), on_delete=models.PROTECT, related_name="qualifications"
    )
    effective_from = models.DateField(_("in effect from"))
    cancelled_on = models.DateField(_("cancelled on"), null=True, blank=True)
    issuing_from = models.DateField(
        _("may issue from"),
        null=True,
        blank=True,
        help_text=_("Empty until the central bank's technical review has been received."),
    )
    letter = models.ForeignKey(
        Letter,
        verbose_name=_("letter of the decision"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    takeover_note = models.TextField(
        _("takeover basis"),
        blank=True,
        help_text=_("Basis of a qualification that is older than this register."),
    )
    paper = models.ForeignKey(
        "banks.PaperLetter",
        verbose_name=_("letter on paper"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    review_approval_number = models.CharField(_("central bank's approval number"), max_length=60, blank=True)
    review_approval_date = models.DateField(_("date of the central bank's approval"), null=True, blank=True)
    review_file = models.ForeignKey(
        StoredFile,
        verbose_name=_("the central bank's approval"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("issuing qualification")
        verbose_name_plural = _("issuing qualifications")
        ordering = ["-effective_from", "-pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["bank"], condition=Q(cancelled_on__isnull=True), name="qualification_one_in_force"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_on__isnull=True) | Q(cancelled_on__gte=models.F("effective_from")),
                name="qualification_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(letter__isnull=False) | ~Q(takeover_note=""),
                name="qualification_rests_on_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bank} {self.effective_from}"

    @property
    def may_issue(self) -> bool:
        """Whether cards may be issued now: in force, and the central bank's review is approved."""
        return self.cancelled_on is None and self.issuing_from is not None
