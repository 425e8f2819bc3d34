"""Banks, their qualifications, and the card vendors."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, FSMModelMixin, transition

from banks.register.states import IN_FORCE, Standing
from banks.register.terms import BankCategory
from zsbank.base.accounts.models import User
from zsbank.base.calendar.periods import Period
from zsbank.base.files.models import StoredFile
from zsbank.base.letters.models import Letter
from zsbank.base.roles import Role


class Bank(ConcurrentTransitionMixin, FSMModelMixin, models.Model):
    """A bank as a legal entity, identified by its unified social credit code, with its standing."""

    name = models.CharField(_("name"), max_length=120)
    uscc = models.CharField(_("unified social credit code"), max_length=18, unique=True)
    category = models.CharField(_("category"), max_length=20, choices=BankCategory)
    license_institution_code = models.CharField(
        _("institution code of the financial licence"), max_length=15, blank=True
    )
    address = models.CharField(_("address"), max_length=200, blank=True)
    standing = FSMField(_("standing"), default=Standing.APPLICANT, choices=Standing.choices, protected=True)
    bar_last_day = models.DateField(_("last day of the reapplication bar"), null=True, blank=True)
    may_apply_from = models.DateField(_("first day the bank may apply again"), null=True, blank=True)
    bar_period = models.JSONField(_("how the reapplication bar was calculated"), null=True, blank=True)
    second_factor_required = models.BooleanField(_("requires a second factor for its members"), default=False)

    class Meta:
        verbose_name = _("bank")
        verbose_name_plural = _("banks")
        ordering = ["name", "pk"]
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(standing__in=[Standing.EXITED, Standing.LOCKED_OUT])
                | Q(may_apply_from__isnull=False),
                name="bank_bar_has_last_day",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def roles_of(self, person: User) -> frozenset[Role]:
        """Return the roles this person holds at the bank now; none for former members."""
        if not person.is_active:
            return frozenset()
        held = self.members.filter(user=person, left_on=None).values_list("role", flat=True)
        return frozenset(Role(role) for role in held)

    @transition(field=standing, source=Standing.APPLICANT, target=Standing.QUALIFIED)
    def admit(self) -> None:
        """The admission takes effect; the data of an earlier bar is cleared."""
        self.bar_last_day = self.may_apply_from = self.bar_period = None

    @transition(field=standing, source=Standing.QUALIFIED, target=Standing.UNDER_RECTIFICATION)
    def put_under_rectification(self) -> None:
        """The first open rectification order is issued."""

    @transition(field=standing, source=Standing.UNDER_RECTIFICATION, target=Standing.QUALIFIED)
    def end_rectification(self) -> None:
        """The last open rectification order is accepted or withdrawn."""

    @transition(field=standing, source=list(IN_FORCE), target=Standing.EXITED)
    def leave(self, bar: Period) -> None:
        """The qualification is cancelled by consent or notice; the five-year bar begins the next day."""
        self.bar_last_day = bar.last_day
        self.may_apply_from = bar.first_day_after
        self.bar_period = bar.to_json()

    @transition(field=standing, source=Standing.EXITED, target=Standing.LOCKED_OUT)
    def lock_out(self) -> None:
        """The day after cancellation: the bar begins."""

    @transition(field=standing, source=Standing.LOCKED_OUT, target=Standing.APPLICANT)
    def release(self) -> None:
        """The first day after the bar: the bank may apply again."""


class Qualification(models.Model):
    """The qualification to issue cards, from admission until cancellation."""

    bank = models.ForeignKey(
        Bank, verbose_name=_("bank"), on_delete=models.PROTECT, related_name="qualifications"
    )
    effective_from = models.DateField(_("in effect from"))
    cancelled_on = models.DateField(_("cancelled on"), null=True, blank=True)
    issuing_from = models.DateField(
        _("may issue from"),
        null=True,
        blank=True,
        help_text=_("Empty until the central bank's technical review has been received."),
    )
    letter = models.ForeignKey(
        Letter,
        verbose_name=_("letter of the decision"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    takeover_note = models.TextField(
        _("takeover basis"),
        blank=True,
        help_text=_("Basis of a qualification that is older than this register."),
    )
    review_approval_number = models.CharField(_("central bank's approval number"), max_length=60, blank=True)
    review_approval_date = models.DateField(_("date of the central bank's approval"), null=True, blank=True)
    review_file = models.ForeignKey(
        StoredFile,
        verbose_name=_("the central bank's approval"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("issuing qualification")
        verbose_name_plural = _("issuing qualifications")
        ordering = ["-effective_from", "-pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["bank"], condition=Q(cancelled_on__isnull=True), name="qualification_one_in_force"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_on__isnull=True) | Q(cancelled_on__gte=models.F("effective_from")),
                name="qualification_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(letter__isnull=False) | ~Q(takeover_note=""),
                name="qualification_rests_on_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bank} {self.effective_from}"

    @property
    def may_issue(self) -> bool:
        """Whether cards may be issued now: in force, and the central bank's review is approved."""
        return self.cancelled_on is None and self.issuing_from is not None


class CardVendor(models.Model):
    """A card vendor chosen in the bureau's tender, for the tender's term."""

    name = models.CharField(_("name"), max_length=120)
    uscc = models.CharField(_("unified social credit code"), max_length=18, unique=True)
    tender_number = models.CharField(_("tender number"), max_length=60)
    tender_from = models.DateField(_("tendered from"))
    tender_until = models.DateField(_("tendered until"))

    class Meta:
        verbose_name = _("card vendor")
        verbose_name_plural = _("card vendors")
        ordering = ["name", "pk"]
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=Q(tender_until__gte=models.F("tender_from")), name="vendor_term_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CaseCounter(models.Model):
    """The last case number used in a year, by kind of case."""

    prefix = models.CharField(max_length=4)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["prefix", "year"], name="case_counter_once_a_year")]

    def __str__(self) -> str:
        return f"{self.prefix}-{self.year}-{self.last:04d}"
