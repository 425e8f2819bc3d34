"""Actions on the spot: record what was seen, have it signed, confirm the record."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from django.core.files import File
from django.utils.translation import gettext as _

from admission.editions.models import Criterion
from inspections.visits.actions.messages import tell_of_signing
from inspections.visits.models import ChecklistItem, InspectionVisit, PersonPresent, VisitedOutlet
from inspections.visits.queries import evidence_of
from inspections.visits.rules import (
    has_left,
    is_newest,
    is_possible_day_seen,
    may_confirm,
    may_record,
    may_sign,
    part_to_confirm,
)
from inspections.visits.terms import ItemResult, Severity
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.files.actions import store_upload
from zsbank.base.files.rules import has_room
from zsbank.base.journal.facts import held
from zsbank.base.permissions import Verb
from zsbank.base.refusals import FileRefused, Incomplete, Refused, RowsRefused, WrongState, filled

NamedFile = tuple[File, str]  # type: ignore[type-arg]
NO_PHOTOGRAPHS: Mapping[int, Sequence[NamedFile]] = MappingProxyType({})
ALL_STAY: Mapping[int, Collection[int]] = MappingProxyType({})


@dataclass(frozen=True)
class Seen:
    """What was seen of a criterion.

    Args:
        severity, facts: of a finding; otherwise not used.
    """

    result: ItemResult
    severity: Severity | None = None
    facts: str = ""


@dataclass(frozen=True)
class Present:
    """A person of the bank who was present: signed unless there is a reason for refusing."""

    name: str
    position: str
    refusal: str = ""


@action(Verb.RECORD_INSPECTION, on="visit", moves=InspectionVisit.begin, rule=may_record)
def record_inspection(
    *,
    visit: InspectionVisit,
    by: User,
    place: VisitedOutlet,
    seen_on: dt.date,
    seen: Mapping[int, Seen],
    photographs: Mapping[int, Sequence[NamedFile]] = NO_PHOTOGRAPHS,
    without: Mapping[int, Collection[int]] = ALL_STAY,
    version: int,
) -> VisitedOutlet:
    """Record what was seen at one outlet; what is not named stays as it was recorded before.

    Args:
        place: the outlet, one of this inspection.
        seen_on: the day on which officers were there (local date).
        seen: by the primary key of the criterion, which is one of the edition.
        photographs: further photographs and documents of findings, by criterion.
        without: the primary keys of photographs and documents recorded before that are taken out, by criterion.
        version: the version of the checklist that the person had before them.

    Raises:
        NotAllowed: `by` is not one of the inspecting officers.
        WrongState: the record is signed, or the inspection is cancelled; the outlet is not of this inspection, or a
            file that is taken out not of its finding.
        EditConflict: a colleague saved the checklist meanwhile.
        Incomplete: nothing was looked at.
        Refused: the day is impossible (code "seen_on").
        RowsRefused: a finding has no severity or no facts.
        FileRefused: a file exceeds the quota of the case, or its content is not accepted.
    """
    known = visit.outlets.filter(pk=place.pk).first()
    if known is None:
        raise WrongState.moved_on()
    is_newest(known, version).require()
    is_possible_day_seen(visit, seen_on).require()
    criteria = {one.pk: one for one in visit.edition.criteria.filter(pk__in=seen)}
    _are_whole(seen, criteria)
    _save_items(known, seen, criteria, by)
    removed = _take_out(known, without)
    _save_photographs(known, photographs, by)
    if not known.items.exclude(result=ItemResult.NOT_SEEN).exists():
        raise Incomplete(_("Nothing is marked yet. Mark at least one criterion."))
    known.seen_on, known.version = seen_on, known.version + 1
    known.save(update_fields=["seen_on", "version"])
    visit.begin()
    visit.save(update_fields=["state", *_take_place(visit, by)])
    found = sum(one.result == ItemResult.NOT_IN_ORDER for one in seen.values())
    data: dict[str, object] = {
        "outlet": known.name,
        "seen_on": seen_on,
        "criteria": len(seen),
        "findings": found,
    }
    if removed:
        data["removed"] = removed
    record(data=data | held(Verb.RECORD_INSPECTION, *known.items.order_by("pk")))
    return known


def _are_whole(seen: Mapping[int, Seen], criteria: Mapping[int, Criterion]) -> None:
    """Check that criteria are of the edition, and findings have severity and facts.

    Raises:
        WrongState: a criterion is of another edition.
        RowsRefused: a finding is not whole, by criterion.
    """
    if seen.keys() - criteria.keys():
        raise WrongState.moved_on()
    wrong: dict[int, Refused] = {
        pk: Incomplete(_("Enter severity and facts of the finding."))
        for pk, one in seen.items()
        if one.result == ItemResult.NOT_IN_ORDER and not (one.severity and one.facts.strip())
    }
    if wrong:
        raise RowsRefused(wrong)


def _save_items(
    place: VisitedOutlet, seen: Mapping[int, Seen], criteria: Mapping[int, Criterion], by: User
) -> None:
    """Store what was seen; what is the same as before stays with the colleague who recorded it."""
    before = {item.criterion_id: item for item in place.items.all()}
    for pk, one in seen.items():
        item = before.get(pk) or ChecklistItem(place=place, criterion=criteria[pk])
        is_finding = one.result == ItemResult.NOT_IN_ORDER
        now = (one.result, one.severity or "", one.facts.strip()) if is_finding else (one.result, "", "")
        if (item.result, item.severity, item.facts) != now:
            item.result, item.severity, item.facts = now
            item.recorded_by, item.recorded_at = by, clock.now()
            item.save()


def _take_out(place: VisitedOutlet, without: Mapping[int, Collection[int]]) -> list[str]:
    """Take files out of the findings, and return their names; the files themselves stay stored.

    Raises:
        WrongState: a file is not among those of its finding.
    """
    names: list[str] = []
    for pk, keys in without.items():
        item = place.items.filter(criterion=pk).first()
        files = list(item.files.filter(pk__in=keys).order_by("pk")) if item else []
        if item is None or len(files) != len(set(keys)):
            raise WrongState.moved_on()
        item.files.remove(*files)
        names += [file.name for file in files]
    return names


def _save_photographs(place: VisitedOutlet, photographs: Mapping[int, Sequence[NamedFile]], by: User) -> None:
    """Add files to the findings.

    Raises:
        FileRefused: a file exceeds the quota of the case, or its content is not accepted.
    """
    size = sum(content.size or 0 for files in photographs.values() for content, _name in files)
    has_room(evidence_of(place.visit), size).require(FileRefused)
    for item in place.items.filter(criterion__in=photographs, result=ItemResult.NOT_IN_ORDER):
        given = photographs[item.criterion_id]
        item.files.add(*(store_upload(content=content, name=name, by=by) for content, name in given))


@action(Verb.SIGN_INSPECTION, on="visit", moves=InspectionVisit.sign, rule=may_sign)
def sign_inspection(
    *,
    visit: InspectionVisit,
    by: User,
    present: Sequence[Present],
    signed_record: NamedFile | None,
    absence: str = "",
) -> InspectionVisit:
    """Record on the spot who of the bank signed the record or refused; findings no longer change from then on.

    Args:
        present: the people of the bank who were present.
        signed_record: the signed record, such as a photograph of it; needed if somebody signed.
        absence: why nobody of the bank was present; needed if so.

    Raises:
        NotAllowed: `by` is not one of the inspecting officers.
        NotYet: no outlet was seen.
        WrongState: it is signed already, or cancelled.
        Incomplete: nobody is named and no reason given; a name or position is missing; or the record of those who
            signed.
        FileRefused: the content of the record is not accepted.
    """
    if not present:
        visit.absence = filled(absence, _("Name who was present, or why nobody of the bank was."))
    if signed_record is None and any(not one.refusal.strip() for one in present):
        raise Incomplete(_("Attach the signed record, or enter why it was not signed."))
    PersonPresent.objects.bulk_create(_person(visit, one) for one in present)
    if signed_record is not None:
        content, name = signed_record
        has_room(evidence_of(visit), content.size or 0).require(FileRefused)
        visit.record = store_upload(content=content, name=name, by=by)
    visit.sign()
    visit.signed_at = clock.now()
    visit.save(update_fields=["state", "record", "absence", "signed_at", *_take_place(visit, by)])
    signed = sum(not one.refusal.strip() for one in present)
    data = {"signed": signed, "refused": len(present) - signed}
    record(reason=visit.absence, data=data | held(Verb.SIGN_INSPECTION, *visit.present.order_by("pk")))
    tell_of_signing(visit)
    return visit


def _person(visit: InspectionVisit, one: Present) -> PersonPresent:
    words = _("Enter name and position of everybody who was present.")
    refusal = one.refusal.strip()
    return PersonPresent(
        visit=visit,
        name=filled(one.name, words),
        position=filled(one.position, words),
        signed=not refusal,
        refusal=refusal,
    )


@action(Verb.CONFIRM_INSPECTION, on="visit", moves=InspectionVisit.confirm, rule=may_confirm)
def confirm_inspection(*, visit: InspectionVisit, by: User) -> InspectionVisit:
    """Confirm the record as one of the two officers; with the second confirmation it is final.

    For an officer who has left, a colleague confirms it by the signed record; another one if both have left.

    Raises:
        NotAllowed: `by` is not one of the two officers, and both can confirm it themselves.
        WrongState: `by` has confirmed already, or the record is not signed on the spot.
    """
    part = part_to_confirm(by, visit)
    setattr(visit, f"{part}_confirmed_at", clock.now())
    setattr(visit, f"{part}_confirmed_by", by)
    if visit.led_confirmed_by and visit.accompanied_confirmed_by:
        visit.confirm()
    parts = (f"{part}_confirmed_at", f"{part}_confirmed_by")
    visit.save(update_fields=["state", *parts])
    return visit


def _take_place(visit: InspectionVisit, by: User) -> tuple[str, ...]:
    """Let a colleague who records take the place of an officer who has left; return the changed field, if any."""
    if visit.is_inspected_by(by):
        return ()
    left = "led_by" if has_left(visit.led_by) else "accompanied_by"
    setattr(visit, left, by)
    return (left,)
