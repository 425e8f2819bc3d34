"""Recording a determination: permission, dates, and the order due six months later."""

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
    """示例银行甲 is admitted and issues cards."""
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


# Permission -------------------------------------------------------------------------------------------------


def test_recorded_determination_opens_an_order(
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


def test_recorder_and_decider_are_journalled(bank: Bank, people: "People") -> None:
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


def test_bank_gets_letter_and_messages(
    bank: Bank, people: "People", clerk: User, administrator: User
) -> None:
    order = ordered(bank, people)

    letter, posted = Letter.objects.get(), Message.objects.all()
    assert (order.letter, letter.kind, letter.signed_by) == (
        letter,
        "rectification_order",
        people.inspector,
    )
    assert "请你行于2025年9月3日（含当日）前完成整改" in str(letter.data)
    assert {message.recipient for message in posted} == {clerk, administrator}
    assert all("请于2025年9月3日（含当日）前完成整改" in message.body for message in posted)
    assert {message.link for message in posted} == {reverse("inspections:order", args=[order.pk])}


def test_recording_determination_needs_the_role_of_inspector(
    bank: Bank, people: "People", administrator: User
) -> None:
    for person in (people.decider, people.reviewer, people.assessor, people.auditor, administrator):
        with pytest.raises(NotAllowed):
            determined(bank, by=person, decided_by=people.second_decider)
    assert _nothing_was_written(bank)


def test_recording_determination_by_other_bank_is_refused(
    bank: Bank, people: "People", stranger: User
) -> None:
    with pytest.raises(NotAllowed):
        determined(bank, by=stranger, decided_by=people.decider)
    assert _nothing_was_written(bank)


def test_other_bank_gets_no_message(bank: Bank, people: "People", clerk: User, stranger: User) -> None:
    ordered(bank, people)

    assert Message.objects.filter(recipient=clerk).exists()
    assert not Message.objects.filter(recipient=stranger).exists()


def test_decider_does_not_record(bank: Bank, people: "People") -> None:
    people.inspector.groups.add(*people.decider.groups.all())
    both = User.objects.get(pk=people.inspector.pk)

    with pytest.raises(NotAllowed) as refused:
        determined(bank, by=both, decided_by=both)

    assert refused.value.code == "four_eyes"
    assert _nothing_was_written(bank)


def test_determination_by_non_decider_is_refused(bank: Bank, people: "People", administrator: User) -> None:
    for person in (people.reviewer, people.auditor, administrator):
        with pytest.raises(NotAllowed) as refused:
            determined(bank, by=people.inspector, decided_by=person)
        assert refused.value.code == "decider"
    assert _nothing_was_written(bank)


def test_determination_by_former_decider_is_refused(bank: Bank, people: "People") -> None:
    people.decider.is_active = False
    people.decider.save(update_fields=["is_active"])

    with pytest.raises(NotAllowed) as refused:
        determined(bank, by=people.inspector, decided_by=people.decider)
    assert refused.value.code == "decider"


# State ----------------------------------------------------------------------------------------------------


def test_determination_against_applicant_is_refused(other_bank: Bank, people: "People") -> None:
    with pytest.raises(WrongState):
        determined(other_bank, by=people.inspector, decided_by=people.decider)
    assert _nothing_was_written(other_bank)


def test_determination_against_exited_bank_is_refused(
    bank: Bank, qualification: Qualification, people: "People"
) -> None:
    stale = Bank.objects.get(pk=bank.pk)
    left(qualification, people.decider, DETERMINED - DAY)

    with pytest.raises(WrongState):
        determined(stale, by=people.inspector, decided_by=people.decider)

    assert stale.standing == Standing.QUALIFIED
    assert _nothing_was_written(bank)


def test_second_order_leaves_standing_unchanged(bank: Bank, people: "People") -> None:
    stale = Bank.objects.get(pk=bank.pk)
    ordered(bank, people)

    determined(stale, by=people.inspector, decided_by=people.decider, on=DETERMINED + DAY)

    assert RectificationOrder.objects.filter(state=OrderState.OPEN).count() == 2
    assert Entry.objects.filter(verb="put_under_rectification").count() == 1


def test_bank_is_qualified_after_its_last_order(bank: Bank, people: "People", clerk: User) -> None:
    first, second = ordered(bank, people), ordered(bank, people, on=DETERMINED + DAY)
    standings = []

    for order in (first, second):
        reported(order, clerk, DUE)
        accept_rectification(order=order, by=people.inspector)
        bank.refresh_from_db()
        standings.append(bank.standing)

    assert standings == [Standing.UNDER_RECTIFICATION, Standing.QUALIFIED]


# Kinds ----------------------------------------------------------------------------------------------------


def test_serious_breach_opens_no_order(bank: Bank, people: "People") -> None:
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


def test_serious_default_needs_no_criteria(bank: Bank, people: "People") -> None:
    kind = DeterminationKind.SERIOUS_DEFAULT
    determined(bank, by=people.inspector, decided_by=people.decider, kind=kind, criteria=())

    assert RectificationOrder.objects.get().due_date == DUE


def test_determination_needs_facts_criteria_and_document(bank: Bank, people: "People") -> None:
    with pytest.raises(Incomplete):
        determined(bank, by=people.inspector, decided_by=people.decider, facts=" \n")
    with pytest.raises(Incomplete):
        determined(bank, by=people.inspector, decided_by=people.decider, criteria=())
    for document in (b"", b"MZ not a document"):
        with pytest.raises(Refused):
            determined(bank, by=people.inspector, decided_by=people.decider, document=document)
    assert _nothing_was_written(bank)


# Dates ----------------------------------------------------------------------------------------------------


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
def test_due_date_is_six_months_after_determination(
    bank: Bank, people: "People", day: str, corresponding: str, due: str
) -> None:
    order = ordered(bank, people, on=dt.date.fromisoformat(day))

    assert (str(order.start_date), str(order.raw_due_date), str(order.due_date)) == (day, corresponding, due)
    assert order.limit_day == order.raw_due_date
    assert order.explained is not None
    assert (order.explained.last_day, order.explained.n) == (order.due_date, 6)
    assert not order.provisional


def test_due_date_in_unpublished_year_is_provisional(bank: Bank, people: "People") -> None:
    order = ordered(bank, people, on=dt.date(2098, 4, 1))

    assert (order.raw_due_date, order.provisional) == (dt.date(2098, 10, 1), True)


def test_late_recording_does_not_move_the_due_date(bank: Bank, people: "People") -> None:
    late = dt.date(2025, 6, 20)
    determined(bank, by=people.inspector, decided_by=people.decider, recorded_on=late)

    order = RectificationOrder.objects.get()
    assert (order.start_date, order.due_date) == (DETERMINED, DUE)


def test_due_date_of_determination_cannot_be_set(bank: Bank, people: "People") -> None:
    order = ordered(bank, people)

    for person in (people.inspector, people.assessor):
        with clock.playing(DETERMINED), pytest.raises(WrongState):
            set_rectification_deadline(order=order, by=person, due=DUE + DAY)

    order.refresh_from_db()
    assert order.due_date == DUE


def test_database_refuses_due_date_after_six_months(bank: Bank, people: "People") -> None:
    order = ordered(bank, people)

    with pytest.raises(IntegrityError, match="order_within_limit"), transaction.atomic():
        RectificationOrder.objects.update(raw_due_date=F("limit_day") + DAY)

    order.refresh_from_db()
    assert order.raw_due_date == DUE


def test_terms_of_the_admission_edition_apply(other_bank: Bank, stranger: User, people: "People") -> None:
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
def test_impossible_determination_date_is_refused(
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
def test_earliest_and_latest_determination_dates_are_accepted(
    bank: Bank, people: "People", day: dt.date, recorded_on: dt.date
) -> None:
    determined(bank, by=people.inspector, decided_by=people.decider, on=day, recorded_on=recorded_on)

    assert RectificationOrder.objects.get().start_date == day


def test_old_serious_breach_is_accepted(bank: Bank, people: "People") -> None:
    found = determined(
        bank,
        by=people.inspector,
        decided_by=people.decider,
        recorded_on=DUE + DAY,
        kind=DeterminationKind.SERIOUS_BREACH,
    )
    assert found.determination_date == DETERMINED


def test_criteria_of_another_edition_are_refused(bank: Bank, people: "People") -> None:
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
