"""Policy editions with their criteria, and applications with what is answered, found and decided."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, FSMModelMixin, transition

from admission.states import FINAL, OPEN, ApplicationState, FindingResult, Outcome, SupplementStage
from admission.terms import CriterionGroup, RequiredBefore
from banks.models import Bank, Qualification
from zsbank.accounts.models import User
from zsbank.files.models import StoredFile
from zsbank.letters.models import Letter

PERSON = settings.AUTH_USER_MODEL


class EditionQuerySet(models.QuerySet["PolicyEdition"]):
    """Editions by validity."""

    def valid_on(self, day: dt.date) -> "PolicyEdition | None":
        """The edition in force on a day: the newest that is valid from that day or earlier."""
        return self.filter(valid_from__lte=day).order_by("-valid_from").first()


class PolicyEdition(models.Model):
    """An edition of the bureau's mechanism, with the periods it sets. Published once, never edited after."""

    slug = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    valid_from = models.DateField(_("valid from"))
    acceptance_days = models.PositiveSmallIntegerField(_("working days to accept"), default=5)
    decision_days = models.PositiveSmallIntegerField(_("working days to decide"), default=20)
    statement_days = models.PositiveSmallIntegerField(_("working days to state the case"), default=5)
    supplement_days = models.PositiveSmallIntegerField(_("working days to supplement"), default=10)
    rectification_months = models.PositiveSmallIntegerField(_("months to rectify"), default=6)
    bar_years = models.PositiveSmallIntegerField(_("years of the bar"), default=5)
    roll_due_dates = models.BooleanField(_("due dates move off rest days"), default=True)
    roll_bar = models.BooleanField(_("the bar moves off rest days"), default=False)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("policy edition")
        verbose_name_plural = _("policy editions")
        ordering = ["-valid_from", "-pk"]
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["valid_from"], name="edition_one_a_day")]

    def __str__(self) -> str:
        return self.name


class Criterion(models.Model):
    """One of the numbered criteria of an edition: the bureau's own text, and what it means in plain words."""

    edition = models.ForeignKey(
        PolicyEdition, verbose_name=_("edition"), on_delete=models.PROTECT, related_name="criteria"
    )
    number = models.PositiveSmallIntegerField(_("number"))
    group = models.CharField(_("group"), max_length=20, choices=CriterionGroup)
    official_text = models.TextField(_("official text"))
    title_zh = models.CharField(_("short title in Chinese"), max_length=60)
    title_en = models.CharField(_("short title in English"), max_length=120)
    guidance_zh = models.TextField(_("guidance in Chinese"))
    guidance_en = models.TextField(_("guidance in English"))
    kinds = models.JSONField(_("kinds of check"))
    required_before = models.CharField(
        _("required before"), max_length=10, choices=RequiredBefore, default=RequiredBefore.APPROVAL
    )

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["edition", "number"]
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["edition", "number"], name="criterion_number_once")]

    def __str__(self) -> str:
        return f"{self.number}．{self.title_zh}"


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Applications by where they stand."""

    def open(self) -> Self:
        """Not yet decided nor withdrawn."""
        return self.filter(state__in=OPEN)

    def reviewed_by(self, person: User) -> Self:
        """In which this person recorded a finding or a recommendation."""
        own = Q(pk__in=Finding.objects.filter(by=person).values("application"))
        return self.filter(own | Q(pk__in=Recommendation.objects.filter(by=person).values("application")))


class Application(ConcurrentTransitionMixin, FSMModelMixin, models.Model):
    """A bank's application for admission, under the edition that was valid when it was started."""

    bank = models.ForeignKey(
        Bank, verbose_name=_("bank"), on_delete=models.PROTECT, related_name="applications"
    )
    edition = models.ForeignKey(
        PolicyEdition, verbose_name=_("policy edition"), on_delete=models.PROTECT, related_name="+"
    )
    case_number = models.CharField(_("case number"), max_length=20, unique=True)
    state = FSMField(
        _("state"), default=ApplicationState.DRAFT, choices=ApplicationState.choices, protected=True
    )
    started_at = models.DateTimeField(_("started"))
    started_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(_("submitted"), null=True)
    submitted_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    accept_by = models.DateField(_("accept by"), null=True)
    accept_period = models.JSONField(null=True)
    accepted_on = models.DateField(_("accepted on"), null=True)
    decide_by = models.DateField(_("decide by"), null=True)
    decide_period = models.JSONField(null=True)
    closed_on = models.DateField(_("closed on"), null=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["-pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["bank"], condition=Q(state__in=sorted(OPEN)), name="application_one_open"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(FINAL)) | Q(closed_on__isnull=False),
                name="application_final_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return self.case_number

    @transition(field=state, source=ApplicationState.DRAFT, target=ApplicationState.SUBMITTED)
    def submit(self) -> None:
        """The bank hands it in."""

    @transition(field=state, source=ApplicationState.SUBMITTED, target=ApplicationState.UNDER_REVIEW)
    def accept(self) -> None:
        """The bureau accepts it, or the days to say what is missing have passed."""

    @transition(
        field=state,
        source=[ApplicationState.SUBMITTED, ApplicationState.UNDER_REVIEW],
        target=ApplicationState.SUPPLEMENTING,
    )
    def ask_supplement(self) -> None:
        """The bureau tells what is missing; the clock stands still."""

    @transition(field=state, source=ApplicationState.SUPPLEMENTING, target=ApplicationState.SUBMITTED)
    def take_up_acceptance(self) -> None:
        """What was missing before acceptance is handed in, or the time for it is over."""

    @transition(field=state, source=ApplicationState.SUPPLEMENTING, target=ApplicationState.UNDER_REVIEW)
    def take_up_review(self) -> None:
        """What was missing in the review is handed in, or the time for it is over."""

    @transition(field=state, source=ApplicationState.UNDER_REVIEW, target=ApplicationState.RECOMMENDED)
    def recommend(self) -> None:
        """The reviewer recommends a decision."""

    @transition(field=state, source=ApplicationState.RECOMMENDED, target=ApplicationState.UNDER_REVIEW)
    def send_back(self) -> None:
        """The decider sends it back to review."""

    @transition(field=state, source=ApplicationState.RECOMMENDED, target=ApplicationState.APPROVED)
    def approve(self) -> None:
        """The bank is admitted."""

    @transition(field=state, source=ApplicationState.RECOMMENDED, target=ApplicationState.REFUSED)
    def refuse(self) -> None:
        """The bank is not admitted."""

    @transition(field=state, source=sorted(OPEN), target=ApplicationState.WITHDRAWN)
    def withdraw(self) -> None:
        """The bank takes it back."""


class AnswerQuerySet(models.QuerySet["Answer"]):
    """Answers with what shows them."""

    def with_evidence(self) -> Self:
        """With criterion, evidence and files read along."""
        return self.select_related("criterion", "saved_by").prefetch_related("evidence__file")


class Answer(models.Model):
    """What the bank says to one criterion: words, facts by name, and who signed an undertaking and when."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="answers")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("statement"), blank=True)
    facts = models.JSONField(_("facts"), default=dict)
    signatory = models.CharField(_("signed by"), max_length=60, blank=True)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(_("saved"))
    saved_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["criterion__number"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["application", "criterion"], name="answer_one_a_criterion")
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.criterion}"

    @property
    def standing_evidence(self) -> "list[Evidence]":
        """The evidence that was not removed."""
        return [evidence for evidence in self.evidence.all() if evidence.removed_at is None]


class Evidence(models.Model):
    """A document that shows a criterion to be met, with its own date of issue and, where it has one, of expiry."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="evidence")
    file = models.OneToOneField(
        StoredFile, verbose_name=_("file"), on_delete=models.PROTECT, related_name="evidence"
    )
    issued_on = models.DateField(_("date of issue"), null=True, blank=True)
    expires_on = models.DateField(_("date of expiry"), null=True, blank=True)
    removed_at = models.DateTimeField(_("removed"), null=True)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True)
                | Q(issued_on__isnull=True)
                | Q(expires_on__gte=F("issued_on")),
                name="evidence_expires_after_issue",
            ),
        ]

    def __str__(self) -> str:
        return self.file.name


class Finding(models.Model):
    """What a reviewer found of one criterion, and why."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="findings")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    result = models.CharField(_("finding"), max_length=12, choices=FindingResult)
    reason = models.TextField(_("reason"), blank=True)
    by = models.ForeignKey(PERSON, verbose_name=_("found by"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("found"))

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["criterion__number"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["application", "criterion"], name="finding_one_a_criterion")
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.criterion} {self.result}"


class Conflict(models.Model):
    """An officer's declared conflict of interest in a case: it bars them from acting in it (law.md §2)."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="conflicts")
    officer = models.ForeignKey(PERSON, verbose_name=_("officer"), on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(_("reason"))
    at = models.DateTimeField(_("declared"))

    class Meta:
        verbose_name = _("conflict of interest")
        verbose_name_plural = _("conflicts of interest")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["application", "officer"], name="conflict_declared_once")
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.officer}"


class Remark(models.Model):
    """What the intake officer finds missing in one criterion; all remarks are told at once."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="remarks")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("what is missing"), blank=True)
    by = models.ForeignKey(PERSON, verbose_name=_("remarked by"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("remarked"))

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["criterion__number"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["application", "criterion"], name="remark_one_a_criterion")
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.criterion}"


class SupplementRequest(models.Model):
    """What the bank is asked to supplement, by when, and how long the bureau's clock stood still for it."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="supplement_requests")
    stage = models.CharField(_("stage"), max_length=12, choices=SupplementStage)
    asked_at = models.DateTimeField(_("asked"))
    asked_by = models.ForeignKey(
        PERSON, verbose_name=_("asked by"), on_delete=models.PROTECT, related_name="+"
    )
    due_date = models.DateField(_("supplement by"))
    due_period = models.JSONField(_("how the date was reckoned"))
    letter = models.OneToOneField(
        Letter, verbose_name=_("letter"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    handed_in_at = models.DateTimeField(_("handed in"), null=True)
    handed_in_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    closed_on = models.DateField(_("closed on"), null=True)
    days_stood_still = models.PositiveSmallIntegerField(_("working days the clock stood still"), null=True)

    class Meta:
        verbose_name = _("supplement request")
        verbose_name_plural = _("supplement requests")
        ordering = ["-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(closed_on__isnull=True), name="supplement_one_open"
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(stage=SupplementStage.ACCEPTANCE),
                name="supplement_told_once_before_acceptance",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.get_stage_display()}"


class SupplementItem(models.Model):
    """One criterion that is to be supplemented, and what is missing in it."""

    request = models.ForeignKey(SupplementRequest, on_delete=models.PROTECT, related_name="items")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    remark = models.TextField(_("what is missing"))

    class Meta:
        verbose_name = _("item to supplement")
        verbose_name_plural = _("items to supplement")
        ordering = ["criterion__number"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["request", "criterion"], name="supplement_item_once")]

    def __str__(self) -> str:
        return f"{self.request} {self.criterion}"


class Recommendation(models.Model):
    """A reviewer's recommendation; sent back, it stays on record beside the next one."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="recommendations")
    outcome = models.CharField(_("recommended"), max_length=8, choices=Outcome)
    reason = models.TextField(_("reasons"))
    by = models.ForeignKey(
        PERSON, verbose_name=_("recommended by"), on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("recommended at"))
    sent_back_at = models.DateTimeField(_("sent back"), null=True)
    sent_back_reason = models.TextField(_("why it was sent back"), blank=True)

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering = ["-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(sent_back_at__isnull=True),
                name="recommendation_one_standing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.outcome}"


class Decision(models.Model):
    """The decision: one an application, by another person than the one who recommended it."""

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="decision")
    recommendation = models.OneToOneField(Recommendation, on_delete=models.PROTECT, related_name="decision")
    outcome = models.CharField(_("decided"), max_length=8, choices=Outcome)
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
                condition=Q(outcome=Outcome.APPROVE, qualification__isnull=False)
                | Q(outcome=Outcome.REFUSE, qualification__isnull=True),
                name="decision_approval_qualifies",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.outcome}"
