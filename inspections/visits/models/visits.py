"""Inspections of a bank: by whom, when, and what followed."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMModelMixin, transition

from admission.editions.models import PolicyEdition
from banks.register.models import Bank
from inspections.determinations.models import Determination
from inspections.visits.states import CONCLUDED, OPEN_IN_FIELD, WAS_HELD, WITH_CORRECTION, VisitState
from inspections.visits.terms import Outcome
from zsbank.base.accounts.models import User
from zsbank.base.actions.state_field import StateField
from zsbank.base.files.models import StoredFile
from zsbank.base.letters.models import Letter

PERSON = settings.AUTH_USER_MODEL
IS_CONFIRMED = Q(
    led_confirmed_at__isnull=False,
    led_confirmed_by__isnull=False,
    accompanied_confirmed_at__isnull=False,
    accompanied_confirmed_by__isnull=False,
)


class InspectionVisit(ConcurrentTransitionMixin, FSMModelMixin, models.Model):
    """An inspection of a bank at outlets of the register, by at least two officers (law.md §2).

    Fields:
        edition: the edition under which the bank was admitted; its criteria are the checklist.
        planned: whether it belongs to the plan of the year; otherwise something gave rise to it.
        announced: whether the bank knows of it beforehand.
        led_by, accompanied_by: the two officers who confirm the record, each for themselves; `others` may record, too.
        led_confirmed_by, accompanied_confirmed_by: a colleague if the officer has left since.
        record: the record of the findings as signed on the spot, as a scan or photograph.
        absence: why nobody of the bank was present.
        outcome: what follows, decided by `decided_by`; empty until then.
        correct_by: the day by which the findings are to be corrected.
        remark: what the officer found who confirmed the correction.
    """

    bank = models.ForeignKey(
        Bank, verbose_name=_("bank"), on_delete=models.PROTECT, related_name="inspection_visits"
    )
    case_number = models.CharField(_("case number"), max_length=20, unique=True)
    edition = models.ForeignKey(
        PolicyEdition, verbose_name=_("edition"), on_delete=models.PROTECT, related_name="+"
    )
    state = StateField(_("state"), default=VisitState.PLANNED, choices=VisitState.choices, protected=True)
    planned = models.BooleanField(_("part of the yearly plan"))
    announced = models.BooleanField(_("announced to the bank"))
    visit_day = models.DateField(_("day of the inspection"))
    purpose = models.TextField(_("purpose of the inspection"))
    led_by = models.ForeignKey(PERSON, verbose_name=_("led by"), on_delete=models.PROTECT, related_name="+")
    accompanied_by = models.ForeignKey(
        PERSON, verbose_name=_("accompanied by"), on_delete=models.PROTECT, related_name="+"
    )
    others = models.ManyToManyField(User, verbose_name=_("further officers"), related_name="+")
    planned_by = models.ForeignKey(
        PERSON, verbose_name=_("planned by"), on_delete=models.PROTECT, related_name="+"
    )
    planned_at = models.DateTimeField(_("planned at"))
    record = models.OneToOneField(
        StoredFile,
        verbose_name=_("signed record"),
        on_delete=models.PROTECT,
        null=True,
        related_name="inspection_record",
    )
    absence = models.TextField(_("why nobody of the bank was present"), blank=True)
    signed_at = models.DateTimeField(_("signed on the spot at"), null=True)
    led_confirmed_at = models.DateTimeField(_("confirmed by the leading officer"), null=True)
    accompanied_confirmed_at = models.DateTimeField(_("confirmed by the accompanying officer"), null=True)
    led_confirmed_by = models.ForeignKey(
        PERSON,
        verbose_name=_("confirmed for the leading officer by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    accompanied_confirmed_by = models.ForeignKey(
        PERSON,
        verbose_name=_("confirmed for the accompanying officer by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    letter = models.OneToOneField(
        Letter, verbose_name=_("inspection report"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    reported_by = models.ForeignKey(
        PERSON, verbose_name=_("report signed by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    answer_due = models.DateField(_("answer by"), null=True)
    answer_period = models.JSONField(_("how the date of the answer was calculated"), null=True)
    outcome = models.CharField(_("what follows"), max_length=15, choices=Outcome, blank=True)
    outcome_reason = models.TextField(_("reasons for what follows"), blank=True)
    decided_by = models.ForeignKey(
        PERSON, verbose_name=_("decided by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    correct_by = models.DateField(_("to be corrected by"), null=True)
    correct_period = models.JSONField(_("how the date of the correction was calculated"), null=True)
    overdue_recorded_on = models.DateField(_("overdue recorded on"), null=True)
    remark = models.TextField(_("remark on the correction"), blank=True)
    corrected_by = models.ForeignKey(
        PERSON,
        verbose_name=_("correction confirmed by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    determination = models.OneToOneField(
        Determination,
        verbose_name=_("determination"),
        on_delete=models.PROTECT,
        null=True,
        related_name="inspection_visit",
    )
    closed_on = models.DateField(_("closed on"), null=True)
    cancellation = models.TextField(_("reason for cancelling"), blank=True)

    class Meta:
        verbose_name = _("inspection")
        verbose_name_plural = _("inspections")
        ordering = ["-visit_day", "-pk"]
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(condition=~Q(led_by=F("accompanied_by")), name="inspection_two_officers"),
            models.CheckConstraint(
                condition=~Q(led_confirmed_by=F("accompanied_confirmed_by")),
                name="inspection_confirmed_by_two",
            ),
            models.CheckConstraint(
                condition=Q(reported_by__isnull=True)
                | ~Q(reported_by=F("led_by"))
                & ~Q(reported_by=F("accompanied_by"))
                & ~Q(reported_by=F("led_confirmed_by"))
                & ~Q(reported_by=F("accompanied_confirmed_by")),
                name="inspection_reported_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(CONCLUDED), letter__isnull=False, reported_by__isnull=False)
                | ~Q(state__in=sorted(CONCLUDED)) & Q(letter__isnull=True, reported_by__isnull=True),
                name="inspection_reported_by_letter",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(WAS_HELD), signed_at__isnull=False)
                | ~Q(state__in=sorted(WAS_HELD)) & Q(signed_at__isnull=True),
                name="inspection_held_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(CONCLUDED | {VisitState.CONFIRMED})) & IS_CONFIRMED
                | ~Q(state__in=sorted(CONCLUDED | {VisitState.CONFIRMED})) & ~IS_CONFIRMED,
                name="inspection_confirmed_by_both",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(WITH_CORRECTION), correct_by__isnull=False)
                | Q(state=VisitState.CLOSED)
                | ~Q(state__in=sorted(WITH_CORRECTION | {VisitState.CLOSED})) & Q(correct_by__isnull=True),
                name="inspection_corrected_by_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[VisitState.CLOSED, VisitState.CANCELLED], closed_on__isnull=False)
                | ~Q(state__in=[VisitState.CLOSED, VisitState.CANCELLED]) & Q(closed_on__isnull=True),
                name="inspection_closed_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state=VisitState.CANCELLED) & ~Q(cancellation="")
                | ~Q(state=VisitState.CANCELLED) & Q(cancellation=""),
                name="inspection_cancelled_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.DETERMINATION, determination__isnull=False)
                | ~Q(outcome=Outcome.DETERMINATION) & Q(determination__isnull=True),
                name="inspection_determination_is_linked",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", decided_by__isnull=True)
                | ~Q(outcome="") & Q(decided_by__isnull=False) & ~Q(outcome_reason=""),
                name="inspection_decided_with_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "visit_day"], name="inspection_day"),
            models.Index(fields=["state", "answer_due"], name="inspection_answer"),
            models.Index(fields=["state", "correct_by"], name="inspection_correction"),
            models.Index(fields=["bank", "visit_day"], name="inspection_of_bank"),
        ]

    def __str__(self) -> str:
        return self.case_number

    @property
    def is_shown_to_bank(self) -> bool:
        """Whether the bank may know of it: announced, or held."""
        return self.announced or self.state in WAS_HELD

    @property
    def is_open_in_field(self) -> bool:
        """Whether findings are still recorded."""
        return self.state in OPEN_IN_FIELD

    @property
    def is_reported(self) -> bool:
        """Whether the bank has the report."""
        return self.state in CONCLUDED

    @property
    def officers(self) -> tuple[User, ...]:
        """The officers who inspect: first the two who confirm the record."""
        return (self.led_by, self.accompanied_by, *self.others.all())

    def is_inspected_by(self, person: User) -> bool:
        """Return whether a person is one of the inspecting officers."""
        pks = (self.led_by_id, self.accompanied_by_id)
        return person.pk in pks or any(one.pk == person.pk for one in self.others.all())

    def has_part_of(self, person: User) -> bool:
        """Return whether a person inspected, or confirmed the record for somebody who did."""
        confirmed = (self.led_confirmed_by_id, self.accompanied_confirmed_by_id)
        return person.pk in confirmed or self.is_inspected_by(person)

    @transition(field=state, source=[VisitState.PLANNED, VisitState.UNDERWAY], target=VisitState.UNDERWAY)
    def begin(self) -> None:
        """Findings at an outlet are recorded."""

    @transition(field=state, source=VisitState.UNDERWAY, target=VisitState.SIGNED)
    def sign(self) -> None:
        """Those present have signed the record, or refused."""

    @transition(field=state, source=VisitState.SIGNED, target=VisitState.CONFIRMED)
    def confirm(self) -> None:
        """Both officers have confirmed the record."""

    @transition(field=state, source=VisitState.CONFIRMED, target=VisitState.REPORTED)
    def report(self) -> None:
        """The report goes to the bank, which may answer its findings."""

    @transition(field=state, source=VisitState.CONFIRMED, target=VisitState.CLEAR)
    def report_no_finding(self) -> None:
        """A report without findings goes to the bank; there is nothing to answer."""

    @transition(field=state, source=VisitState.REPORTED, target=VisitState.ANSWERED)
    def answer(self) -> None:
        """The bank answers the report."""

    @transition(
        field=state,
        source=[VisitState.REPORTED, VisitState.ANSWERED, *sorted(WITH_CORRECTION)],
        target=VisitState.CORRECTING,
    )
    def demand_correction(self) -> None:
        """The findings are to be corrected by a day; the day can be set once more."""

    @transition(
        field=state,
        source=[VisitState.REPORTED, VisitState.CLEAR, VisitState.ANSWERED],
        target=VisitState.CLOSED,
    )
    def close(self) -> None:
        """Nothing follows."""

    @transition(field=state, source=VisitState.CORRECTING, target=VisitState.CORRECTED)
    def state_correction(self) -> None:
        """The bank states that the findings are corrected."""

    @transition(field=state, source=sorted(WITH_CORRECTION), target=VisitState.CLOSED)
    def confirm_correction(self) -> None:
        """The findings are corrected."""

    @transition(
        field=state,
        source=[VisitState.REPORTED, VisitState.ANSWERED, *sorted(WITH_CORRECTION)],
        target=VisitState.CLOSED,
    )
    def propose(self) -> None:
        """A determination is proposed."""

    @transition(field=state, source=[VisitState.PLANNED, VisitState.UNDERWAY], target=VisitState.CANCELLED)
    def cancel(self) -> None:
        """It is not held, or not finished."""
