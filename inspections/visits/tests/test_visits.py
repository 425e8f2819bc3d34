"""Inspections in the field: planning, recording, signing, and officers who leave."""

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, transaction

from banks.register.models import Bank
from inspections.rectification.tests.factories import left, qualified
from inspections.visits.actions import fieldwork, planning
from inspections.visits.actions.fieldwork import Present, Seen
from inspections.visits.models import ChecklistItem, InspectionVisit
from inspections.visits.states import VisitState
from inspections.visits.terms import ItemResult, Severity
from inspections.visits.tests.factories import (
    DAY,
    FACTS,
    PLANNED,
    WITNESS,
    criteria_of,
    outlets_of,
    photograph,
    planned,
    recorded,
    reported,
    signed,
    to_record,
    told,
)
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.journal.models import Entry
from zsbank.base.notices.models import Message
from zsbank.base.permissions import Verb
from zsbank.base.refusals import (
    EditConflict,
    Incomplete,
    NotAllowed,
    Refused,
    RowsRefused,
    WrongState,
)

if TYPE_CHECKING:
    from conftest import People

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]


@pytest.fixture(autouse=True)
def _on_a_monday() -> Any:
    with clock.playing(PLANNED):
        yield


def test_plan_keeps_names_of_outlets_and_the_edition(bank: Bank, people: "People") -> None:
    visit = planned(bank, people)
    first, _second = outlets_of(bank)
    row = visit.outlets.order_by("pk")[0]
    assert (row.name, row.address, row.seen_on) == (first.name, first.address, None)
    assert visit.case_number == "JC-2025-0001"
    assert criteria_of(visit)
    first.delete()
    row.refresh_from_db()
    assert (row.outlet, row.name) == (None, first.name)


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"visit_day": PLANNED - DAY}, "day"),
        ({"visit_day": dt.date(2026, 3, 4)}, "day"),
        ({"outlets": []}, "outlets"),
        ({"purpose": " "}, "incomplete"),
    ],
)
def test_impossible_plan_is_refused(other: dict[str, Any], code: str, bank: Bank, people: "People") -> None:
    with pytest.raises(Refused) as refused:
        planned(bank, people, **other)
    assert refused.value.code == code
    assert not InspectionVisit.objects.exists()


def test_plan_may_be_a_year_ahead(bank: Bank, people: "People") -> None:
    assert planned(bank, people, visit_day=dt.date(2026, 3, 3)).visit_day == dt.date(2026, 3, 3)


def test_two_different_officers_are_needed(bank: Bank, people: "People") -> None:
    with pytest.raises(Refused) as refused:
        planned(bank, people, accompanied_by=people.inspector)
    assert refused.value.code == "two_officers"
    with pytest.raises(Refused):
        planned(bank, people, others=[people.assessor])


def test_officer_without_the_role_does_not_inspect(bank: Bank, people: "People", clerk: User) -> None:
    for person in (clerk, people.auditor):
        with pytest.raises(Refused) as refused:
            planned(bank, people, accompanied_by=person)
        assert refused.value.code == "others"


def test_database_wants_two_officers(bank: Bank, people: "People") -> None:
    visit = planned(bank, people)
    with pytest.raises(IntegrityError), transaction.atomic():
        InspectionVisit.objects.filter(pk=visit.pk).update(accompanied_by=visit.led_by)


def test_database_wants_another_person_for_the_report(bank: Bank, people: "People") -> None:
    visit = reported(bank, people)
    for person in (people.inspector, people.assessor):
        with pytest.raises(IntegrityError), transaction.atomic():
            InspectionVisit.objects.filter(pk=visit.pk).update(reported_by=person)


def test_outlet_of_another_bank_is_refused(bank: Bank, other_bank: Bank, people: "People") -> None:
    with pytest.raises(Refused) as refused:
        planned(bank, people, outlets=outlets_of(other_bank, 1))
    assert refused.value.code == "outlets"


def test_bank_without_qualification_is_not_inspected(bank: Bank, people: "People") -> None:
    left(qualified(bank, people.decider), people.decider, PLANNED - DAY)
    with pytest.raises(WrongState):
        planned(bank, people)


def test_unannounced_inspection_is_told_when_it_was_held(bank: Bank, people: "People", clerk: User) -> None:
    visit = recorded(bank, people, announced=False)
    assert (told(bank), visit.is_shown_to_bank) == ([], False)
    visit = fieldwork.sign_inspection(
        visit=visit, by=people.inspector, present=[WITNESS], signed_record=photograph()
    )
    assert (told(bank), visit.is_shown_to_bank) == (["signed"], True)


def test_cancelled_unannounced_inspection_is_never_told(bank: Bank, people: "People", clerk: User) -> None:
    visit = planned(bank, people, announced=False)
    visit = planning.cancel_inspection(visit=visit, by=people.inspector, reason="另行安排。")
    assert (told(bank), visit.is_shown_to_bank, visit.closed_on) == ([], False, PLANNED)
    assert Message.objects.filter(recipient=people.assessor).exists()


def test_announced_inspection_is_told_when_planned_and_cancelled(
    bank: Bank, people: "People", clerk: User
) -> None:
    visit = planned(bank, people)
    planning.cancel_inspection(visit=visit, by=people.inspector, reason="另行安排。")
    assert told(bank) == ["planned", "cancelled"]


def test_findings_are_recorded_with_photographs(bank: Bank, people: "People") -> None:
    visit = recorded(bank, people)
    item = ChecklistItem.objects.get(result=ItemResult.NOT_IN_ORDER)
    assert (item.severity, item.facts, item.files.count()) == (Severity.MODERATE, FACTS, 1)
    assert (visit.state, item.place.seen_on, item.place.version) == (VisitState.UNDERWAY, PLANNED, 1)
    entry = Entry.objects.get(verb=Verb.RECORD_INSPECTION)
    assert entry.data["findings"] == 1


def test_other_officer_adds_to_the_checklist(bank: Bank, people: "People") -> None:
    visit = recorded(bank, people)
    fieldwork.record_inspection(**to_record(visit, people.assessor, photographs=2))
    item = ChecklistItem.objects.get(result=ItemResult.NOT_IN_ORDER)
    assert (item.files.count(), item.recorded_by) == (3, people.inspector)
    fieldwork.record_inspection(**to_record(visit, people.assessor, finds=False))
    item.refresh_from_db()
    assert (item.result, item.recorded_by) == (ItemResult.IN_ORDER, people.assessor)


def test_checklist_that_a_colleague_saved_is_not_overwritten(bank: Bank, people: "People") -> None:
    visit = planned(bank, people)
    before = to_record(visit, people.assessor)
    fieldwork.record_inspection(**to_record(visit, people.inspector))
    with pytest.raises(EditConflict):
        fieldwork.record_inspection(**before)


def test_finding_that_was_none_loses_severity_and_facts(bank: Bank, people: "People") -> None:
    visit = recorded(bank, people)
    fieldwork.record_inspection(**to_record(visit, people.inspector, finds=False))
    item = ChecklistItem.objects.order_by("criterion__number")[0]
    assert (item.result, item.severity, item.facts) == (ItemResult.IN_ORDER, "", "")


@pytest.mark.parametrize(
    "seen",
    [Seen(ItemResult.NOT_IN_ORDER, None, FACTS), Seen(ItemResult.NOT_IN_ORDER, Severity.MINOR, " ")],
)
def test_finding_without_severity_or_facts_is_refused(seen: Seen, bank: Bank, people: "People") -> None:
    visit = planned(bank, people)
    given = to_record(visit, people.inspector)
    pk = criteria_of(visit)[0].pk
    with pytest.raises(RowsRefused) as refused:
        fieldwork.record_inspection(**given | {"seen": {pk: seen}})
    assert list(refused.value.reasons) == [pk]
    assert not ChecklistItem.objects.exists()


def test_outlet_at_which_nothing_was_looked_at_is_not_seen(bank: Bank, people: "People") -> None:
    visit = planned(bank, people)
    given = to_record(visit, people.inspector)
    nothing = {criteria_of(visit)[0].pk: Seen(ItemResult.NOT_SEEN)}
    with pytest.raises(Incomplete):
        fieldwork.record_inspection(**given | {"seen": nothing})
    assert not visit.outlets.exclude(seen_on=None).exists()


def test_only_inspecting_officers_record_and_sign(bank: Bank, people: "People") -> None:
    visit = planned(bank, people)
    with pytest.raises(NotAllowed):
        fieldwork.record_inspection(**to_record(visit, people.reviewer))
    visit = planned(bank, people, others=[people.reviewer])
    fieldwork.record_inspection(**to_record(visit, people.reviewer))
    with pytest.raises(NotAllowed):
        fieldwork.sign_inspection(
            visit=visit, by=people.decider, present=[WITNESS], signed_record=photograph()
        )


@pytest.mark.parametrize("day", [PLANNED - DAY, PLANNED + DAY])
def test_outlet_is_seen_between_planning_and_today(day: dt.date, bank: Bank, people: "People") -> None:
    given = to_record(planned(bank, people), people.inspector)
    with pytest.raises(Refused) as refused:
        fieldwork.record_inspection(**given | {"seen_on": day})
    assert refused.value.code == "seen_on"


def test_outlet_of_another_inspection_is_not_recorded(bank: Bank, people: "People") -> None:
    visit, other = planned(bank, people), planned(bank, people)
    given = to_record(other, people.inspector)
    with pytest.raises(WrongState):
        fieldwork.record_inspection(**given | {"visit": visit})


def test_inspection_is_signed_after_an_outlet_was_seen(bank: Bank, people: "People") -> None:
    visit = planned(bank, people)
    verdict = fieldwork.sign_inspection.verdict(people.inspector, visit)
    assert not verdict.allowed


def test_refusal_to_sign_is_recorded_with_its_reason(bank: Bank, people: "People") -> None:
    refusing = Present("李某", "柜员", "对记录有异议。")
    visit = fieldwork.sign_inspection(
        visit=recorded(bank, people), by=people.assessor, present=[refusing], signed_record=None
    )
    row = visit.present.get()
    assert (row.signed, row.refusal, visit.state) == (False, "对记录有异议。", VisitState.SIGNED)


@pytest.mark.parametrize(
    "given",
    [
        {"present": [WITNESS], "signed_record": None},
        {"present": [], "signed_record": None},
        {"present": [Present("陈某", " ")], "signed_record": "photograph"},
    ],
)
def test_signing_names_everybody_and_has_their_record(
    given: dict[str, Any], bank: Bank, people: "People"
) -> None:
    visit = recorded(bank, people)
    if given["signed_record"]:
        given = given | {"signed_record": photograph()}
    with pytest.raises(Incomplete):
        fieldwork.sign_inspection(visit=visit, by=people.inspector, **given)
    visit.refresh_from_db()
    assert (visit.state, visit.present.count()) == (VisitState.UNDERWAY, 0)


def test_inspection_at_which_nobody_was_present_says_why(bank: Bank, people: "People") -> None:
    visit = fieldwork.sign_inspection(
        visit=recorded(bank, people),
        by=people.inspector,
        present=[],
        signed_record=None,
        absence="网点停业。",
    )
    assert (visit.absence, visit.state) == ("网点停业。", VisitState.SIGNED)


def test_signed_findings_no_longer_change(bank: Bank, people: "People") -> None:
    visit = signed(bank, people)
    with pytest.raises(WrongState):
        fieldwork.record_inspection(**to_record(visit, people.inspector))
    with pytest.raises(WrongState):
        planning.cancel_inspection(visit=visit, by=people.inspector, reason="有误。")
