"""Verifying a report: what is recorded, by whom, and what waits for whom until it is decided on."""

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, transaction

from admission.tests.factories import pdf_file
from inspections.rectification.models import RectificationOrder
from inspections.rectification.states import OrderState
from inspections.rectification.tests.factories import DAY, DUE, reported, swept
from inspections.verification.actions.deciding import accept_rectification, reject_rectification
from inspections.verification.actions.verifying import confirm_verification, verify_rectification
from inspections.verification.models import Verification
from inspections.verification.queries import to_be_confirmed_by, to_be_decided_by, to_be_verified_by
from inspections.verification.terms import Manner
from inspections.verification.tests.factories import (
    FINDINGS,
    confirmed,
    rejected,
    seen,
    verification_by_papers,
    verification_by_visit,
    verified,
    visited,
)
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.calendar.periods import Unit, calculate
from zsbank.base.notices.models import Message
from zsbank.base.refusals import EditConflict, Incomplete, NotAllowed, Refused, WrongState

if TYPE_CHECKING:
    from conftest import People

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]


def waits_for(people: "People") -> dict[str, list[str]]:
    """Return for whom an order waits, by what they do."""
    officers = {"inspector": people.inspector, "assessor": people.assessor, "decider": people.decider}
    lists = {"verify": to_be_verified_by, "confirm": to_be_confirmed_by, "decide": to_be_decided_by}
    return {
        step: [name for name, person in officers.items() if rows(person).exists()]
        for step, rows in lists.items()
    }


def everybody(step: str) -> dict[str, list[str]]:
    """Return that a step waits for everybody whom the query knows."""
    return {one: ["inspector", "assessor", "decider"] if one == step else [] for one in STEPS}


STEPS = ("verify", "confirm", "decide")


def test_report_waits_for_its_verification_and_then_for_a_decision(
    reported_order: RectificationOrder, people: "People"
) -> None:
    assert waits_for(people) == everybody("verify")
    with clock.playing(DUE + DAY):
        found = verified(reported_order, people.inspector)
    assert waits_for(people) == everybody("decide") | {"decide": ["assessor", "decider"]}
    assert (found.manner, found.seen_on, found.findings) == (Manner.PAPERS, DUE + DAY, FINDINGS)
    assert found.stands


def test_visit_is_confirmed_by_its_second_officer(
    reported_order: RectificationOrder, people: "People"
) -> None:
    with clock.playing(DUE):
        found = visited(reported_order, people)
        assert not found.stands
        assert waits_for(people) == everybody("confirm") | {"confirm": ["assessor"]}
        told = Message.objects.get(key=f"rectification:{reported_order.pk}:verified:{found.pk}")
        assert told.recipient == people.assessor
        for person in (people.inspector, people.second_assessor):
            with pytest.raises(NotAllowed):
                confirm_verification(order=reported_order, by=person, seen=found.pk)
        confirm_verification(order=reported_order, by=people.assessor, seen=found.pk)
    found.refresh_from_db()
    assert (found.confirmed_by, found.stands) == (people.assessor, True)
    assert waits_for(people) == everybody("decide") | {"decide": ["decider"]}
    with pytest.raises(WrongState):
        confirm_verification(order=reported_order, by=people.assessor, seen=seen(reported_order))


def test_colleague_confirms_for_an_officer_who_left(
    reported_order: RectificationOrder, people: "People"
) -> None:
    with clock.playing(DUE):
        visited(reported_order, people)
        User.objects.filter(pk=people.assessor.pk).update(is_active=False)
        assert not to_be_confirmed_by(people.inspector).exists()
        assert to_be_confirmed_by(people.second_assessor).exists()
        with pytest.raises(NotAllowed):
            confirm_verification(order=reported_order, by=people.inspector, seen=seen(reported_order))
        assert confirm_verification(
            order=reported_order, by=people.second_assessor, seen=seen(reported_order)
        ).stands


def test_newest_verification_counts(reported_order: RectificationOrder, people: "People") -> None:
    with clock.playing(DUE):
        verified(reported_order, people.inspector, fulfilled=False)
        visited(reported_order, people)
    assert waits_for(people) == everybody("confirm") | {"confirm": ["assessor"]}
    assert Verification.objects.count() == 2


def test_next_report_is_verified_anew(order: RectificationOrder, clerk: User, people: "People") -> None:
    reported(order, clerk, DUE - 2 * DAY)
    with clock.playing(DUE - DAY):
        rejected(order, people)
    reported(order, clerk, DUE)
    assert waits_for(people) == everybody("verify")


IMPOSSIBLE: dict[str, tuple[dict[str, Any], str]] = {
    "tomorrow": ({"seen_on": DUE + DAY}, "future"),
    "before the report": ({"seen_on": DUE - DAY}, "before"),
    "a visit alone": ({"accompanied_by": None}, "two_officers"),
    "a visit without evidence": ({"files": []}, "evidence"),
}


@pytest.mark.parametrize("case", IMPOSSIBLE)
def test_impossible_verification_is_refused_at_its_field(
    reported_order: RectificationOrder, people: "People", case: str
) -> None:
    other, code = IMPOSSIBLE[case]
    with clock.playing(DUE), pytest.raises(Refused) as refused:
        visited(reported_order, people, **other)
    assert refused.value.code == code
    assert not Verification.objects.exists()


def test_second_officer_is_another_officer(reported_order: RectificationOrder, people: "People") -> None:
    for person in (people.inspector, people.auditor, people.decider):
        with clock.playing(DUE), pytest.raises(Refused) as refused:
            visited(reported_order, people, accompanied_by=person)
        assert refused.value.code == "two_officers"


def test_findings_are_required(reported_order: RectificationOrder, people: "People") -> None:
    with clock.playing(DUE), pytest.raises(Incomplete):
        verified(reported_order, people.inspector, findings=" ")


def test_database_holds_two_officers_of_a_visit(reported_order: RectificationOrder, people: "People") -> None:
    with clock.playing(DUE):
        found = visited(reported_order, people)
    for wrong in (
        {"accompanied_by": None},
        {"accompanied_by": people.inspector},
        {"confirmed_by": people.inspector, "confirmed_at": clock.now()},
        {"confirmed_by": people.assessor},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Verification.objects.filter(pk=found.pk).update(**wrong)


def test_verification_has_a_day_in_working_days(reported_order: RectificationOrder) -> None:
    expected = calculate(DUE, 15, Unit.WORKDAY)
    assert reported_order.verify_by == expected.last_day
    assert reported_order.verify_period == expected.to_json()


def test_who_has_the_report_is_reminded_once_of_its_day(
    reported_order: RectificationOrder, people: "People"
) -> None:
    day = reported_order.verify_by
    assert day is not None

    def reminded(on: dt.date) -> set[str]:
        known = set(Message.objects.values_list("pk", flat=True))
        swept("remind_of_verification", on)
        told = Message.objects.exclude(pk__in=known).select_related("recipient")
        return {row.recipient.username for row in told if row.recipient}

    assert reminded(day - 6 * DAY) == set()
    assert reminded(day - 5 * DAY) == {"inspector", "assessor", "assessor2"}
    assert reminded(day - 4 * DAY) == set()
    with clock.playing(day - 3 * DAY):
        visited(reported_order, people)
    assert reminded(day - DAY) == {"assessor"}


def test_deciders_are_reminded_once_the_report_is_verified(
    reported_order: RectificationOrder, people: "People"
) -> None:
    day = reported_order.verify_by
    assert day is not None
    with clock.playing(DUE):
        confirmed(reported_order, people)
    assert swept("remind_of_verification", day) == 1
    told = Message.objects.filter(key__startswith=f"rectification:{reported_order.pk}:verify:")
    assert {row.recipient for row in told} == {people.decider, people.second_decider}


def test_late_verification_changes_nothing_for_the_bank(
    reported_order: RectificationOrder, people: "People"
) -> None:
    later = DUE + 200 * DAY
    assert swept("lapse", later) == 0
    with clock.playing(later):
        verify_rectification(**verification_by_papers(reported_order, people.inspector))
    assert RectificationOrder.objects.get().state == reported_order.state


def test_evidence_is_kept_within_the_quota_of_the_case(
    reported_order: RectificationOrder, people: "People", settings: Any
) -> None:
    settings.CASE_QUOTA_BYTES = 10
    with clock.playing(DUE), pytest.raises(Refused):
        verify_rectification(
            **verification_by_visit(reported_order, people, files=[(pdf_file(), "照片.pdf")])
        )


def test_submitter_neither_verifies_nor_decides(
    order: RectificationOrder, clerk: User, people: "People"
) -> None:
    reported(order, clerk, DUE)
    clerk.is_staff = True
    clerk.save(update_fields=["is_staff"])
    clerk.groups.set([*people.inspector.groups.all(), *people.decider.groups.all()])
    officer = User.objects.get(pk=clerk.pk)
    with clock.playing(DUE):
        with pytest.raises(NotAllowed):
            verified(order, officer)
        verified(order, people.inspector)
        with pytest.raises(NotAllowed):
            accept_rectification(order=order, by=officer, seen=seen(order))
    order.refresh_from_db()
    assert order.state == OrderState.REPORTED


def test_only_what_was_read_is_confirmed_or_decided_on(
    reported_order: RectificationOrder, people: "People"
) -> None:
    with clock.playing(DUE):
        read = visited(reported_order, people)
        again = visited(reported_order, people, findings="另有一个窗口无人值守。", fulfilled=False)
        with pytest.raises(EditConflict):
            confirm_verification(order=reported_order, by=people.assessor, seen=read.pk)
        confirm_verification(order=reported_order, by=people.assessor, seen=again.pk)
        with pytest.raises(EditConflict):
            reject_rectification(order=reported_order, by=people.decider, seen=read.pk, remark="仍有缺口。")
        newest = verified(reported_order, people.inspector)
        with pytest.raises(EditConflict):
            accept_rectification(order=reported_order, by=people.decider, seen=again.pk)
        accepted = accept_rectification(order=reported_order, by=people.decider, seen=newest.pk)
    assert accepted.state == OrderState.ACCEPTED


@pytest.mark.parametrize("change", [{"fulfilled": True}, {"findings": "已整改。"}, {"seen_on": DUE - DAY}])
def test_nothing_is_signed_on_findings_that_were_changed(
    reported_order: RectificationOrder, people: "People", change: dict[str, Any]
) -> None:
    with clock.playing(DUE):
        found = verified(reported_order, people.inspector, fulfilled="fulfilled" not in change)
        Verification.objects.update(**change)
        for sign in (accept_rectification, reject_rectification):
            with pytest.raises(Refused) as refused:
                sign(order=reported_order, by=people.decider, seen=found.pk, remark="核对。")
            assert refused.value.code == "contradicted"
    assert RectificationOrder.objects.get().state == OrderState.REPORTED
