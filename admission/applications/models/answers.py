"""Answers to the criteria, and the documents that prove them."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from admission.applications.models.applications import PERSON, Application
from admission.editions.models import Criterion
from banks.register.models import Bank
from zsbank.base.calendar import clock
from zsbank.base.files.models import StoredFile


class AnswerQuerySet(models.QuerySet["Answer"]):
    """Answers with their evidence."""

    def with_evidence(self) -> Self:
        """Fetch criterion, evidence and files as well."""
        return self.select_related("criterion", "saved_by").prefetch_related(
            models.Prefetch("evidence", Evidence.objects.select_related("file__by"))
        )


class Answer(models.Model):
    """A bank's answer to one criterion: text, facts by name, and the signature of an undertaking.

    Every save raises `version`; `recorded_version` is the version of the newest journal entry. `saved_from` is the key
    of the opened page that saved last; empty without a page.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="answers")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("statement"), blank=True)
    facts = models.JSONField(_("facts"), default=dict)
    signatory = models.CharField(_("signed by"), max_length=60, blank=True)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0)
    recorded_version = models.PositiveIntegerField(default=0, editable=False)
    saved_at = models.DateTimeField(_("saved"))
    saved_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    saved_from = models.CharField(max_length=32, blank=True, editable=False)

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
    def bank(self) -> Bank:
        """The bank whose answer it is."""
        return self.application.bank

    @property
    def standing_evidence(self) -> "list[Evidence]":
        """The evidence that was not removed."""
        return [evidence for evidence in self.evidence.all() if evidence.removed_at is None]

    @property
    def counted_evidence(self) -> "list[Evidence]":
        """The evidence that counts: not removed and not quarantined."""
        return [evidence for evidence in self.standing_evidence if not evidence.file.is_quarantined]

    @property
    def removed_evidence(self) -> "list[Evidence]":
        """Return the removed evidence, without replaced revisions."""
        replaced = {evidence.replaces_id for evidence in self.evidence.all()}
        return [one for one in self.evidence.all() if one.removed_at is not None and one.pk not in replaced]

    @property
    def evidence_with_revisions(self) -> "list[tuple[Evidence, list[Evidence]]]":
        """The evidence that was not removed, each with its earlier revisions, newest first."""
        own = {evidence.pk: evidence for evidence in self.evidence.all()}
        return [(evidence, _earlier(evidence, own)) for evidence in self.standing_evidence]


def _earlier(evidence: "Evidence", own: "dict[int, Evidence]") -> "list[Evidence]":
    found = []
    while evidence.replaces_id in own:
        evidence = own[evidence.replaces_id]
        found.append(evidence)
    return found


class Evidence(models.Model):
    """A document that proves a criterion, with its date of issue and, if any, of expiry."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="evidence")
    file = models.ForeignKey(
        StoredFile, verbose_name=_("file"), on_delete=models.PROTECT, related_name="evidence"
    )
    replaces = models.OneToOneField(
        "self",
        verbose_name=_("replaces"),
        on_delete=models.PROTECT,
        null=True,
        related_name="replaced_by",
    )
    added_at = models.DateTimeField(_("attached"), default=clock.now)
    issued_on = models.DateField(_("date of issue"), null=True, blank=True)
    expires_on = models.DateField(_("date of expiry"), null=True, blank=True)
    removed_at = models.DateTimeField(_("removed"), null=True)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.file.name

    @property
    def bank(self) -> Bank:
        """The bank whose document it is."""
        return self.answer.bank
