"""The due dates that moved when the holidays of a year were confirmed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from banks.register.models import Bank
from zsbank.base.calendar.models import HolidayYear
from zsbank.base.letters.models import Letter


class DateChange(models.Model):
    """A due date that was calculated anew; with a letter, where a letter had stated it and it moved."""

    year = models.ForeignKey(
        HolidayYear, verbose_name=_("year"), on_delete=models.PROTECT, related_name="changes"
    )
    bank = models.ForeignKey(
        Bank, verbose_name=_("bank"), on_delete=models.PROTECT, related_name="date_changes"
    )
    case_type = models.CharField(max_length=60)
    case_id = models.BigIntegerField()
    what = models.CharField(_("what is due"), max_length=100)
    before = models.DateField(_("old date"))
    after = models.DateField(_("new date"))
    letter = models.OneToOneField(
        Letter, verbose_name=_("letter"), on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("due date calculated anew")
        verbose_name_plural = _("due dates calculated anew")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["year", "case_type", "case_id", "what"], name="date_change_once_a_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.bank} {self.before} {self.after}"
