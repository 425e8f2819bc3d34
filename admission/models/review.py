"""What officers find and declare of a case."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from admission.models.applications import PERSON, Application
from admission.models.editions import Criterion
from admission.states import FindingResult


class Finding(models.Model):
    """What a reviewer found of one criterion, and why."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="findings")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    result = models.CharField(_("finding"), max_length=12, choices=FindingResult)
    reason = models.TextField(_("reason"), blank=True)
    by = models.ForeignKey(PERSON, verbose_name=_("found by"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("found"))

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["criterion__number"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["application", "criterion"], name="finding_one_a_criterion")
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.criterion} {self.result}"


class Conflict(models.Model):
    """An officer's declared conflict of interest in a case: it bars them from acting in it (law.md §2)."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="conflicts")
    officer = models.ForeignKey(PERSON, verbose_name=_("officer"), on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(_("reason"))
    at = models.DateTimeField(_("declared"))

    class Meta:
        verbose_name = _("conflict of interest")
        verbose_name_plural = _("conflicts of interest")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["application", "officer"], name="conflict_declared_once")
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.officer}"


class Remark(models.Model):
    """What the intake officer finds missing in one criterion; all remarks are told at once."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="remarks")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("what is missing"), blank=True)
    by = models.ForeignKey(PERSON, verbose_name=_("remarked by"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("remarked"))

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["criterion__number"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["application", "criterion"], name="remark_one_a_criterion")
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.criterion}"
