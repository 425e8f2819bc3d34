"""Recording a determination: who may, on which day, and the order that opens with it, due six months later."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse

from admission.editions.models import PolicyEdition
from admission.tests.factories import admitted, make_edition, pdf_file
from banks.register.models import Bank, Qualification
from banks.register.states import Standing
from inspections.determinations.models import Determination
from inspections.determinations.terms import DeterminationKind
from inspections.rectification.actions.orders import record_determination, set_rectification_deadline
from inspections.rectification.actions.reports import accept_rectification
from inspections.rectification.models import RectificationOrder
from inspections.rectification.states import OrderState
from inspections.rectification.terms import OrderGround
from inspections.rectification.tests.factories import (
    ADMITTED,
    DAY,
    DETERMINED,
    DUE,
    determined,
    left,
    ordered,
    qualified,
    reported,
)
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.files.models import StoredFile
from zsbank.base.journal.models import Entry
from zsbank.base.journal.queries import history_of
from zsbank.base.journal.tests.reading import last_transition
from zsbank.base.letters.models import Letter
from zsbank.base.notices.models import Message
from zsbank.base.refusals import Incomplete, NotAllowed, Refused, WrongState

if TYPE_CHECKING:
    from conftest import People

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]


@pytest.fixture(autouse=True)
def qualification(bank: Bank, people: "People") -> Qualification:
    """示例银行甲 is admitted and issues."""
    return qualified(bank, people.decider)


def _nothing_was_written(bank: Bank) -> bool:
    bank.refresh_from_db()
    return (
        not Determination.objects.exists()
        and not RectificationOrder.objects.exists()
        and not StoredFile.objects.exists()
        and not Letter.objects.exists()
        and not Entry.objects.filter(verb="record_determination").exists()
        and bank.standing != Standing.UNDER_RECTIFICATION
    )


# Who may --------------------------------------------------------------------------------------------------


def test_an_inspector_records_it_and_the_order_opens_at_once(
    bank: Bank, qualification: Qualification, people: "People", edition: PolicyEdition
) -> None:
    found = determined(bank, by=people.inspector, decided_by=people.decider)

    order = RectificationOrder.objects.get()
    bank.refresh_from_db()
    assert (found.qualification, found.decided_by) == (qualification, people.decider)
    assert list(found.criteria.all()) == [edition.criteria.get(number=5)]
    assert (found.document.by, len(found.document.sha256)) == (people.inspector, 64)
    assert (order.state, order.ground, order.determination) == (
        OrderState.OPEN,
        OrderGround.DETERMINATION,
        found,
    )
    assert bank.standing == Standing.UNDER_RECTIFICATION


def test_who_recorded_and_who_decided_is_on_record(bank: Bank, people: "People") -> None:
    found = determined(bank, by=people.inspector, decided_by=people.decider)

    entry = history_of(found).get()
    opened = last_transition(RectificationOrder.objects.get())
    assert (entry.verb, entry.actor, entry.uscc) == ("record_determination", people.inspector, bank.uscc)
    assert entry.reason == found.facts
    assert entry.data == {
        "kind": DeterminationKind.CRITERIA_NOT_MET,
        "date": DETERMINED.isoformat(),
        "decided_by": people.decider.username,
    }
    assert opened is not None
    assert (opened.verb, opened.actor, opened.from_state, opened.to_state) == (
        "open_order",
        people.inspector,
        OrderState.AWAITING_DEADLINE,
        OrderState.OPEN,
    )


def test_the_bank_gets_a_numbered_letter_and_each_of_its_people_a_message(
    bank: Bank, people: "People", clerk: User, administrator: User
) -> None:
    order = ordered(bank, people)

    letter, told = Letter.objects.get(), Message.objects.all()
    assert (order.letter, letter.kind, letter.signed_by) == (
        letter,
        "rectification_order",
        people.inspector,
    )
    assert "请你行于2025年9月3日（含当日）前完成整改" in str(letter.data)
    assert {message.recipient for message in told} == {clerk, administrator}
    assert all("请于2025年9月3日（含当日）前完成整改" in message.body for message in told)
    assert {message.link for message in told} == {reverse("inspections:order", args=[order.pk])}


def test_who_is_no_inspector_records_nothing(bank: Bank, people: "People", administrator: User) -> None:
    for person in (people.decider, people.reviewer, people.assessor, people.auditor, administrator):
        with pytest.raises(NotAllowed):
            determined(bank, by=person, decided_by=people.second_decider)
    assert _nothing_was_written(bank)


def test_another_banks_people_record_nothing(bank: Bank, people: "People", stranger: User) -> None:
    with pytest.raises(NotAllowed):
        determined(bank, by=stranger, decided_by=people.decider)
    assert _nothing_was_written(bank)


def test_another_bank_is_told_nothing(bank: Bank, people: "People", clerk: User, stranger: User) -> None:
    ordered(bank, people)

    assert Message.objects.filter(recipient=clerk).exists()
    assert not Message.objects.filter(recipient=stranger).exists()


def test_nobody_records_what_they_decided_themselves(bank: Bank, people: "People") -> None:
    people.inspector.groups.add(*people.decider.groups.all())
    both = User.objects.get(pk=people.inspector.pk)

    with pytest.raises(NotAllowed) as refused:
        determined(bank, by=both, decided_by=both)

    assert refused.value.code == "four_eyes"
    assert _nothing_was_written(bank)


def test_what_somebody_without_the_deciders_role_decided_is_no_determination(
    bank: Bank, people: "People", administrator: User
) -> None:
    for person in (people.reviewer, people.auditor, administrator):
        with pytest.raises(NotAllowed) as refused:
            determined(bank, by=people.inspector, decided_by=person)
        assert refused.value.code == "decider"
    assert _nothing_was_written(bank)


def test_a_decider_who_left_the_bureau_decides_nothing(bank: Bank, people: "People") -> None:
    people.decider.is_active = False
    people.decider.save(update_fields=["is_active"])

    with pytest.raises(NotAllowed) as refused:
        determined(bank, by=people.inspector, decided_by=people.decider)
    assert refused.value.code == "decider"


# Against whom ---------------------------------------------------------------------------------------------


def test_there_is_nothing_to_determine_against_an_applicant(other_bank: Bank, people: "People") -> None:
    with pytest.raises(WrongState):
        determined(other_bank, by=people.inspector, decided_by=people.decider)
    assert _nothing_was_written(other_bank)


def test_a_stale_copy_of_a_bank_that_left_is_not_determined_against(
    bank: Bank, qualification: Qualification, people: "People"
) -> None:
    stale = Bank.objects.get(pk=bank.pk)
    left(qualification, people.decider, DETERMINED - DAY)

    with pytest.raises(WrongState):
        determined(stale, by=people.inspector, decided_by=people.decider)

    assert stale.standing == Standing.QUALIFIED
    assert _nothing_was_written(bank)


def test_a_stale_copy_of_a_bank_under_rectification_is_not_moved_twice(bank: Bank, people: "People") -> None:
    stale = Bank.objects.get(pk=bank.pk)
    ordered(bank, people)

    determined(stale, by=people.inspector, decided_by=people.decider, on=DETERMINED + DAY)

    assert RectificationOrder.objects.filter(state=OrderState.OPEN).count() == 2
    assert Entry.objects.filter(verb="put_under_rectification").count() == 1


def test_with_two_orders_the_bank_stands_as_qualified_only_after_the_second(
    bank: Bank, people: "People", clerk: User
) -> None:
    first, second = ordered(bank, people), ordered(bank, people, on=DETERMINED + DAY)
    standings = []

    for order in (first, second):
        reported(order, clerk, DUE)
        accept_rectification(order=order, by=people.inspector)
        bank.refresh_from_db()
        standings.append(bank.standing)

    assert standings == [Standing.UNDER_RECTIFICATION, Standing.QUALIFIED]


# Of what --------------------------------------------------------------------------------------------------


def test_a_serious_breach_has_no_time_to_rectify(bank: Bank, people: "People") -> None:
    found = determined(
        bank,
        by=people.inspector,
        decided_by=people.decider,
        kind=DeterminationKind.SERIOUS_BREACH,
        criteria=(),
    )

    bank.refresh_from_db()
    assert Determination.objects.get() == found
    assert not RectificationOrder.objects.exists()
    assert not Letter.objects.exists()
    assert bank.standing == Standing.QUALIFIED


def test_a_serious_default_opens_an_order_and_needs_no_criteria(bank: Bank, people: "People") -> None:
    kind = DeterminationKind.SERIOUS_DEFAULT
    determined(bank, by=people.inspector, decided_by=people.decider, kind=kind, criteria=())

    assert RectificationOrder.objects.get().due_date == DUE


def test_without_facts_criteria_or_a_document_nothing_is_determined(bank: Bank, people: "People") -> None:
    with pytest.raises(Incomplete):
        determined(bank, by=people.inspector, decided_by=people.decider, facts=" \n")
    with pytest.raises(Incomplete):
        determined(bank, by=people.inspector, decided_by=people.decider, criteria=())
    for document in (b"", b"MZ not a document"):
        with pytest.raises(Refused):
            determined(bank, by=people.inspector, decided_by=people.decider, document=document)
    assert _nothing_was_written(bank)


# On which day ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "corresponding", "due"),
    [
        pytest.param("2025-03-03", "2025-09-03", "2025-09-03", id="the same number"),
        pytest.param("2025-02-28", "2025-08-28", "2025-08-28", id="no month end from a month end"),
        pytest.param("2025-03-31", "2025-09-30", "2025-09-30", id="a month of 30 days"),
        pytest.param("2025-08-31", "2026-02-28", "2026-02-28", id="February, a Saturday worked"),
        pytest.param("2023-08-31", "2024-02-29", "2024-02-29", id="February of a leap year"),
        pytest.param("2025-07-02", "2026-01-02", "2026-01-04", id="off the New Year holiday"),
    ],
)
def test_the_due_date_is_six_months_after_the_day_of_determination(
    bank: Bank, people: "People", day: str, corresponding: str, due: str
) -> None:
    order = ordered(bank, people, on=dt.date.fromisoformat(day))

    assert (str(order.start_date), str(order.raw_due_date), str(order.due_date)) == (day, corresponding, due)
    assert order.limit_day == order.raw_due_date
    assert order.explained is not None
    assert (order.explained.last_day, order.explained.n) == (order.due_date, 6)
    assert not order.provisional


def test_a_due_date_on_a_rest_day_of_an_unpublished_year_is_provisional(bank: Bank, people: "People") -> None:
    order = ordered(bank, people, on=dt.date(2098, 4, 1))

    assert (order.raw_due_date, order.provisional) == (dt.date(2098, 10, 1), True)


def test_recorded_late_the_months_run_from_the_day_of_determination_all_the_same(
    bank: Bank, people: "People"
) -> None:
    late = dt.date(2025, 6, 20)
    determined(bank, by=people.inspector, decided_by=people.decider, recorded_on=late)

    order = RectificationOrder.objects.get()
    assert (order.start_date, order.due_date) == (DETERMINED, DUE)


def test_the_due_date_of_a_determination_is_never_set_by_a_person(bank: Bank, people: "People") -> None:
    order = ordered(bank, people)

    for person in (people.inspector, people.assessor):
        with clock.playing(DETERMINED), pytest.raises(WrongState):
            set_rectification_deadline(order=order, by=person, due=DUE + DAY)

    order.refresh_from_db()
    assert order.due_date == DUE


def test_the_database_keeps_the_due_date_within_the_six_months(bank: Bank, people: "People") -> None:
    order = ordered(bank, people)

    with pytest.raises(IntegrityError, match="order_within_limit"), transaction.atomic():
        RectificationOrder.objects.update(raw_due_date=F("limit_day") + DAY)

    order.refresh_from_db()
    assert order.raw_due_date == DUE


def test_the_terms_are_those_of_the_edition_under_which_the_bank_was_admitted(
    other_bank: Bank, stranger: User, people: "People"
) -> None:
    with clock.playing(ADMITTED):
        admitted(other_bank, stranger, people)
    other_bank.refresh_from_db()
    make_edition("newer", dt.date(2024, 1, 1))
    PolicyEdition.objects.filter(slug="newer").update(rectification_months=3)

    order = ordered(other_bank, people)

    assert order.due_date == DUE


@pytest.mark.parametrize(
    ("day", "recorded_on", "code"),
    [
        pytest.param(DETERMINED + DAY, DETERMINED, "future", id="tomorrow"),
        pytest.param(ADMITTED - DAY, ADMITTED, "before", id="before the qualification"),
        pytest.param(DETERMINED, DUE + DAY, "past", id="time to rectify is over"),
    ],
)
def test_a_day_that_cannot_be_is_refused(
    bank: Bank, people: "People", day: dt.date, recorded_on: dt.date, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        determined(bank, by=people.inspector, decided_by=people.decider, on=day, recorded_on=recorded_on)
    assert refused.value.code == code
    assert _nothing_was_written(bank)


@pytest.mark.parametrize(
    ("day", "recorded_on"),
    [
        pytest.param(ADMITTED, ADMITTED, id="the first day of the qualification"),
        pytest.param(DETERMINED, DUE, id="the due date itself"),
    ],
)
def test_a_day_that_just_can_be_is_taken(
    bank: Bank, people: "People", day: dt.date, recorded_on: dt.date
) -> None:
    determined(bank, by=people.inspector, decided_by=people.decider, on=day, recorded_on=recorded_on)

    assert RectificationOrder.objects.get().start_date == day


def test_a_breach_long_past_can_still_be_recorded(bank: Bank, people: "People") -> None:
    found = determined(
        bank,
        by=people.inspector,
        decided_by=people.decider,
        recorded_on=DUE + DAY,
        kind=DeterminationKind.SERIOUS_BREACH,
    )
    assert found.determination_date == DETERMINED


def test_criteria_of_another_edition_are_not_determined(bank: Bank, people: "People") -> None:
    other = make_edition("later", dt.date(2099, 1, 1))

    with clock.playing(DETERMINED), pytest.raises(Refused):
        record_determination(
            bank=bank,
            by=people.inspector,
            decided_by=people.decider,
            kind=DeterminationKind.CRITERIA_NOT_MET,
            determination_date=DETERMINED,
            facts="现场检查发现，一个支行停止受理补换卡业务。",
            criteria=list(other.criteria.filter(number=5)),
            document=pdf_file(),
            document_name="认定书.pdf",
        )

    assert not Determination.objects.exists()
