"""Verifications of rectification reports."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from inspections.rectification.models import RectificationOrder, RectificationReport
from inspections.verification.terms import Manner
from zsbank.base.accounts.models import User
from zsbank.base.files.models import StoredFile

PERSON = settings.AUTH_USER_MODEL


class Verification(models.Model):
    """What officers found when they verified a report; of several on one report the newest counts.

    Fields:
        seen_on: the day on which papers or outlets were seen (local date).
        confirmed_by: the second officer of a visit, or a colleague of one who has left.
    """

    report = models.ForeignKey(
        RectificationReport,
        verbose_name=_("rectification report"),
        on_delete=models.PROTECT,
        related_name="verifications",
    )
    manner = models.CharField(_("manner"), max_length=10, choices=Manner)
    seen_on = models.DateField(_("verified on"))
    fulfilled = models.BooleanField(_("rectified as required"))
    findings = models.TextField(_("findings"))
    files = models.ManyToManyField(
        StoredFile, verbose_name=_("evidence"), related_name="rectification_verifications"
    )
    verified_by = models.ForeignKey(
        PERSON, verbose_name=_("verified by"), on_delete=models.PROTECT, related_name="+"
    )
    verified_at = models.DateTimeField(_("verified at"))
    accompanied_by = models.ForeignKey(
        PERSON, verbose_name=_("accompanied by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    confirmed_by = models.ForeignKey(
        PERSON, verbose_name=_("confirmed by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)

    class Meta:
        verbose_name = _("verification")
        verbose_name_plural = _("verifications")
        ordering = ["-pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(manner=Manner.PAPERS, accompanied_by__isnull=True)
                | Q(manner=Manner.VISIT, accompanied_by__isnull=False),
                name="verification_visit_by_two_officers",
            ),
            models.CheckConstraint(
                condition=~Q(accompanied_by=F("verified_by")) & ~Q(confirmed_by=F("verified_by")),
                name="verification_confirmed_by_another_officer",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False, manner=Manner.VISIT),
                name="verification_confirmation_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report.order} {self.get_manner_display()} {self.seen_on}"

    @classmethod
    def newest_of(cls, order: RectificationOrder) -> Self | None:
        """Return the verification that counts for the report to check; None if it was not verified."""
        rows = cls.objects.filter(report__order=order, report__accepted=None)
        return rows.select_related("report", "verified_by", "accompanied_by").order_by("-pk").first()

    @property
    def stands(self) -> bool:
        """Whether it can be decided on: of a visit, once the second officer has confirmed it."""
        return self.manner == Manner.PAPERS or self.confirmed_at is not None

    @classmethod
    def with_part_of(cls, person: User) -> QuerySet[Self]:
        """Return the verifications in which an officer took part."""
        part = Q(verified_by=person) | Q(accompanied_by=person) | Q(confirmed_by=person)
        return cls.objects.filter(part)
