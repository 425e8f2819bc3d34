"""Reading inspections: findings, what was found before, what waits, what the bank may see."""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from banks.register.models import Bank
from inspections.complaints.queries import founded_of
from inspections.visits.models import ChecklistItem, InspectionVisit, VisitedOutlet
from inspections.visits.states import OPEN_IN_FIELD, WAS_HELD, VisitState
from inspections.visits.terms import ItemResult
from zsbank.base.accounts.models import User
from zsbank.base.accounts.queries import people_with
from zsbank.base.calendar import clock
from zsbank.base.files.models import StoredFile
from zsbank.base.permissions import Verb

EARLIER_SHOWN = 200
"""So many earlier findings of a bank are marked on a checklist."""

OVER = frozenset({VisitState.CLOSED, VisitState.CANCELLED})


def visits() -> QuerySet[InspectionVisit]:
    """Return all inspections with related rows."""
    found: QuerySet[InspectionVisit] = InspectionVisit.objects.select_related(
        "bank", "led_by", "accompanied_by", "letter"
    )
    return found


def shown_to(bank: Bank) -> QuerySet[InspectionVisit]:
    """Return the inspections of which a bank may know: announced ones, and those that were held."""
    return visits().filter(Q(announced=True) | Q(state__in=WAS_HELD), bank=bank)


def unsettled_of(bank: Bank) -> QuerySet[InspectionVisit]:
    """Return the inspections of which a bank may know and that are not over, the oldest first."""
    return shown_to(bank).exclude(state__in=OVER).order_by("visit_day", "pk")


def places_of(visit: InspectionVisit) -> QuerySet[VisitedOutlet]:
    """Return the outlets of an inspection with their items, in order."""
    items = ChecklistItem.objects.select_related("criterion", "recorded_by").prefetch_related("files")
    found: QuerySet[VisitedOutlet] = visit.outlets.all()
    return found.prefetch_related(Prefetch("items", queryset=items))


def findings_of(visit: InspectionVisit) -> QuerySet[ChecklistItem]:
    """Return what is not in order, by outlet and criterion."""
    rows = ChecklistItem.objects.filter(place__visit=visit, result=ItemResult.NOT_IN_ORDER)
    rows = rows.select_related("place", "criterion").prefetch_related("files")
    return rows.order_by("place", "criterion__number")


@dataclass(frozen=True)
class Earlier:
    """What was found of a criterion at this bank before.

    Args:
        slug: the criterion, whatever the edition.
        day: on which officers were there, or on which the complaint was received (local date).
        where: the outlet, or the bank; `outlet_id` is that of the register, if there still is one.
        what: how severe it is, or that it is a founded complaint.
    """

    slug: str
    day: dt.date
    where: str
    outlet_id: int | None
    what: str
    facts: str


def earlier_of(visit: InspectionVisit) -> list[Earlier]:
    """Return the findings of earlier inspections of the bank, and complaints that were founded, newest first.

    At most `EARLIER_SHOWN` of each.
    """
    found = [*_earlier_findings(visit), *_founded_complaints(visit)]
    return sorted(found, key=lambda one: one.day, reverse=True)


def _earlier_findings(visit: InspectionVisit) -> Iterator[Earlier]:
    rows = ChecklistItem.objects.filter(
        place__visit__bank=visit.bank_id, place__visit__state__in=WAS_HELD, result=ItemResult.NOT_IN_ORDER
    ).exclude(place__visit=visit)
    rows = rows.select_related("place__visit", "criterion").order_by("-place__seen_on", "-pk")
    for item in rows[:EARLIER_SHOWN]:
        place = item.place
        day = place.seen_on or place.visit.visit_day
        what = item.get_severity_display()
        yield Earlier(item.criterion.slug, day, place.name, place.outlet_id, what, item.facts)


def _founded_complaints(visit: InspectionVisit) -> Iterator[Earlier]:
    for complaint in founded_of(visit.bank)[:EARLIER_SHOWN]:
        slug = complaint.criterion.slug if complaint.criterion else ""
        where, what = complaint.outlet_name or str(visit.bank), _("founded complaint")
        yield Earlier(slug, complaint.received_on, where, complaint.outlet_id, what, complaint.facts)


def evidence_of(visit: InspectionVisit) -> QuerySet[StoredFile]:
    """Return the files that officers stored with an inspection."""
    return StoredFile.objects.filter(
        Q(checklist_items__place__visit=visit) | Q(inspection_record=visit)
    ).distinct()


def files_of_answers(visit: InspectionVisit) -> QuerySet[StoredFile]:
    """Return the files that the bank handed in."""
    return StoredFile.objects.filter(inspection_answers__visit=visit).distinct()


def inspected_by(person: User) -> Q:
    """Return the condition that a person is one of the inspecting officers."""
    return Q(led_by=person) | Q(accompanied_by=person) | Q(others=person)


def officers_behind(determinations: Collection[int]) -> dict[int, frozenset[int]]:
    """By key of determination, the keys of the officers who inspected what it rests on, or confirmed the record."""
    rows = InspectionVisit.objects.filter(determination__in=determinations).prefetch_related("others")
    return {
        visit.determination_id: frozenset(
            {
                visit.led_by_id,
                visit.accompanied_by_id,
                *(one.pk for one in visit.others.all()),
                *filter(None, (visit.led_confirmed_by_id, visit.accompanied_confirmed_by_id)),
            }
        )
        for visit in rows
        if visit.determination_id is not None
    }


def to_be_held_by(person: User) -> QuerySet[InspectionVisit]:
    """Return the inspections that a person has to hold, for themselves or for who has left, the nearest first."""
    left = ~Q(led_by__in=_officers()) | ~Q(accompanied_by__in=_officers())
    rows = visits().filter(inspected_by(person) | left, state__in=OPEN_IN_FIELD)
    return rows.distinct().order_by("visit_day", "pk")


def to_be_confirmed_by(person: User) -> QuerySet[InspectionVisit]:
    """Return the signed inspections whose record a person confirms, for themselves or for who has left."""
    led = Q(led_confirmed_by=None) & (Q(led_by=person) | ~Q(led_by__in=_officers()))
    accompanied = Q(accompanied_confirmed_by=None) & (
        Q(accompanied_by=person) | ~Q(accompanied_by__in=_officers())
    )
    rows = visits().filter(led | accompanied, state=VisitState.SIGNED)
    rows = rows.exclude(led_confirmed_by=person).exclude(accompanied_confirmed_by=person)
    return rows.order_by("signed_at", "pk")


def _officers() -> QuerySet[User]:
    """Return who can inspect."""
    return people_with(Verb.RECORD_INSPECTION).order_by()


def to_be_reported_by(person: User) -> QuerySet[InspectionVisit]:
    """Return the confirmed inspections of which a person may sign the report, oldest first."""
    others = InspectionVisit.others.through.objects.filter(inspectionvisit=OuterRef("pk"), user=person)
    rows = visits().filter(state=VisitState.CONFIRMED).exclude(Exists(others))
    for part in ("led_by", "accompanied_by", "led_confirmed_by", "accompanied_confirmed_by"):
        rows = rows.exclude(**{part: person})
    return rows.order_by("signed_at", "pk")


def to_be_decided(on: dt.date) -> QuerySet[InspectionVisit]:
    """Return the inspections that the bank has answered, or need not or can no longer answer in time, oldest first."""
    over = Q(state=VisitState.REPORTED, answer_due__lt=on)
    return (
        visits()
        .filter(over | Q(state__in=[VisitState.CLEAR, VisitState.ANSWERED]))
        .order_by("signed_at", "pk")
    )


def corrections_to_confirm() -> QuerySet[InspectionVisit]:
    """Return the inspections whose correction the bank states, or whose due date has passed, most urgent first."""
    over = Q(state=VisitState.CORRECTING, correct_by__lt=clock.today())
    rows = visits().filter(over | Q(state=VisitState.CORRECTED))
    return rows.prefetch_related("answers").order_by("correct_by", "pk")


def overdue(on: dt.date) -> QuerySet[InspectionVisit]:
    """Return the inspections whose correction was due before a day (local date) and of which nobody was told."""
    rows = InspectionVisit.objects.filter(
        state=VisitState.CORRECTING, correct_by__lt=on, overdue_recorded_on=None
    )
    return rows.order_by("pk")
