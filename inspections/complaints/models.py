"""Complaints, the answers of banks, and lists of hotlines that wait to be taken in."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMModelMixin, transition

from admission.editions.models import Criterion
from banks.outlets.models import Outlet
from banks.outlets.terms import LONGEST
from banks.register.models import Bank
from inspections.complaints.states import NOT_ANSWERED, OVER, WITH_BANK, ComplaintState, ImportState
from inspections.complaints.terms import LONGEST_REFERENCE, Source
from zsbank.base.actions.state_field import StateField
from zsbank.base.calendar import clock
from zsbank.base.files.models import StoredFile

PERSON = settings.AUTH_USER_MODEL


class Complaint(ConcurrentTransitionMixin, FSMModelMixin, models.Model):
    """A complaint about a bank, without personal data of who complained.

    Fields:
        reference: the number of the hotline; without blanks, in capitals and half-width.
        criterion: the criterion that it concerns, of the edition under which the bank was admitted; None for another
            matter.
        outlet: None if it concerns the bank as a whole, or the outlet was removed since; `outlet_name` stays.
        demand: what the bank has to answer, or what its last answer lacks; the bank reads it.
        rounds: how often the bank was asked for an answer.
        overdue_recorded_on: the day on which bank and inspectors were told that the due date had passed.
    """

    bank = models.ForeignKey(
        Bank, verbose_name=_("bank"), on_delete=models.PROTECT, related_name="complaints"
    )
    outlet = models.ForeignKey(
        Outlet, verbose_name=_("outlet"), on_delete=models.SET_NULL, null=True, related_name="complaints"
    )
    outlet_name = models.CharField(_("outlet"), max_length=LONGEST["name"], blank=True)
    case_number = models.CharField(_("case number"), max_length=20, unique=True)
    source = models.CharField(_("source"), max_length=10, choices=Source)
    reference = models.CharField(_("number at the source"), max_length=LONGEST_REFERENCE, blank=True)
    received_on = models.DateField(_("received on"))
    criterion = models.ForeignKey(
        Criterion, verbose_name=_("criterion"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    facts = models.TextField(_("facts"))
    state = StateField(
        _("state"), default=ComplaintState.RECEIVED, choices=ComplaintState.choices, protected=True
    )
    entered_at = models.DateTimeField(_("entered at"))
    entered_by = models.ForeignKey(
        PERSON, verbose_name=_("entered by"), on_delete=models.PROTECT, related_name="+"
    )
    demand = models.TextField(_("what is to be answered"), blank=True)
    rounds = models.PositiveSmallIntegerField(_("times forwarded"), default=0)
    forwarded_on = models.DateField(_("forwarded on"), null=True)
    due_date = models.DateField(_("to be answered by"), null=True)
    period = models.JSONField(_("how the date was calculated"), null=True)
    overdue_recorded_on = models.DateField(_("overdue recorded on"), null=True)
    founded = models.BooleanField(_("founded"), null=True)
    result = models.TextField(_("reasons of the result"), blank=True)
    closed_on = models.DateField(_("closed on"), null=True)
    withdrawn_by = models.ForeignKey(
        PERSON, verbose_name=_("withdrawn by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    withdrawal = models.TextField(_("reason for withdrawing"), blank=True)

    class Meta:
        verbose_name = _("complaint")
        verbose_name_plural = _("complaints")
        ordering = ["-received_on", "-pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["source", "reference"],
                condition=~Q(reference="") & ~Q(state=ComplaintState.WITHDRAWN),
                name="complaint_reference_once",
            ),
            models.CheckConstraint(condition=~Q(facts=""), name="complaint_has_facts"),
            models.CheckConstraint(
                condition=Q(state=ComplaintState.RECEIVED, due_date__isnull=True, rounds=0)
                | Q(state__in=sorted(WITH_BANK), due_date__gt=F("forwarded_on"), rounds__gt=0)
                | Q(state=ComplaintState.WITHDRAWN),
                name="complaint_with_bank_is_due",
            ),
            models.CheckConstraint(
                condition=Q(state=ComplaintState.CLOSED, founded__isnull=False) & ~Q(result="")
                | ~Q(state=ComplaintState.CLOSED) & Q(founded__isnull=True, result=""),
                name="complaint_closed_with_result",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(OVER), closed_on__gte=F("received_on"))
                | ~Q(state__in=sorted(OVER)) & Q(closed_on__isnull=True),
                name="complaint_closed_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state=ComplaintState.WITHDRAWN, withdrawn_by__isnull=False)
                | ~Q(state=ComplaintState.WITHDRAWN) & Q(withdrawn_by__isnull=True),
                name="complaint_withdrawn_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(withdrawn_by=F("entered_by")), name="complaint_withdrawn_by_another"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_date"], name="complaint_due"),
            models.Index(fields=["received_on", "bank"], name="complaint_received"),
            models.Index(fields=["bank", "outlet_name"], name="complaint_outlet"),
        ]

    def __str__(self) -> str:
        return self.case_number

    @property
    def kind(self) -> str:
        """What it is about: number and short title of the criterion, in the reader's language."""
        return self.criterion.named if self.criterion else gettext("Another matter")

    @property
    def is_forwarded(self) -> bool:
        """Whether the bank has to answer."""
        return bool(self.state == ComplaintState.FORWARDED)

    @property
    def is_overdue(self) -> bool:
        """Whether the bank has to answer and the due date has passed."""
        return self.is_forwarded and self.due_date is not None and clock.today() > self.due_date

    @property
    def days_late(self) -> int:
        """Calendar days from the due date to the latest answer, or to today without one; 0 if it is in time."""
        if self.is_overdue and self.due_date is not None:
            return (clock.today() - self.due_date).days
        latest = next(iter(self.replies.all()), None)
        return latest.days_late if latest and not self.is_forwarded else 0

    @property
    def reply_to_check(self) -> "ComplaintReply | None":
        """The answer that is neither taken nor sent back, or None."""
        return next((one for one in self.replies.all() if one.taken is None), None)

    @transition(field=state, source=ComplaintState.RECEIVED, target=ComplaintState.FORWARDED)
    def forward(self) -> None:
        """The bank is asked for an answer by a due date."""

    @transition(field=state, source=ComplaintState.FORWARDED, target=ComplaintState.ANSWERED)
    def answer(self) -> None:
        """The bank answers."""

    @transition(field=state, source=ComplaintState.ANSWERED, target=ComplaintState.FORWARDED)
    def send_back(self) -> None:
        """The answer lacks something; there is a new due date."""

    @transition(
        field=state,
        source=[ComplaintState.ANSWERED, ComplaintState.FORWARDED],
        target=ComplaintState.CLOSED,
    )
    def close(self) -> None:
        """It is founded or not."""

    @transition(field=state, source=ComplaintState.CLOSED, target=ComplaintState.FORWARDED)
    def reopen(self) -> None:
        """The bank is asked again, by a new due date."""

    @transition(field=state, source=sorted(NOT_ANSWERED), target=ComplaintState.WITHDRAWN)
    def withdraw(self) -> None:
        """It was entered by mistake."""


class ComplaintReply(models.Model):
    """An answer of the bank, with evidence, and what the bureau made of it.

    Fields:
        due_date: by when it was due; it stays when a new due date is set.
        taken: None while it waits for its check; False if it was sent back.
        remark: what it lacks, or the reasons of the result; the bank reads it.
    """

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="replies")
    text = models.TextField(_("answer"))
    files = models.ManyToManyField(StoredFile, verbose_name=_("evidence"), related_name="complaint_replies")
    due_date = models.DateField(_("to be answered by"))
    answered_on = models.DateField(_("answered on"))
    answered_at = models.DateTimeField(_("answered at"))
    answered_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    taken = models.BooleanField(_("checked"), null=True)
    checked_at = models.DateTimeField(_("checked at"), null=True)
    checked_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    remark = models.TextField(_("remark"), blank=True)

    class Meta:
        verbose_name = _("answer to a complaint")
        verbose_name_plural = _("answers to complaints")
        ordering = ["-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["complaint"], condition=Q(taken__isnull=True), name="complaint_reply_one_to_check"
            ),
            models.CheckConstraint(
                condition=~Q(checked_by=F("answered_by")), name="complaint_reply_checked_by_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.complaint} {self.answered_on}"

    @property
    def days_late(self) -> int:
        """Calendar days from the due date to the answer; 0 if it was in time."""
        return max(0, (self.answered_on - self.due_date).days)


class ComplaintImport(ConcurrentTransitionMixin, FSMModelMixin, models.Model):
    """A list of a hotline as it was read; the file is not kept, and no cell with personal data.

    Fields:
        source: the hotline; every complaint of the list gets it.
        sheet: rows and cells while it waits, as `import_sheet.reading` stores them; empty afterwards.
        header: the row of the titles; 0 for none.
        columns: the field of each column, empty for one that is not used.
        taken_in, left_out: numbers of rows.
    """

    name = models.CharField(_("file name"), max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64)
    source = models.CharField(_("source"), max_length=10, choices=Source)
    state = StateField(_("state"), default=ImportState.READ, choices=ImportState.choices, protected=True)
    read_at = models.DateTimeField(_("read at"))
    read_by = models.ForeignKey(PERSON, verbose_name=_("read by"), on_delete=models.PROTECT, related_name="+")
    sheet = models.JSONField(_("cells as they were read"), default=dict)
    header = models.PositiveIntegerField(_("row of the titles"), default=0)
    columns = models.JSONField(_("field of each column"), default=list)
    taken_in = models.PositiveIntegerField(_("complaints taken in"), default=0)
    left_out = models.PositiveIntegerField(_("rows left out"), default=0)
    closed_at = models.DateTimeField(_("taken in or discarded at"), null=True)
    closed_by = models.ForeignKey(
        PERSON,
        verbose_name=_("taken in or discarded by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("list of complaints")
        verbose_name_plural = _("lists of complaints")
        ordering = ["-pk"]
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ImportState.READ, closed_at__isnull=True)
                | ~Q(state=ImportState.READ) & Q(closed_at__isnull=False, sheet={}),
                name="complaint_import_keeps_no_cells",
            )
        ]
        indexes = [models.Index(fields=["state", "read_at"], name="complaint_import_read")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether it waits to be taken in."""
        return bool(self.state == ImportState.READ)

    @transition(field=state, source=ImportState.READ, target=ImportState.TAKEN_IN)
    def take_in(self) -> None:
        """Its good rows come into the register."""

    @transition(field=state, source=ImportState.READ, target=ImportState.DISCARDED)
    def discard(self) -> None:
        """Nothing of it comes into the register."""
