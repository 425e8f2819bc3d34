"""The State Council's yearly notices, as entered by one person and confirmed by another."""

from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zsbank.base.calendar.holidays import DayKind, DayNature
from zsbank.base.calendar.names import english_name
from zsbank.base.calendar.states import HolidaySource, HolidayState, NoticedKind

PERSON = settings.AUTH_USER_MODEL
NAME_LENGTH = 40


class HolidayYearQuerySet(models.QuerySet["HolidayYear"]):
    """Years by state."""

    def in_force(self) -> Self:
        """Return those with which dates are calculated; one for each year at most."""
        return self.filter(confirmed_at__isnull=False, replaced_at=None)

    def to_be_confirmed(self) -> Self:
        """Return those that wait for a second person."""
        return self.filter(confirmed_at=None, withdrawn_at=None)


class HolidayYear(models.Model):
    """The holidays and make-up working days of a year's notice; its days never change.

    `digest` is the SHA-256 of the days. Years that the register knew when it was set up have no persons; one
    entered by the command at the machine's console has only who confirmed it.
    """

    year = models.PositiveSmallIntegerField(_("year"))
    source = models.CharField(_("source"), max_length=8, choices=HolidaySource)
    digest = models.CharField("SHA-256", max_length=64)
    entered_at = models.DateTimeField(_("entered at"))
    entered_by = models.ForeignKey(
        PERSON, verbose_name=_("entered by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)
    confirmed_by = models.ForeignKey(
        PERSON, verbose_name=_("confirmed by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    replaced_at = models.DateTimeField(_("replaced at"), null=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)

    objects = HolidayYearQuerySet.as_manager()

    class Meta:
        verbose_name = _("holidays of a year")
        verbose_name_plural = _("holidays")
        ordering = ["-year", "-pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["year"],
                condition=Q(confirmed_at__isnull=False, replaced_at__isnull=True),
                name="holiday_year_one_in_force",
            ),
            models.UniqueConstraint(
                fields=["year"],
                condition=Q(confirmed_at__isnull=True, withdrawn_at__isnull=True),
                name="holiday_year_one_to_confirm",
            ),
            models.CheckConstraint(
                condition=~Q(confirmed_by=F("entered_by")), name="holiday_year_confirmed_by_another_person"
            ),
            models.CheckConstraint(
                condition=Q(source=HolidaySource.STOCK, confirmed_at__isnull=False)
                | Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="holiday_year_has_its_people",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(confirmed_at__isnull=True),
                name="holiday_year_not_both",
            ),
        ]

    def __str__(self) -> str:
        return str(self.year)

    @property
    def state(self) -> HolidayState:
        """Whether it waits, counts or no longer counts."""
        if self.withdrawn_at is not None:
            return HolidayState.WITHDRAWN
        if self.replaced_at is not None:
            return HolidayState.REPLACED
        return HolidayState.ENTERED if self.confirmed_at is None else HolidayState.IN_FORCE


class HolidayDay(models.Model):
    """A holiday or a make-up working day of a notice."""

    year = models.ForeignKey(HolidayYear, on_delete=models.PROTECT, related_name="days")
    date = models.DateField(_("day"))
    kind = models.CharField(_("kind"), max_length=8, choices=NoticedKind)
    name = models.CharField(_("holiday"), max_length=NAME_LENGTH)

    class Meta:
        verbose_name = _("day of a notice")
        verbose_name_plural = _("days of a notice")
        ordering = ["date"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["year", "date"], name="holiday_day_once_a_year")]

    def __str__(self) -> str:
        return f"{self.date} {self.name}"

    @property
    def nature(self) -> DayNature:
        """The day as period calculation needs it."""
        is_holiday = self.kind == NoticedKind.HOLIDAY
        kind = DayKind.HOLIDAY if is_holiday else DayKind.MAKEUP_WORKING_DAY
        return DayNature(kind, self.name, english_name(self.name), self.year.year)


def digest_of(days: Iterable[tuple[date, str, str]]) -> str:
    """Return the SHA-256 of days, each with date, kind and name, whatever their order."""
    lines = sorted(f"{day.isoformat()},{kind},{name}" for day, kind, name in days)
    return sha256("\n".join(lines).encode()).hexdigest()


def rows_of(days: Mapping[date, DayNature]) -> list[tuple[date, str, str]]:
    """Return the days of a calendar as date, kind and name, by date."""
    kinds = {DayKind.HOLIDAY: NoticedKind.HOLIDAY, DayKind.MAKEUP_WORKING_DAY: NoticedKind.WORKDAY}
    return [(day, kinds[nature.kind].value, nature.holiday_zh) for day, nature in sorted(days.items())]
