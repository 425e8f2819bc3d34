"""Assessment schemes: one in force for each year."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from inspections.schemes.states import SchemeState

PERSON = settings.AUTH_USER_MODEL


class SchemeQuerySet(models.QuerySet["AssessmentScheme"]):
    """Schemes by state."""

    def in_force(self) -> Self:
        """Return those by which results are graded; one for each year at most."""
        return self.filter(published_at__isnull=False, replaced_at=None)

    def drafts(self) -> Self:
        """Return those that can be changed and wait for a second person; one for each year at most."""
        return self.filter(published_at=None, withdrawn_at=None)

    def of_year(self, year: int, *, lock: bool = False) -> "AssessmentScheme | None":
        """Return the scheme in force for a year; None without one.

        Args:
            year: the assessed year.
            lock: until the transaction ends no other version replaces it.
        """
        schemes = self.in_force().filter(year=year)
        if not lock:
            return schemes.first()
        locked = schemes.select_for_update(no_key=True)
        # Whoever waited for a version that was replaced meanwhile finds the new one only when asking again.
        return locked.first() or locked.first()


class AssessmentScheme(models.Model):
    """The scheme of a year: grades with their inclusive lower bounds, best first.

    Immutable once published. Before a result of the year is recorded, a new version can replace it. Schemes from
    before they were drafted at the desk have no persons.
    """

    year = models.PositiveSmallIntegerField(_("assessed year"))
    bands = models.JSONField(_("grades and lower bounds"))
    drafted_by = models.ForeignKey(
        PERSON, verbose_name=_("drafted by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    published_at = models.DateTimeField(_("published at"), null=True)
    published_by = models.ForeignKey(
        PERSON, verbose_name=_("published by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    replaced_at = models.DateTimeField(_("replaced at"), null=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)

    objects = SchemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment scheme")
        verbose_name_plural = _("assessment schemes")
        ordering = ["-year", "-pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["year"],
                condition=Q(published_at__isnull=False, replaced_at__isnull=True),
                name="scheme_one_in_force",
            ),
            models.UniqueConstraint(
                fields=["year"],
                condition=Q(published_at__isnull=True, withdrawn_at__isnull=True),
                name="scheme_one_draft",
            ),
            models.CheckConstraint(
                condition=~Q(published_by=F("drafted_by")), name="scheme_published_by_another_person"
            ),
            models.CheckConstraint(
                condition=Q(drafted_by__isnull=True)
                | Q(published_at__isnull=True, published_by__isnull=True)
                | Q(published_at__isnull=False, published_by__isnull=False),
                name="scheme_has_its_people",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, replaced_at__isnull=True)
                | Q(published_at__isnull=False, withdrawn_at__isnull=True),
                name="scheme_published_or_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return str(self.year)

    @property
    def state(self) -> str:
        """The state, derived from its dates."""
        if self.withdrawn_at is not None:
            return SchemeState.WITHDRAWN
        if self.published_at is None:
            return SchemeState.DRAFT
        return SchemeState.PUBLISHED if self.replaced_at is None else SchemeState.REPLACED
