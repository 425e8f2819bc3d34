"""Rectification orders and the banks' reports."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMModelMixin, transition

from banks.papers.models import PaperLetter
from banks.register.models import Bank, Qualification
from inspections.determinations.models import Determination
from inspections.rectification.states import BINDING, NOT_CLOSED, OrderState
from inspections.rectification.terms import OrderGround, ReportKind
from zsbank.base.actions.state_field import StateField
from zsbank.base.calendar import clock
from zsbank.base.calendar.periods import Period
from zsbank.base.files.models import StoredFile
from zsbank.base.letters.models import Letter

PERSON = settings.AUTH_USER_MODEL


class RectificationOrder(ConcurrentTransitionMixin, FSMModelMixin, models.Model):
    """An order to rectify by a due date; after a determination it is never later than `limit_day`."""

    bank = models.ForeignKey(
        Bank, verbose_name=_("bank"), on_delete=models.PROTECT, related_name="rectification_orders"
    )
    qualification = models.ForeignKey(
        Qualification, on_delete=models.PROTECT, related_name="rectification_orders"
    )
    ground = models.CharField(_("ground"), max_length=15, choices=OrderGround)
    determination = models.OneToOneField(
        Determination,
        verbose_name=_("determination"),
        on_delete=models.PROTECT,
        null=True,
        related_name="order",
    )
    first_year = models.PositiveSmallIntegerField(_("first failing year"), null=True)
    assessed_year = models.PositiveSmallIntegerField(_("last failing year"), null=True)
    state = StateField(
        _("state"), default=OrderState.AWAITING_DEADLINE, choices=OrderState.choices, protected=True
    )
    start_date = models.DateField(_("counted from"))
    raw_due_date = models.DateField(_("due date before moving off a rest day"), null=True)
    due_date = models.DateField(_("due date"), null=True)
    limit_day = models.DateField(_("latest due date"), null=True)
    period = models.JSONField(_("how the date was calculated"), null=True)
    provisional = models.BooleanField(_("provisional"), default=False)
    verify_by = models.DateField(_("to be verified by"), null=True)
    verify_period = models.JSONField(_("how the date of the verification was calculated"), null=True)
    letter = models.OneToOneField(
        Letter, verbose_name=_("letter"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    closed_on = models.DateField(_("closed on"), null=True)
    paper = models.ForeignKey(
        PaperLetter, verbose_name=_("letter on paper"), on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("rectification order")
        verbose_name_plural = _("rectification orders")
        ordering = ["-start_date", "-pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["qualification", "assessed_year"],
                condition=~Q(state=OrderState.WITHDRAWN),
                name="order_once_a_failing_year",
            ),
            models.CheckConstraint(
                condition=Q(
                    ground=OrderGround.DETERMINATION, determination__isnull=False, limit_day__isnull=False
                )
                | Q(
                    ground=OrderGround.ASSESSMENT,
                    assessed_year__isnull=False,
                    first_year__lt=F("assessed_year"),
                ),
                name="order_has_its_ground",
            ),
            models.CheckConstraint(
                condition=Q(due_date__isnull=True) | Q(due_date__gt=F("start_date")),
                name="order_due_after_start",
            ),
            models.CheckConstraint(
                condition=Q(limit_day__isnull=True) | Q(raw_due_date__lte=F("limit_day")),
                name="order_within_limit",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[OrderState.AWAITING_DEADLINE, OrderState.WITHDRAWN])
                | Q(due_date__isnull=False),
                name="order_has_deadline",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_date"], name="order_due"),
            models.Index(fields=["state", "verify_by"], name="order_verify_by"),
        ]

    def __str__(self) -> str:
        return f"{self.bank} {self.get_ground_display()} {self.start_date}"

    @property
    def explained(self) -> Period | None:
        """The calculation of the due date."""
        return Period.from_json(self.period) if self.period else None

    @property
    def awaits_report(self) -> bool:
        """Whether the bank has to report."""
        return bool(self.state == OrderState.OPEN)

    @property
    def is_open(self) -> bool:
        """Whether it is not closed."""
        return self.state in NOT_CLOSED

    @property
    def has_lapsed(self) -> bool:
        """Whether the due date has passed and the exit that follows is not decided."""
        return bool(self.state == OrderState.LAPSED)

    @property
    def is_in_effect(self) -> bool:
        """Whether the bank has it with a due date: its letter names the years, which then stay."""
        return bool(self.state != OrderState.AWAITING_DEADLINE)

    @property
    def years(self) -> range:
        """The failing years in a row that it names; none for another ground."""
        if self.first_year is None or self.assessed_year is None:
            return range(0)
        return range(self.first_year, self.assessed_year + 1)

    @property
    def is_overdue(self) -> bool:
        """Whether the due date has passed without a report."""
        return self.awaits_report and self.due_date is not None and clock.today() > self.due_date

    @property
    def was_late_when_taken_over(self) -> bool:
        """Whether the due date had passed on the day on which the order was taken over: a person judges it."""
        return (
            self.paper is not None and self.due_date is not None and self.due_date < self.paper.taken_over_on
        )

    @property
    def report_to_check(self) -> "RectificationReport | None":
        """The report neither accepted nor rejected yet, or None."""
        return self.reports.filter(kind=ReportKind.FINAL, accepted=None).order_by("-pk").first()

    @transition(field=state, source=OrderState.AWAITING_DEADLINE, target=OrderState.OPEN)
    def set_deadline(self) -> None:
        """The due date is set."""

    @transition(field=state, source=OrderState.OPEN, target=OrderState.REPORTED)
    def report(self) -> None:
        """The bank reports the rectification."""

    @transition(field=state, source=OrderState.REPORTED, target=OrderState.OPEN)
    def reject(self) -> None:
        """The bureau rejects the report; the due date is unchanged."""

    @transition(field=state, source=OrderState.REPORTED, target=OrderState.ACCEPTED)
    def accept(self) -> None:
        """The bureau accepts the report."""

    @transition(field=state, source=OrderState.OPEN, target=OrderState.LAPSED)
    def lapse(self) -> None:
        """The due date has passed without a report."""

    @transition(field=state, source=sorted(BINDING | {OrderState.ACCEPTED}), target=OrderState.WITHDRAWN)
    def withdraw(self) -> None:
        """It became groundless, even after it lapsed or was rectified, or the bank exited."""

    @transition(field=state, source=OrderState.LAPSED, target=OrderState.SET_ASIDE)
    def set_aside(self) -> None:
        """The bureau closed the resulting exit case without an exit."""

    @transition(field=state, source=OrderState.LAPSED, target=OrderState.ENDED)
    def end(self) -> None:
        """The exit of the bank was signed."""


class RectificationReport(models.Model):
    """The bank's plan, interim report or report, and the bureau's decision on the report."""

    order = models.ForeignKey(RectificationOrder, on_delete=models.PROTECT, related_name="reports")
    kind = models.CharField(_("kind"), max_length=10, choices=ReportKind, default=ReportKind.FINAL)
    text = models.TextField(_("report"))
    files = models.ManyToManyField(
        StoredFile, verbose_name=_("evidence"), related_name="rectification_reports"
    )
    submitted_at = models.DateTimeField(_("submitted"))
    submitted_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    accepted = models.BooleanField(_("accepted"), null=True)
    checked_at = models.DateTimeField(_("checked"), null=True)
    checked_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    remark = models.TextField(_("remark"), blank=True)

    class Meta:
        verbose_name = _("rectification report")
        verbose_name_plural = _("rectification reports")
        ordering = ["-pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=~Q(checked_by=F("submitted_by")), name="report_checked_by_another_person"
            ),
            models.CheckConstraint(
                condition=Q(kind=ReportKind.FINAL) | Q(accepted__isnull=True),
                name="report_decided_on_when_final",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order} {self.submitted_at:%Y-%m-%d}"

    @property
    def is_final(self) -> bool:
        """Whether it says that the rectification is completed."""
        return bool(self.kind == ReportKind.FINAL)

    @property
    def is_rejected(self) -> bool:
        """Whether a decider found that something is still missing."""
        return self.accepted is False

    @property
    def is_on_paper(self) -> bool:
        """Whether it was taken over: an officer of the bureau entered it."""
        return self.order.paper_id is not None and self.submitted_by.is_staff
