"""Banks with their former data and divisions."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMModelMixin, transition

from banks.register.states import IN_FORCE, Standing
from banks.register.terms import BankCategory, BankField
from zsbank.base.accounts.models import User
from zsbank.base.actions.state_field import StateField
from zsbank.base.calendar.periods import Period
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
    standing = StateField(_("standing"), default=Standing.APPLICANT, choices=Standing.choices, protected=True)
    bar_last_day = models.DateField(_("last day of the reapplication bar"), null=True, blank=True)
    may_apply_from = models.DateField(_("first day the bank may apply again"), null=True, blank=True)
    bar_period = models.JSONField(_("how the reapplication bar was calculated"), null=True, blank=True)
    second_factor_required = models.BooleanField(_("requires a second factor for its members"), default=False)
    former_names = models.TextField(
        _("former names"), blank=True, default="", help_text=_("One a line, the latest first.")
    )
    former_codes = models.TextField(
        _("former unified social credit codes"),
        blank=True,
        default="",
        help_text=_("One a line, the latest first."),
    )
    succeeded_by = models.ForeignKey(
        "self",
        verbose_name=_("successor"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
    )
    succeeded_on = models.DateField(_("succeeded on"), null=True, blank=True)
    taken_over_on = models.DateField(
        _("taken over on"),
        null=True,
        blank=True,
        help_text=_("Set if facts older than this register were taken over from paper."),
    )

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
            models.CheckConstraint(
                condition=Q(succeeded_by__isnull=True, succeeded_on__isnull=True)
                | Q(succeeded_by__isnull=False, succeeded_on__isnull=False),
                name="bank_succession_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(succeeded_by=models.F("pk")), name="bank_succeeded_by_another_bank"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_absorbed(self) -> bool:
        """Whether another bank absorbed it."""
        return self.succeeded_by_id is not None

    @property
    def codes(self) -> list[str]:
        """Its unified social credit codes, the present one first: letters, messages and journal keep the old one."""
        return [self.uscc, *self.former_codes.splitlines()]

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

    @transition(field=standing, source=list(IN_FORCE), target=Standing.APPLICANT)
    def pass_on(self) -> None:
        """By its division another bank carries the qualification on; nothing is cancelled, and no bar begins."""

    @transition(field=standing, source=Standing.APPLICANT, target=Standing.QUALIFIED)
    def carry_on(self) -> None:
        """By the division of another bank it carries that bank's qualification on."""

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


class Division(models.Model):
    """A bank that came out of the division of another one, and is bound jointly with the others (公司法 223).

    Args:
        ends_divided: whether the divided bank ended by it (新设分立); otherwise it goes on (派生分立).
        carries_on: whether the qualification, with its open orders and cases, went to this successor.
        letters: the letters about what went to it; they keep the name and the code of the divided bank.
    """

    divided = models.ForeignKey(
        Bank, verbose_name=_("divided bank"), on_delete=models.PROTECT, related_name="divisions"
    )
    successor = models.ForeignKey(
        Bank, verbose_name=_("successor"), on_delete=models.PROTECT, related_name="came_from"
    )
    on = models.DateField(_("divided on"))
    ends_divided = models.BooleanField(_("the divided bank ended"))
    carries_on = models.BooleanField(_("carries the qualification on"))
    case_number = models.CharField(_("case number"), max_length=20)
    letters = models.ManyToManyField(Letter, verbose_name=_("letters"), related_name="passed_by", blank=True)

    class Meta:
        verbose_name = _("division of a bank")
        verbose_name_plural = _("divisions of banks")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["divided", "successor"], name="division_once"),
            models.CheckConstraint(
                condition=~Q(divided=models.F("successor")), name="division_into_another_bank"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.divided} {self.on} {self.successor}"


class FormerValue(models.Model):
    """What a bank's data said until they changed; the documents are with the case of that number."""

    bank = models.ForeignKey(
        Bank, verbose_name=_("bank"), on_delete=models.PROTECT, related_name="former_values"
    )
    field = models.CharField(_("field"), max_length=30, choices=BankField)
    value = models.CharField(_("former value"), max_length=200)
    until = models.DateField(_("changed on"))
    case_number = models.CharField(_("case number"), max_length=20)

    class Meta:
        verbose_name = _("former value")
        verbose_name_plural = _("former values")
        ordering = ["-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.value} ({self.until})"

    @property
    def in_words(self) -> str:
        """The value as people read it."""
        is_category = self.field == BankField.CATEGORY and self.value in BankCategory.values
        return str(BankCategory(self.value).label) if is_category else self.value
