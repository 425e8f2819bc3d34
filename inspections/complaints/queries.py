"""Reading complaints: what waits, what is overdue, and figures of a year."""

import datetime as dt
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import ExtractMonth, ExtractYear
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admission.editions.models import Criterion
from banks.register.models import Bank
from inspections.complaints.models import Complaint, ComplaintImport, ComplaintReply
from inspections.complaints.states import ComplaintState, ImportState
from inspections.complaints.terms import KEPT_DAYS
from zsbank.base.calendar import clock

YEARS_SHOWN = 20


def complaints() -> QuerySet[Complaint]:
    """Return all complaints with related rows, newest first."""
    found: QuerySet[Complaint] = Complaint.objects.select_related("bank", "criterion", "entered_by")
    return found.prefetch_related("replies")


def seen_by(bank: Bank) -> QuerySet[Complaint]:
    """Return the complaints of a bank that were ever forwarded to it, newest first."""
    return _known_to(bank, complaints())


def to_be_answered_by(bank: Bank) -> QuerySet[Complaint]:
    """Return the complaints that a bank has to answer, or that wait for the bureau's check; most urgent first."""
    waiting = [ComplaintState.FORWARDED, ComplaintState.ANSWERED]
    return seen_by(bank).filter(state__in=waiting).order_by("due_date", "pk")


def to_be_forwarded() -> QuerySet[Complaint]:
    """Return the complaints that nobody has forwarded, those received first before others."""
    return complaints().filter(state=ComplaintState.RECEIVED).order_by("received_on", "pk")


def to_be_closed() -> list[Complaint]:
    """Return the complaints with an answer to be checked, and those not answered in time; earliest due first."""
    answered = Q(state=ComplaintState.ANSWERED)
    late = Q(state=ComplaintState.FORWARDED, due_date__lt=clock.today())
    return list(complaints().filter(answered | late).order_by("due_date", "pk"))


def overdue(on: dt.date) -> QuerySet[Complaint]:
    """Return the complaints that were to be answered before a day (local date) and of which nobody was told."""
    rows = Complaint.objects.filter(state=ComplaintState.FORWARDED, due_date__lt=on, overdue_recorded_on=None)
    return rows.order_by("pk")


def to_be_taken_in() -> QuerySet[ComplaintImport]:
    """Return the lists that were read and wait, oldest first."""
    rows: QuerySet[ComplaintImport] = ComplaintImport.objects.filter(state=ImportState.READ)
    return rows.order_by("read_at", "pk")


def forgotten() -> QuerySet[ComplaintImport]:
    """Return the lists that nobody took in for `KEPT_DAYS`."""
    return to_be_taken_in().filter(read_at__lte=clock.days_from_now(-KEPT_DAYS))


def is_late() -> Q:
    """Return the condition that a bank answered late once, or has not answered and its due date has passed."""
    late = ComplaintReply.objects.filter(complaint=OuterRef("pk"), answered_on__gt=F("due_date"))
    waits = Q(state=ComplaintState.FORWARDED, due_date__lt=clock.today())
    return ~Q(state=ComplaintState.WITHDRAWN) & (Q(Exists(late)) | waits)


def complaints_of_period(bank: Bank, first: dt.date, last: dt.date) -> QuerySet[Complaint]:
    """Return the complaints of a bank received in a period, earliest first: evidence of how it met its duties.

    Args:
        first, last: the days of the period (local dates), both included.
    """
    rows = complaints().filter(bank=bank, received_on__range=(first, last))
    return rows.exclude(state=ComplaintState.WITHDRAWN).order_by("received_on", "pk")


def founded_of(bank: Bank) -> QuerySet[Complaint]:
    """Return the complaints about a bank that were closed as founded and concern a criterion, newest first."""
    rows = Complaint.objects.filter(bank=bank, state=ComplaintState.CLOSED, founded=True)
    return rows.exclude(criterion=None).select_related("criterion")


def years(bank: Bank | None = None) -> list[int]:
    """Return the years in which complaints were received, of a bank those that it knows; the latest first."""
    found = (
        _known_to(bank, Complaint.objects.all()).annotate(year=ExtractYear("received_on")).order_by("-year")
    )
    return list(found.values_list("year", flat=True).distinct()[:YEARS_SHOWN])


class By(StrEnum):
    """What figures are counted by."""

    BANK = "bank"
    OUTLET = "outlet"
    KIND = "kind"
    MONTH = "month"


BY_WORDS = {
    By.BANK: gettext_lazy("By bank"),
    By.OUTLET: gettext_lazy("By outlet"),
    By.KIND: gettext_lazy("By kind"),
    By.MONTH: gettext_lazy("By month"),
}
GROUPED: dict[By, tuple[tuple[str, ...], tuple[str, ...]]] = {
    By.BANK: (("bank", "bank__name"), ("bank__name", "bank")),
    By.OUTLET: (("bank", "bank__name", "outlet_name"), ("bank__name", "bank", "outlet_name")),
    By.KIND: (("criterion__slug",), ("-count", "criterion__slug")),
    By.MONTH: (("month",), ("month",)),
}
"""The columns that make a group, and the order of the groups."""


def figures_of_year(year: int, by: By, bank: Bank | None = None) -> QuerySet[Any, Any]:
    """Return the figures of a year by bank, outlet, kind or month in which the complaints were received.

    Args:
        bank: count only the complaints that were forwarded to this bank.
    """
    columns, order = GROUPED[by]
    counted = _counted(year, bank).annotate(month=ExtractMonth("received_on"))
    rows: QuerySet[Any, Any] = counted.values(*columns)
    return rows.annotate(**_figures()).order_by(*order)


def sums_of_year(year: int, bank: Bank | None = None) -> dict[str, Any]:
    """Return the figures of all complaints of a year, or of those that were forwarded to a bank."""
    return _counted(year, bank).aggregate(**_figures())


def names_of_kinds() -> dict[str, str]:
    """Return number and title of each kind by its code, as the latest edition has it."""
    rows = Criterion.objects.filter(edition__published_at__isnull=False).select_related("edition")
    return {one.slug: one.named for one in rows.order_by("edition__valid_from", "number")}


def chosen(given: str, first: By) -> By:
    """Return what a page counts by, as its address says; `first` if it says nothing of the kind."""
    return By(given) if given in set(By) else first


def name_of_group(row: dict[str, Any], by: By, kinds: dict[str, str]) -> str:
    """Return how a group of figures is called."""
    return NAMES[by](row, kinds)


def outlet_of_group(row: dict[str, Any]) -> str:
    """Return the outlet of a group as its bank calls it."""
    return str(row["outlet_name"]).removeprefix(str(row["bank__name"])) or _("the bank as a whole")


def _month(row: dict[str, Any], kinds: dict[str, str]) -> str:
    return _("Month %(n)s") % {"n": row["month"]}


NAMES: dict[By, Callable[[dict[str, Any], dict[str, str]], str]] = {
    By.BANK: lambda row, kinds: str(row["bank__name"]),
    By.OUTLET: lambda row, kinds: f"{row['bank__name']} · {row['outlet_name'] or _('the bank as a whole')}",
    By.KIND: lambda row, kinds: kinds.get(row["criterion__slug"], _("Another matter")),
    By.MONTH: _month,
}


def _known_to(bank: Bank | None, rows: QuerySet[Complaint]) -> QuerySet[Complaint]:
    """Return the complaints of which a bank knows; without a bank all of them."""
    return rows if bank is None else rows.filter(bank=bank, rounds__gt=0)


def _counted(year: int, bank: Bank | None) -> QuerySet[Complaint]:
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    rows = _known_to(bank, Complaint.objects.filter(received_on__range=(first, last)))
    return rows.exclude(state=ComplaintState.WITHDRAWN).annotate(late=is_late())


def _figures() -> dict[str, Any]:
    """Return complaints received, not closed, founded, not founded, and answered late or not in time."""
    return {
        "count": Count("pk"),
        "open_count": Count("pk", filter=~Q(state=ComplaintState.CLOSED)),
        "founded_count": Count("pk", filter=Q(founded=True)),
        "unfounded_count": Count("pk", filter=Q(founded=False)),
        "late_count": Count("pk", filter=Q(late=True)),
    }
