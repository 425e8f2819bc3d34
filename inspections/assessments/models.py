"""Annual assessments, and the schemes that grade them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, FSMModelMixin, transition

from banks.register.models import Bank, Qualification
from inspections.assessments.states import AssessmentState
from inspections.assessments.terms import FAILING_GRADE

PERSON = settings.AUTH_USER_MODEL


class AssessmentScheme(models.Model):
    """The scheme of one year: grades with their inclusive lower bounds, best first."""

    year = models.PositiveSmallIntegerField(_("assessed year"), unique=True)
    bands = models.JSONField(_("grades and lower bounds"))

    class Meta:
        verbose_name = _("assessment scheme")
        verbose_name_plural = _("assessment schemes")
        ordering = ["-year"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return str(self.year)


class Assessment(ConcurrentTransitionMixin, FSMModelMixin, models.Model):
    """The assessment of a bank in one year, under the qualification it held then."""

    bank = models.ForeignKey(
        Bank, verbose_name=_("bank"), on_delete=models.PROTECT, related_name="assessments"
    )
    qualification = models.ForeignKey(Qualification, on_delete=models.PROTECT, related_name="assessments")
    scheme = models.ForeignKey(AssessmentScheme, on_delete=models.PROTECT, related_name="assessments")
    year = models.PositiveSmallIntegerField(_("assessed year"))
    score = models.DecimalField(_("score"), max_digits=5, decimal_places=2)
    grade = models.CharField(_("grade"), max_length=20)
    reason = models.TextField(_("reasons"), blank=True)
    state = FSMField(
        _("state"), default=AssessmentState.DRAFT, choices=AssessmentState.choices, protected=True
    )
    recorded_by = models.ForeignKey(
        PERSON, verbose_name=_("recorded by"), on_delete=models.PROTECT, related_name="+"
    )
    finalised_by = models.ForeignKey(
        PERSON, verbose_name=_("made final by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    final_on = models.DateField(_("final on"), null=True)

    class Meta:
        verbose_name = _("annual assessment")
        verbose_name_plural = _("annual assessments")
        ordering = ["-year", "bank"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["qualification", "year"], name="assessment_one_a_year"),
            models.CheckConstraint(
                condition=Q(score__gte=0) & Q(score__lte=100), name="assessment_score_in_range"
            ),
            models.CheckConstraint(
                condition=~Q(finalised_by=F("recorded_by")), name="assessment_final_by_another_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bank} {self.year}"

    @property
    def is_fail(self) -> bool:
        """Whether the grade is the failing one."""
        return self.grade == FAILING_GRADE

    @property
    def is_final_fail(self) -> bool:
        """Whether it counts as a failing year."""
        return bool(self.state == AssessmentState.FINAL) and self.is_fail

    @transition(field=state, source=AssessmentState.DRAFT, target=AssessmentState.FINAL)
    def finalise(self) -> None:
        """The result becomes final."""
