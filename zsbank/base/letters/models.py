"""The register of letters, how they were served, and the counters of their numbers."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMModelMixin, transition

from zsbank.base.actions.state_field import StateField
from zsbank.base.files.models import StoredFile
from zsbank.base.letters.states import WAITING_FOR_FILE, LetterState
from zsbank.base.letters.terms import Manner


class NumberSeries(models.Model):
    """The last number of a mark in a year; locked while a number is taken, so that there are no gaps."""

    mark = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["mark", "year"], name="series_once_a_year")]

    def __str__(self) -> str:
        return f"{self.mark}〔{self.year}〕{self.last}号"


class Letter(ConcurrentTransitionMixin, FSMModelMixin, models.Model):
    """A numbered letter: its content is frozen at signing, its file when it is issued.

    Args:
        attempts: how often its file was begun; counted before each attempt.
        deaths: attempts in a row that nobody saw the end of, because the program was killed or took too long.
        next_attempt_at: before this moment its file is not tried again.
    """

    kind = models.CharField(_("kind"), max_length=30)
    mark = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200)
    addressee = models.CharField(_("addressee"), max_length=120)
    uscc = models.CharField(_("unified social credit code"), max_length=18, db_index=True)
    issue_date = models.DateField(_("date of issue"))
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("signed by"), on_delete=models.PROTECT, related_name="+"
    )
    case_type = models.CharField(max_length=60)
    case_id = models.BigIntegerField()
    data = models.JSONField(_("source data"))
    template_version = models.PositiveSmallIntegerField(default=1)
    state = StateField(_("state"), default=LetterState.SIGNED, choices=LetterState.choices, protected=True)
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, null=True, related_name="letter")
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    deaths = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"), null=True, blank=True)
    error = models.CharField(_("error"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-issue_date", "-pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["mark", "year", "number"], name="letter_number_once"),
            models.UniqueConstraint(fields=["kind", "case_type", "case_id"], name="letter_once_a_case"),
            models.CheckConstraint(
                condition=~Q(state=LetterState.ISSUED) | Q(file__isnull=False), name="letter_issued_has_file"
            ),
        ]
        indexes = [models.Index(fields=["case_type", "case_id"], name="letter_case")]

    def __str__(self) -> str:
        return f"{self.mark}〔{self.year}〕{self.number}号"

    @property
    def is_issued(self) -> bool:
        """Whether it has a file."""
        return bool(self.state == LetterState.ISSUED)

    @transition(field=state, source=list(WAITING_FOR_FILE), target=LetterState.ISSUED)
    def attach_file(self, file: StoredFile) -> None:
        """Store the file; the letter can no longer change."""
        self.file = file
        self.error, self.deaths, self.next_attempt_at = "", 0, None

    @transition(field=state, source=list(WAITING_FOR_FILE), target=LetterState.SIGNED)
    def ask_again(self) -> None:
        """Let the file be made at once, also after several deaths."""
        self.deaths, self.next_attempt_at = 0, None

    @transition(field=state, source=list(WAITING_FOR_FILE), target=LetterState.FAILED)
    def mark_failed(self, error: str) -> None:
        """Store the failure as a work item for the desk; the decision remains valid."""
        self.error = error[:300]


class Service(models.Model):
    """A service of a letter by another way than the portal; a letter may be served again (law.md §2).

    Args:
        served_on: when it was handed over, received by post, left, or published (local date).
        effective_on: the day on which it counts as served (local date), from which periods run.
        note: who took it, or where it was left or published.
    """

    letter = models.ForeignKey(
        Letter, verbose_name=_("letter"), on_delete=models.PROTECT, related_name="services"
    )
    manner = models.CharField(_("manner of service"), max_length=20, choices=Manner)
    served_on = models.DateField(_("date of service"))
    effective_on = models.DateField(_("counts as served on"))
    note = models.CharField(_("receiver or place"), max_length=200)
    document = models.OneToOneField(
        StoredFile, verbose_name=_("proof of service"), on_delete=models.PROTECT, related_name="service"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("recorded by"), on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("recorded at"))

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ["effective_on", "pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(effective_on__gte=models.F("served_on")), name="service_counts_not_earlier"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_manner_display()} {self.served_on}"
