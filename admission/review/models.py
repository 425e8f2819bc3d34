"""What officers record in a case: findings, conflicts, remarks, notes, visits, opinions, extensions."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from admission.applications.models.applications import PERSON, Application
from admission.editions.models import Criterion
from admission.review.states import FINDING_TONES, OPINION_TONES, FindingResult, OpinionResult
from banks.register.models import Bank
from zsbank.base.cases.turns import SHAPES, Tone
from zsbank.base.files.models import StoredFile


class Finding(models.Model):
    """A reviewer's finding on one criterion, with its reason.

    `recorded` is false while it was saved during typing and its journal entry is to follow.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="findings")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    result = models.CharField(_("finding"), max_length=12, choices=FindingResult)
    reason = models.TextField(_("reason"), blank=True)
    by = models.ForeignKey(
        PERSON, verbose_name=_("finding recorded by"), on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("finding recorded at"))
    recorded = models.BooleanField(default=True, editable=False)

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["criterion__number"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["application", "criterion"], name="finding_one_a_criterion")
        ]
        indexes = [models.Index(fields=["at"], condition=models.Q(recorded=False), name="finding_typed")]

    def __str__(self) -> str:
        return f"{self.application} {self.criterion} {self.result}"

    @property
    def is_met(self) -> bool:
        """Whether the criterion is found met."""
        return self.result == FindingResult.MET

    @property
    def said(self) -> str:
        """The text that a person typed."""
        return self.reason

    @property
    def version(self) -> str:
        """The version that a page sends back as seen; it changes with every save."""
        return f"{self.at.timestamp():.6f}"

    @property
    def tone(self) -> Tone:
        """The colour tone of the result."""
        return FINDING_TONES[FindingResult(self.result)]

    @property
    def shape(self) -> str:
        """The symbol of the tone."""
        return SHAPES[self.tone]


class Conflict(models.Model):
    """An officer's declared conflict of interest, which bars them from acting in the case (law.md §2)."""

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
    """What one criterion lacks, found at intake; the bank is notified of all remarks at once.

    `recorded` is false while it was saved during typing and its journal entry is to follow.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="remarks")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("missing information"), blank=True)
    by = models.ForeignKey(PERSON, verbose_name=_("remarked by"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("remarked"))
    recorded = models.BooleanField(default=True, editable=False)

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["criterion__number"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["application", "criterion"], name="remark_one_a_criterion")
        ]
        indexes = [models.Index(fields=["at"], condition=models.Q(recorded=False), name="remark_typed")]

    def __str__(self) -> str:
        return f"{self.application} {self.criterion}"

    @property
    def said(self) -> str:
        """The text that a person typed."""
        return self.text

    @property
    def version(self) -> str:
        """The version that a page sends back as seen; it changes with every save."""
        return f"{self.at.timestamp():.6f}"


class Note(models.Model):
    """An internal note, never shown to banks or in letters."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="notes")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, null=True, related_name="+")
    text = models.TextField(_("note"))
    by = models.ForeignKey(PERSON, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("written at"))

    class Meta:
        verbose_name = _("internal note")
        verbose_name_plural = _("internal notes")
        ordering = ["-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.application} {self.at}"


class SiteVisit(models.Model):
    """A site visit by at least two officers, with their report (law.md §2)."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="site_visits")
    visited_on = models.DateField(_("visited on"))
    place = models.CharField(_("place"), max_length=200)
    led_by = models.ForeignKey(PERSON, verbose_name=_("led by"), on_delete=models.PROTECT, related_name="+")
    accompanied_by = models.ForeignKey(
        PERSON, verbose_name=_("accompanied by"), on_delete=models.PROTECT, related_name="+"
    )
    criteria = models.ManyToManyField(Criterion, verbose_name=_("criteria"), related_name="+")
    report = models.TextField(_("report"))
    files = models.ManyToManyField(StoredFile, verbose_name=_("photos and documents"), related_name="+")
    by = models.ForeignKey(PERSON, verbose_name=_("recorded by"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("recorded"))

    class Meta:
        verbose_name = _("site visit")
        verbose_name_plural = _("site visits")
        ordering = ["-visited_on", "-pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=~Q(led_by=F("accompanied_by")), name="site_visit_two_officers")
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.visited_on}"


class Opinion(models.Model):
    """A question to the medical insurance side about one criterion, and its answer."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="opinions")
    criterion = models.ForeignKey(
        Criterion, verbose_name=_("criterion"), on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(_("asked at"))
    asked_by = models.ForeignKey(
        PERSON, verbose_name=_("asked by"), on_delete=models.PROTECT, related_name="+"
    )
    result = models.CharField(_("opinion"), max_length=8, choices=OpinionResult, blank=True)
    text = models.TextField(_("description"), blank=True)
    given_on = models.DateField(_("date of the opinion"), null=True)
    given_at = models.DateTimeField(_("entered at"), null=True)
    given_by = models.ForeignKey(
        PERSON, verbose_name=_("entered by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)

    class Meta:
        verbose_name = _("opinion of the medical insurance department")
        verbose_name_plural = _("opinions of the medical insurance department")
        ordering = ["-asked_at", "criterion__number"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["application", "criterion"],
                condition=Q(withdrawn_at__isnull=True),
                name="opinion_asked_once",
            ),
            models.CheckConstraint(
                condition=Q(given_at__isnull=True) | (~Q(result="") & Q(given_on__isnull=False)),
                name="opinion_given_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application.case_number} {self.criterion}"

    @property
    def tone(self) -> Tone:
        """The colour tone of the answer."""
        return OPINION_TONES[OpinionResult(self.result)] if self.result else Tone.WAIT

    @property
    def bank(self) -> Bank:
        """The bank of the application."""
        return self.application.bank


class Presence(models.Model):
    """An officer on the review page: which criterion, and when last."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="+")
    officer = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["application", "officer"], name="presence_once")]

    def __str__(self) -> str:
        return f"{self.application} {self.officer} {self.number}"


class Extension(models.Model):
    """An extension of the time limit, once, in working days (Administrative Licensing Law 42, by analogy)."""

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="extension")
    days = models.PositiveSmallIntegerField(_("working days"))
    reason = models.TextField(_("reason"))
    before = models.DateField(_("previous decision due date"))
    by = models.ForeignKey(PERSON, verbose_name=_("extended by"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("extended at"))

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.application} +{self.days}"
