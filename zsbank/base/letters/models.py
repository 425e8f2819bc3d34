"""The register of letters and the counters of their numbers."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, FSMModelMixin, transition

from zsbank.base.files.models import StoredFile
from zsbank.base.letters.states import WAITING_FOR_FILE, LetterState


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
    """A numbered letter: its content is frozen at signing, its file when it is issued."""

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
    state = FSMField(_("state"), default=LetterState.SIGNED, choices=LetterState.choices, protected=True)
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, null=True, related_name="letter")
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
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
        self.error = ""

    @transition(field=state, source=list(WAITING_FOR_FILE), target=LetterState.FAILED)
    def mark_failed(self, error: str) -> None:
        """Store the failure as a work item for the desk; the decision remains valid."""
        self.error = error[:300]
