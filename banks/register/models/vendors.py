"""Card vendors of the tender, and the counters of case numbers."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class CardVendor(models.Model):
    """A card vendor chosen in the bureau's tender, for the tender's term."""

    name = models.CharField(_("name"), max_length=120)
    uscc = models.CharField(_("unified social credit code"), max_length=18, unique=True)
    tender_number = models.CharField(_("tender number"), max_length=60)
    tender_from = models.DateField(_("tendered from"))
    tender_until = models.DateField(_("tendered until"))

    class Meta:
        verbose_name = _("card vendor")
        verbose_name_plural = _("card vendors")
        ordering = ["name", "pk"]
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=Q(tender_until__gte=models.F("tender_from")), name="vendor_term_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CaseCounter(models.Model):
    """The last case number used in a year, by kind of case."""

    prefix = models.CharField(max_length=4)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["prefix", "year"], name="case_counter_once_a_year")]

    def __str__(self) -> str:
        return f"{self.prefix}-{self.year}-{self.last:04d}"
