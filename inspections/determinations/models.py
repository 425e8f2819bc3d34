"""Determinations."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from admission.editions.models import Criterion
from banks.register.models import Bank, Qualification
from inspections.determinations.terms import DeterminationKind
from zsbank.base.files.models import StoredFile

PERSON = settings.AUTH_USER_MODEL


class Determination(models.Model):
    """The record that something was determined: date, decider, document, criteria, facts."""

    bank = models.ForeignKey(
        Bank, verbose_name=_("bank"), on_delete=models.PROTECT, related_name="determinations"
    )
    qualification = models.ForeignKey(Qualification, on_delete=models.PROTECT, related_name="determinations")
    kind = models.CharField(_("kind"), max_length=20, choices=DeterminationKind)
    determination_date = models.DateField(_("date of determination"))
    decided_by = models.ForeignKey(
        PERSON, verbose_name=_("determined by"), on_delete=models.PROTECT, related_name="+"
    )
    facts = models.TextField(_("facts"))
    criteria = models.ManyToManyField(Criterion, verbose_name=_("criteria"), related_name="+", blank=True)
    document = models.OneToOneField(
        StoredFile, verbose_name=_("document"), on_delete=models.PROTECT, related_name="determination"
    )
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.ForeignKey(
        PERSON, verbose_name=_("recorded by"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("determination")
        verbose_name_plural = _("determinations")
        ordering = ["-determination_date", "-pk"]
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(decided_by=F("recorded_by")), name="determination_by_another_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bank} {self.determination_date}"
