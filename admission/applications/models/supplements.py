"""Requests for supplements."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from admission.applications.models.applications import PERSON, Application
from admission.applications.states import SupplementStage
from admission.editions.models import Criterion
from banks.register.models import Bank
from zsbank.base.letters.models import Letter


class SupplementRequest(models.Model):
    """A request for a supplement, with its due date.

    `suspended_days` are the working days for which the bureau's time limit was suspended.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="supplement_requests")
    stage = models.CharField(_("stage"), max_length=12, choices=SupplementStage)
    asked_at = models.DateTimeField(_("asked at"))
    asked_by = models.ForeignKey(
        PERSON, verbose_name=_("asked by"), on_delete=models.PROTECT, related_name="+"
    )
    due_date = models.DateField(_("supplement due date"))
    due_period = models.JSONField(_("how the date was calculated"))
    letter = models.OneToOneField(
        Letter, verbose_name=_("letter"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    submitted_at = models.DateTimeField(_("submitted"), null=True)
    submitted_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    closed_on = models.DateField(_("closed on"), null=True)
    suspended_days = models.PositiveSmallIntegerField(
        _("working days the time limit was suspended"), null=True
    )

    class Meta:
        verbose_name = _("supplement request")
        verbose_name_plural = _("supplement requests")
        ordering = ["-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(closed_on__isnull=True), name="supplement_one_open"
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(stage=SupplementStage.ACCEPTANCE),
                name="supplement_once_before_acceptance",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.get_stage_display()}"

    @property
    def bank(self) -> Bank:
        """The bank that is asked."""
        return self.application.bank


class SupplementItem(models.Model):
    """One criterion to supplement, and what it lacks.

    `asked_digest` is the SHA-256 of the answer when it was asked for; empty in requests older than this field.
    `changed` says, once the supplement is submitted, whether the answer differed then.
    """

    request = models.ForeignKey(SupplementRequest, on_delete=models.PROTECT, related_name="items")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    remark = models.TextField(_("missing information"))
    asked_digest = models.CharField(max_length=64, blank=True)
    changed = models.BooleanField(_("changed"), null=True)

    class Meta:
        verbose_name = _("item to supplement")
        verbose_name_plural = _("items to supplement")
        ordering = ["criterion__number"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["request", "criterion"], name="supplement_item_once")]

    def __str__(self) -> str:
        return f"{self.request} {self.criterion}"
