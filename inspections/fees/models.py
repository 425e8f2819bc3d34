"""Fee notices and what banks and officers state of their payment."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMModelMixin, transition

from banks.register.models import Bank
from inspections.fees.states import UNSETTLED, WITH_PAYMENT, FeeState
from inspections.fees.terms import LARGEST_AMOUNT, LONGEST_NUMBER, LONGEST_PERIOD
from zsbank.base.actions.state_field import StateField
from zsbank.base.calendar import clock
from zsbank.base.files.models import StoredFile

PERSON = settings.AUTH_USER_MODEL


class FeeNotice(ConcurrentTransitionMixin, FSMModelMixin, models.Model):
    """A payment notice that the bureau issued on paper, and whether the bank paid it in time.

    Fields:
        number: as on the paper; without blanks, in capitals and half-width, so that it is unique however it is typed.
        stated_due_date: the due date as on the paper; `due_date` is the first working day from it on.
        paid_on: the day of payment, as the bank states it, then the day on which the money arrived.
        overdue_recorded_on: the day on which bank and inspectors were told that the due date had passed.
    """

    bank = models.ForeignKey(
        Bank, verbose_name=_("bank"), on_delete=models.PROTECT, related_name="fee_notices"
    )
    number = models.CharField(_("number of the notice"), max_length=LONGEST_NUMBER)
    year = models.PositiveSmallIntegerField(_("year of the fees"))
    covers = models.CharField(_("period of the fees"), max_length=LONGEST_PERIOD, blank=True)
    amount = models.DecimalField(_("amount in yuan"), max_digits=11, decimal_places=2)
    issued_on = models.DateField(_("issued on"))
    stated_due_date = models.DateField(_("due date on the notice"))
    due_date = models.DateField(_("to be paid by"))
    period = models.JSONField(_("how the date was calculated"))
    document = models.OneToOneField(
        StoredFile, verbose_name=_("payment notice"), on_delete=models.PROTECT, related_name="fee_notice"
    )
    state = StateField(_("state"), default=FeeState.OPEN, choices=FeeState.choices, protected=True)
    entered_at = models.DateTimeField(_("entered at"))
    entered_by = models.ForeignKey(
        PERSON, verbose_name=_("entered by"), on_delete=models.PROTECT, related_name="+"
    )
    paid_on = models.DateField(_("paid on"), null=True)
    overdue_recorded_on = models.DateField(_("overdue recorded on"), null=True)
    closed_on = models.DateField(_("closed on"), null=True)
    withdrawn_by = models.ForeignKey(
        PERSON, verbose_name=_("withdrawn by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    withdrawal = models.TextField(_("reason for withdrawing"), blank=True)

    class Meta:
        verbose_name = _("fee notice")
        verbose_name_plural = _("fee notices")
        ordering = ["-issued_on", "-pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["number"], condition=~Q(state=FeeState.WITHDRAWN), name="fee_number_once"
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0, amount__lte=LARGEST_AMOUNT), name="fee_amount_positive"
            ),
            models.CheckConstraint(
                condition=Q(stated_due_date__gt=F("issued_on"), due_date__gte=F("stated_due_date")),
                name="fee_due_after_issue",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(WITH_PAYMENT), paid_on__gte=F("issued_on"))
                | ~Q(state__in=sorted(WITH_PAYMENT)) & Q(paid_on__isnull=True),
                name="fee_paid_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(UNSETTLED), closed_on__isnull=True)
                | ~Q(state__in=sorted(UNSETTLED)) & Q(closed_on__isnull=False),
                name="fee_closed_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True)
                | Q(paid_on__isnull=True)
                | Q(paid_on__lte=F("closed_on")),
                name="fee_not_paid_ahead",
            ),
            models.CheckConstraint(
                condition=Q(state=FeeState.WITHDRAWN, withdrawn_by__isnull=False)
                | ~Q(state=FeeState.WITHDRAWN) & Q(withdrawn_by__isnull=True),
                name="fee_withdrawn_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(withdrawn_by=F("entered_by")), name="fee_withdrawn_by_another_person"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_date"], name="fee_due"),
            models.Index(fields=["year", "bank"], name="fee_year"),
            models.Index(fields=["bank", "due_date"], name="fee_bank_due"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def yuan(self) -> str:
        """The amount with two places, grouped by thousands."""
        return in_yuan(self.amount)

    @property
    def is_unsettled(self) -> bool:
        """Whether the bureau has not confirmed that the money arrived."""
        return self.state in UNSETTLED

    @property
    def is_open(self) -> bool:
        """Whether the bank has to pay and to state the payment."""
        return bool(self.state == FeeState.OPEN)

    @property
    def days_late(self) -> int:
        """Calendar days from the due date to the payment, or to today if it is not paid; 0 if it is in time."""
        if self.state == FeeState.WITHDRAWN:
            return 0
        return max(0, ((self.paid_on or clock.today()) - self.due_date).days)

    @property
    def payment_to_check(self) -> "FeePayment | None":
        """The bank's statement that is neither confirmed nor sent back, or None."""
        return next((one for one in self.payments.all() if one.confirmed is None), None)

    @transition(field=state, source=FeeState.OPEN, target=FeeState.STATED)
    def state_payment(self) -> None:
        """The bank states that it paid."""

    @transition(field=state, source=FeeState.STATED, target=FeeState.OPEN)
    def send_back(self) -> None:
        """The bureau does not find the payment; the due date is unchanged."""

    @transition(field=state, source=FeeState.STATED, target=FeeState.PAID)
    def confirm(self) -> None:
        """The bureau confirms that the money arrived."""

    @transition(field=state, source=FeeState.OPEN, target=FeeState.PAID)
    def settle(self) -> None:
        """The bureau records a payment that the bank did not state."""

    @transition(field=state, source=FeeState.OPEN, target=FeeState.WITHDRAWN)
    def withdraw(self) -> None:
        """It was entered wrongly."""


class FeePayment(models.Model):
    """A statement that a notice is paid, with proof, and the bureau's check of it.

    Fields:
        paid_on: the day of payment as stated; it stays, whatever the bureau confirms.
        by_bureau: whether an officer recorded it, who then also confirmed it.
        confirmed: None while it waits for its check.
        reply: why it was sent back; the bank reads it.
    """

    notice = models.ForeignKey(FeeNotice, on_delete=models.PROTECT, related_name="payments")
    paid_on = models.DateField(_("paid on"))
    remark = models.TextField(_("note on the payment"), blank=True)
    proof = models.OneToOneField(
        StoredFile, verbose_name=_("proof of payment"), on_delete=models.PROTECT, related_name="fee_payment"
    )
    by_bureau = models.BooleanField(_("recorded by the bureau"), default=False)
    stated_at = models.DateTimeField(_("stated at"))
    stated_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    confirmed = models.BooleanField(_("confirmed"), null=True)
    checked_at = models.DateTimeField(_("checked"), null=True)
    checked_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    reply = models.TextField(_("reason for sending it back"), blank=True)

    class Meta:
        verbose_name = _("payment of a fee notice")
        verbose_name_plural = _("payments of fee notices")
        ordering = ["-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["notice"], condition=Q(confirmed__isnull=True), name="fee_payment_one_to_check"
            ),
            models.UniqueConstraint(
                fields=["notice"], condition=Q(confirmed=True), name="fee_payment_confirmed_once"
            ),
            models.CheckConstraint(
                condition=Q(by_bureau=True) | ~Q(checked_by=F("stated_by")),
                name="fee_payment_checked_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice} {self.paid_on}"


def in_yuan(amount: Decimal) -> str:
    """Return an amount with two places, grouped by thousands."""
    return f"{amount:,.2f}"
