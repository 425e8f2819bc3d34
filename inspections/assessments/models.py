"""Annual assessments."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMModelMixin, transition

from banks.papers.models import PaperLetter
from banks.register.models import Bank, Qualification
from inspections.assessments.states import AssessmentState
from inspections.schemes.models import AssessmentScheme
from inspections.schemes.terms import FAILING_GRADE
from zsbank.base.actions.state_field import StateField

PERSON = settings.AUTH_USER_MODEL


class Assessment(ConcurrentTransitionMixin, FSMModelMixin, models.Model):
    """The assessment of a bank in one year, under the qualification it held then.

    A result that was taken over from paper has the grade of the paper; a scheme only if the register has one of its
    year.
    """

    bank = models.ForeignKey(
        Bank, verbose_name=_("bank"), on_delete=models.PROTECT, related_name="assessments"
    )
    qualification = models.ForeignKey(Qualification, on_delete=models.PROTECT, related_name="assessments")
    scheme = models.ForeignKey(
        AssessmentScheme, on_delete=models.PROTECT, null=True, related_name="assessments"
    )
    year = models.PositiveSmallIntegerField(_("assessed year"))
    score = models.DecimalField(_("score"), max_digits=5, decimal_places=2)
    grade = models.CharField(_("grade"), max_length=20)
    reason = models.TextField(_("reasons"), blank=True)
    state = StateField(
        _("state"), default=AssessmentState.DRAFT, choices=AssessmentState.choices, protected=True
    )
    recorded_by = models.ForeignKey(
        PERSON, verbose_name=_("recorded by"), on_delete=models.PROTECT, related_name="+"
    )
    finalised_by = models.ForeignKey(
        PERSON, verbose_name=_("made final by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    final_on = models.DateField(_("final on"), null=True)
    paper = models.ForeignKey(
        PaperLetter, verbose_name=_("letter on paper"), on_delete=models.PROTECT, null=True, related_name="+"
    )

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
            models.CheckConstraint(
                condition=Q(scheme__isnull=False) | Q(paper__isnull=False), name="assessment_has_scheme"
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
