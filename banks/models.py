"""Banks, their outlets and people, and the card vendors."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, FSMModelMixin, transition

from banks.states import IN_FORCE, Standing
from banks.terms import BankCategory
from zsbank.base.calendar.periods import Period
from zsbank.base.files.models import StoredFile
from zsbank.base.letters.models import Letter
from zsbank.base.roles import Role

ROLES_AT_A_BANK = [(role.value, role.label) for role in (Role.BANK_ADMINISTRATOR, Role.BANK_CLERK)]


class Bank(ConcurrentTransitionMixin, FSMModelMixin, models.Model):
    """A bank as a legal entity, known by its unified social credit code, and where it stands."""

    name = models.CharField(_("name"), max_length=120)
    uscc = models.CharField(_("unified social credit code"), max_length=18, unique=True)
    category = models.CharField(_("category"), max_length=20, choices=BankCategory)
    license_institution_code = models.CharField(
        _("institution code of the financial licence"), max_length=15, blank=True
    )
    address = models.CharField(_("address"), max_length=200, blank=True)
    standing = FSMField(_("standing"), default=Standing.APPLICANT, choices=Standing.choices, protected=True)
    bar_last_day = models.DateField(_("last day of the bar"), null=True, blank=True)
    may_apply_from = models.DateField(_("first day to apply again"), null=True, blank=True)
    bar_period = models.JSONField(_("how the bar was reckoned"), null=True, blank=True)
    second_factor_required = models.BooleanField(_("demands a second factor of its people"), default=False)

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

    @transition(field=standing, source=Standing.APPLICANT, target=Standing.QUALIFIED)
    def admit(self) -> None:
        """The decision to admit takes effect; a bar that ran out is history."""
        self.bar_last_day = self.may_apply_from = self.bar_period = None

    @transition(field=standing, source=Standing.QUALIFIED, target=Standing.UNDER_RECTIFICATION)
    def put_under_rectification(self) -> None:
        """The first open rectification order."""

    @transition(field=standing, source=Standing.UNDER_RECTIFICATION, target=Standing.QUALIFIED)
    def end_rectification(self) -> None:
        """The last open rectification order is accepted or withdrawn."""

    @transition(field=standing, source=list(IN_FORCE), target=Standing.EXITED)
    def leave(self, bar: Period) -> None:
        """The qualification is cancelled by consent or notice; the five years begin the day after."""
        self.bar_last_day = bar.last_day
        self.may_apply_from = bar.first_day_after
        self.bar_period = bar.to_json()

    @transition(field=standing, source=Standing.EXITED, target=Standing.LOCKED_OUT)
    def lock_out(self) -> None:
        """The day after cancellation: the bar is running."""

    @transition(field=standing, source=Standing.LOCKED_OUT, target=Standing.APPLICANT)
    def release(self) -> None:
        """The first day after the bar."""


class Qualification(models.Model):
    """The qualification to issue cards: from the decision that admits until the day it is cancelled."""

    bank = models.ForeignKey(
        Bank, verbose_name=_("bank"), on_delete=models.PROTECT, related_name="qualifications"
    )
    effective_from = models.DateField(_("in effect from"))
    cancelled_on = models.DateField(_("cancelled on"), null=True, blank=True)
    issuing_from = models.DateField(
        _("may issue from"),
        null=True,
        blank=True,
        help_text=_("Empty until the central bank's technical review is in."),
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
        ]

    def __str__(self) -> str:
        return f"{self.bank} {self.effective_from}"

    @property
    def may_issue(self) -> bool:
        """Whether cards may be issued now: in force, and the central bank's review is in (criterion 8)."""
        return self.cancelled_on is None and self.issuing_from is not None


class Member(models.Model):
    """A person who acts for a bank."""

    bank = models.ForeignKey(Bank, verbose_name=_("bank"), on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="memberships",
    )
    role = models.CharField(_("role"), max_length=30, choices=ROLES_AT_A_BANK)
    since = models.DateField(_("since"))
    left_on = models.DateField(_("left"), null=True, blank=True)

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ["bank", "pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["bank", "user"], condition=Q(left_on__isnull=True), name="member_once_a_bank"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.bank}"


class Invitation(models.Model):
    """A person asked to act for a bank, until they accept or it is withdrawn.

    The link in the mail carries a random token; here stands its SHA-256 only, so that who reads this table, or a
    copy of it, can accept nothing. An invitation that ran out stays open until it is renewed or withdrawn: the
    bank sees that nobody came.
    """

    bank = models.ForeignKey(
        Bank, verbose_name=_("bank"), on_delete=models.PROTECT, related_name="invitations"
    )
    name = models.CharField(_("name"), max_length=60)
    email = models.EmailField(_("e-mail"))
    role = models.CharField(_("role"), max_length=30, choices=ROLES_AT_A_BANK)
    token_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("invited by"), on_delete=models.PROTECT, related_name="+"
    )
    invited_at = models.DateTimeField(_("invited"))
    expires_at = models.DateTimeField(_("runs out"))
    accepted_at = models.DateTimeField(_("accepted"), null=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("accepted by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["bank", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                "bank",
                Lower("email"),
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="invitation_one_open",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_accepted_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="invitation_accepted_or_withdrawn",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("invited_at")), name="invitation_runs_out_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.bank}"


class Contact(models.Model):
    """A named person at the bank whom the bureaus can reach (criterion 11)."""

    bank = models.ForeignKey(Bank, verbose_name=_("bank"), on_delete=models.PROTECT, related_name="contacts")
    name = models.CharField(_("name"), max_length=60)
    duty = models.CharField(_("duty"), max_length=60)
    office_phone = models.CharField(_("office phone"), max_length=30)
    email = models.EmailField(_("e-mail"))

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["bank", "pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.name


class Outlet(models.Model):
    """A branch or outlet in Zhongshan (criteria 3 and 5)."""

    bank = models.ForeignKey(Bank, verbose_name=_("bank"), on_delete=models.PROTECT, related_name="outlets")
    name = models.CharField(_("name"), max_length=120)
    town = models.CharField(_("town"), max_length=20)
    address = models.CharField(_("address"), max_length=200)
    uscc = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    license_institution_code = models.CharField(
        _("institution code of the financial licence"), max_length=15, blank=True
    )
    open_for_card_business = models.BooleanField(_("open for card business"), default=True)
    windows = models.PositiveSmallIntegerField(_("windows for card business"), default=0)
    trained_staff = models.PositiveSmallIntegerField(_("trained staff"), default=0)
    opening_hours = models.CharField(_("announced hours"), max_length=120, blank=True)
    services = models.JSONField(_("services offered"), default=list)

    class Meta:
        verbose_name = _("outlet")
        verbose_name_plural = _("outlets")
        ordering = ["bank", "name", "pk"]
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["bank", "name"], name="outlet_name_once_a_bank")]

    def __str__(self) -> str:
        return self.name


class OutletImport(models.Model):
    """What a spreadsheet of outlets says, kept until the person has looked at it and saved it or not."""

    bank = models.ForeignKey(Bank, verbose_name=_("bank"), on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("read"))
    name = models.CharField(_("file name"), max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64)
    rows = models.JSONField(_("rows"))
    done_at = models.DateTimeField(_("saved"), null=True)

    class Meta:
        verbose_name = _("import of outlets")
        verbose_name_plural = _("imports of outlets")
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class CardVendor(models.Model):
    """A card maker chosen by the bureau's tender, for the tender's term (criterion 13)."""

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


class PriorNotice(models.Model):
    """Before an adverse decision: what the bank was told, what it stated, and what was answered (law.md §2)."""

    bank = models.ForeignKey(
        Bank, verbose_name=_("bank"), on_delete=models.PROTECT, related_name="prior_notices"
    )
    case_type = models.CharField(max_length=60)
    case_id = models.BigIntegerField()
    told_on = models.DateField(_("told on"))
    due_date = models.DateField(_("state the case by"))
    due_period = models.JSONField(_("how the date was reckoned"))
    letter = models.OneToOneField(
        Letter, verbose_name=_("letter"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    statement = models.TextField(_("what the bank stated"), blank=True)
    stated_at = models.DateTimeField(_("stated"), null=True)
    stated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("stated by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("answered by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("prior notice")
        verbose_name_plural = _("prior notices")
        ordering = ["-pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["case_type", "case_id"], name="prior_notice_once_a_case"),
            models.CheckConstraint(
                condition=~Q(answered_by=models.F("stated_by")), name="statement_answered_by_another_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bank} {self.told_on}"


class CaseCounter(models.Model):
    """The last case number given in a year, by kind of case."""

    prefix = models.CharField(max_length=4)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["prefix", "year"], name="case_counter_once_a_year")]

    def __str__(self) -> str:
        return f"{self.prefix}-{self.year}-{self.last:04d}"
