"""Recommendations, decisions and agreements."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from admission.applications.models.applications import PERSON, Application
from admission.applications.states import Outcome
from admission.decisions.terms import AgreementKind
from banks.register.models import Qualification
from zsbank.base.files.models import StoredFile
from zsbank.base.letters.models import Letter


class Recommendation(models.Model):
    """A reviewer's recommendation; it stays on record when it is sent back."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="recommendations")
    outcome = models.CharField(_("recommended"), max_length=8, choices=Outcome)
    reason = models.TextField(_("reasons"))
    basis = models.JSONField(_("basis"), default=dict)
    by = models.ForeignKey(
        PERSON, verbose_name=_("recommended by"), on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("recommended at"))
    sent_back_at = models.DateTimeField(_("sent back at"), null=True)
    sent_back_reason = models.TextField(_("reason for sending back"), blank=True)

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering = ["-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(sent_back_at__isnull=True),
                name="recommendation_one_current",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.outcome}"


class Decision(models.Model):
    """The decision on an application, by another person than its recommender."""

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="decision")
    recommendation = models.OneToOneField(Recommendation, on_delete=models.PROTECT, related_name="decision")
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome)
    reason = models.TextField(_("reasons"))
    recommended_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(PERSON, verbose_name=_("decided by"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("decided at"))
    letter = models.OneToOneField(
        Letter, verbose_name=_("letter"), on_delete=models.PROTECT, related_name="+"
    )
    qualification = models.OneToOneField(
        Qualification,
        verbose_name=_("qualification"),
        on_delete=models.PROTECT,
        null=True,
        related_name="decision",
    )

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=~Q(by=F("recommended_by")), name="decision_by_another_person"),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.APPROVE) | Q(qualification__isnull=True),
                name="decision_only_approval_qualifies",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.outcome}"


class Agreement(models.Model):
    """An agreement signed by both sides, required for an approval to take effect."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="agreements")
    kind = models.CharField(_("agreement"), max_length=16, choices=AgreementKind)
    number = models.CharField(_("number"), max_length=60, blank=True)
    bank_signed_on = models.DateField(_("signed by the bank on"))
    bureau_signed_on = models.DateField(_("signed by the bureau on"))
    file = models.ForeignKey(
        StoredFile, verbose_name=_("document"), on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey(PERSON, verbose_name=_("recorded by"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("recorded"))

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["decision", "kind"], name="agreement_once_a_kind")]

    def __str__(self) -> str:
        return f"{self.decision} {self.get_kind_display()}"
