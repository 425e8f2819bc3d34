"""Recording a determination: permission, dates, and the order due six months later."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from admission.editions.models import PolicyEdition
from admission.tests.factories import make_edition, pdf_file
from banks.hearings.terms import PRIOR_NOTICE
from banks.register.models import Bank, Qualification
from banks.register.states import Standing
from inspections.determinations.actions.proposals import decline_determination, propose_determination
from inspections.determinations.models import Determination
from inspections.determinations.queries import to_be_made_by
from inspections.determinations.states import DeterminationState
from inspections.determinations.terms import DeterminationKind
from inspections.rectification.actions.determinations import make_determination
from inspections.rectification.models import RectificationOrder
from inspections.rectification.states import OrderState
from inspections.rectification.terms import OrderGround
from inspections.rectification.tests.factories import (
    DAY,
    DETERMINED,
    DUE,
    determined,
    left,
    ordered,
    proposed,
    reported,
)
from inspections.verification.tests.factories import accepted
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.files.models import StoredFile
from zsbank.base.journal.models import Entry
from zsbank.base.journal.queries import history_of
from zsbank.base.journal.tests.reading import last_transition, without_facts
from zsbank.base.letters.models import Letter
from zsbank.base.notices.models import Message
from zsbank.base.refusals import Incomplete, NotAllowed, Refused, WrongState

if TYPE_CHECKING:
    from conftest import People

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("edition"),
    pytest.mark.usefixtures("qualification"),
]


def _nothing_was_determined(bank: Bank) -> bool:
    bank.refresh_from_db()
    return (
        not Determination.objects.filter(state=DeterminationState.MADE).exists()
        and not RectificationOrder.objects.exists()
        and not Letter.objects.exclude(kind=PRIOR_NOTICE.code).exists()
        and not Entry.objects.filter(verb="make_determination").exists()
        and bank.standing != Standing.UNDER_RECTIFICATION
    )


def _nothing_was_written(bank: Bank) -> bool:
    return (
        _nothing_was_determined(bank)
        and not Determination.objects.exists()
        and not StoredFile.objects.exists()
        and not Entry.objects.filter(verb="propose_determination").exists()
    )


def test_made_determination_opens_an_order(
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


def test_proposer_and_decider_are_journalled(bank: Bank, people: "People") -> None:
    found = determined(bank, by=people.inspector, decided_by=people.decider)

    made, proposed_it = history_of(found)
    opened = last_transition(RectificationOrder.objects.get())
    assert (proposed_it.verb, proposed_it.actor, proposed_it.uscc) == (
        "propose_determination",
        people.inspector,
        bank.uscc,
    )
    assert (proposed_it.from_state, proposed_it.to_state) == ("", DeterminationState.PROPOSED)
    assert proposed_it.reason == found.facts
    assert without_facts(proposed_it) == {"kind": DeterminationKind.CRITERIA_NOT_MET}
    assert (made.verb, made.actor) == ("make_determination", people.decider)
    assert (made.from_state, made.to_state) == (DeterminationState.PROPOSED, DeterminationState.MADE)
    assert without_facts(made) == {"kind": DeterminationKind.CRITERIA_NOT_MET, "date": DETERMINED.isoformat()}
    assert opened is not None
    assert (opened.verb, opened.actor, opened.from_state, opened.to_state) == (
        "open_order",
        people.decider,
        OrderState.AWAITING_DEADLINE,
        OrderState.OPEN,
    )


def test_bank_gets_letter_and_messages(
    bank: Bank, people: "People", clerk: User, administrator: User
) -> None:
    order = ordered(bank, people)

    letter = Letter.objects.get(kind="rectification_order")
    posted = Message.objects.filter(key__startswith="rectification:")
    assert (order.letter, letter.signed_by) == (letter, people.decider)
    assert "请你行于2025年9月3日（含当日）前完成整改" in str(letter.data)
    assert {message.recipient for message in posted} == {clerk, administrator}
    assert all("请于2025年9月3日（含当日）前完成整改" in message.body for message in posted)
    assert {message.link for message in posted} == {reverse("inspections:order", args=[order.pk])}


def test_proposing_determination_needs_the_role_of_inspector(
    bank: Bank, people: "People", administrator: User
) -> None:
    for person in (people.decider, people.reviewer, people.assessor, people.auditor, administrator):
        with pytest.raises(NotAllowed):
            determined(bank, by=person, decided_by=people.second_decider)
    assert _nothing_was_written(bank)


def test_proposing_determination_by_other_bank_is_refused(
    bank: Bank, people: "People", stranger: User
) -> None:
    with pytest.raises(NotAllowed):
        determined(bank, by=stranger, decided_by=people.decider)
    assert _nothing_was_written(bank)


def test_other_bank_gets_no_message(bank: Bank, people: "People", clerk: User, stranger: User) -> None:
    ordered(bank, people)

    assert Message.objects.filter(recipient=clerk).exists()
    assert not Message.objects.filter(recipient=stranger).exists()


def test_proposer_does_not_decide(bank: Bank, people: "People") -> None:
    people.inspector.groups.add(*people.decider.groups.all())
    both = User.objects.get(pk=people.inspector.pk)
    found = proposed(bank, by=both)

    with pytest.raises(NotAllowed) as refused:
        make_determination(determination=found, by=both)
    assert refused.value.code == "four_eyes"
    with pytest.raises(NotAllowed) as refused:
        decline_determination(determination=found, by=both, reason="不成立")
    assert refused.value.code == "four_eyes"
    assert found not in to_be_made_by(both)
    assert _nothing_was_determined(bank)


def test_determination_by_non_decider_is_refused(
    bank: Bank, people: "People", administrator: User, stranger: User
) -> None:
    found = proposed(bank, by=people.inspector)

    for person in (people.reviewer, people.auditor, people.inspector, administrator, stranger):
        with pytest.raises(NotAllowed) as refused:
            make_determination(determination=found, by=person)
        assert refused.value.code == "role"
    assert _nothing_was_determined(bank)


def test_determination_by_former_decider_is_refused(bank: Bank, people: "People") -> None:
    found = proposed(bank, by=people.inspector)
    people.decider.is_active = False
    people.decider.save(update_fields=["is_active"])

    with pytest.raises(NotAllowed):
        make_determination(determination=found, by=people.decider)
    assert _nothing_was_determined(bank)


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
        accepted(order, people)
        bank.refresh_from_db()
        standings.append(bank.standing)

    assert standings == [Standing.UNDER_RECTIFICATION, Standing.QUALIFIED]


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
    assert found.letter
    assert [letter.kind for letter in Letter.objects.order_by("pk")] == ["prior_notice", "determination"]
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


def test_criteria_of_another_edition_are_refused(bank: Bank, people: "People") -> None:
    other = make_edition("later", dt.date(2099, 1, 1))

    with clock.playing(DETERMINED), pytest.raises(Refused):
        propose_determination(
            bank=bank,
            by=people.inspector,
            kind=DeterminationKind.CRITERIA_NOT_MET,
            facts="现场检查发现，一个支行停止受理补换卡业务。",
            criteria=list(other.criteria.filter(number=5)),
            document=pdf_file(),
            document_name="认定书.pdf",
        )

    assert not Determination.objects.exists()
