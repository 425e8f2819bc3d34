"""What a bank hands in about an inspection."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inspections.visits.models.visits import InspectionVisit
from zsbank.base.files.models import StoredFile


class VisitAnswer(models.Model):
    """The bank's answer to the report, or its statement that the findings are corrected.

    Fields:
        corrects: whether it states a correction; there may be several of these, and one answer.
    """

    visit = models.ForeignKey(InspectionVisit, on_delete=models.PROTECT, related_name="answers")
    corrects = models.BooleanField(_("states a correction"))
    text = models.TextField(_("answer"))
    files = models.ManyToManyField(StoredFile, verbose_name=_("evidence"), related_name="inspection_answers")
    submitted_at = models.DateTimeField(_("submitted at"))
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("submitted by"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("answer to an inspection")
        verbose_name_plural = _("answers to an inspection")
        ordering = ["-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["visit"], condition=Q(corrects=False), name="inspection_answered_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.visit} {self.submitted_at:%Y-%m-%d}"
