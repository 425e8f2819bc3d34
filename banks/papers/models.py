"""Letters on paper, each with the scan of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from banks.papers.terms import SCAN_REQUIRED, PaperKind
from banks.register.models import Bank
from zsbank.base.files.models import StoredFile


class PaperLetter(models.Model):
    """A letter of the bureau that is older than this register; what rests on it is marked as taken over.

    Args:
        number: as printed on the paper; the register's own series do not contain it.
        taken_over_on: the day on which a second person confirmed it (local date).
        takeover_number: the takeover with which it was entered.
    """

    bank = models.ForeignKey(
        Bank, verbose_name=_("bank"), on_delete=models.PROTECT, related_name="paper_letters"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=PaperKind)
    number = models.CharField(_("number"), max_length=60)
    date = models.DateField(_("date of issue"))
    signer = models.CharField(pgettext_lazy("on paper", "signed by"), max_length=60, blank=True)
    file = models.ForeignKey(
        StoredFile, verbose_name=_("scan"), on_delete=models.PROTECT, null=True, related_name="paper_letters"
    )
    taken_over_on = models.DateField(_("taken over on"))
    takeover_number = models.CharField(_("number of the takeover"), max_length=20)

    class Meta:
        verbose_name = _("letter on paper")
        verbose_name_plural = _("letters on paper")
        ordering = ["-date", "-pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["bank", "-date"], name="paper_of_bank")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind__in=sorted(SCAN_REQUIRED)) | models.Q(file__isnull=False),
                name="paper_has_scan",
            ),
            models.CheckConstraint(
                condition=models.Q(date__lte=models.F("taken_over_on")), name="paper_before_takeover"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.date}"
