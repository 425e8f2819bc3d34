"""Actions of exit: right role, wrong role, wrong state, edit conflict, another bank's user."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from admission.editions.models import PolicyEdition
from banks.hearings import actions as hearings
from banks.hearings.models import PriorNotice
from banks.register.models import Qualification
from banks.register.rules import may_apply
from banks.register.states import Standing
from conftest import make_officer
from exit.cases.actions.cases import close_exit_case, propose_exit, sign_exit
from exit.cases.actions.grounds import (
    open_exit_case,
    open_for_lapsed_order,
)
from exit.cases.models import ExitCase
from exit.cases.states import ExitState
from exit.cases.terms import ExitGround
from exit.cases.tests.factories import heard_until, lapsed_order
from inspections.determinations.terms import DeterminationKind
from inspections.determinations.tests.factories import determination
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.cases.urls import case_page
from zsbank.base.journal.models import Entry
from zsbank.base.journal.tests.reading import last_transition
from zsbank.base.letters.models import Letter
from zsbank.base.notices.models import Message
from zsbank.base.refusals import Incomplete, NotAllowed, Refused, WrongState
from zsbank.base.roles import Role

if TYPE_CHECKING:
    from conftest import People

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]


def test_inspector_opens_case_from_serious_breach(qualification: Qualification, people: "People") -> None:
    found = determination(qualification, by=people.inspector, decided_by=people.decider)
    case = open_exit_case(determination=found, by=people.inspector)
    ground = case.grounds.get()
    assert (ground.kind, ground.determination, case.opened_by) == (
        ExitGround.SERIOUS_BREACH,
        found,
        people.inspector,
    )
    assert found.facts in ground.statement


def test_opening_without_permission_is_refused(
    qualification: Qualification, people: "People", administrator: User, stranger: User
) -> None:
    found = determination(qualification, by=people.inspector, decided_by=people.decider)
    for person in (people.reviewer, administrator, stranger):
        with pytest.raises(NotAllowed):
            open_exit_case(determination=found, by=person)


def test_rectifiable_determination_opens_no_case(qualification: Qualification, people: "People") -> None:
    kind = DeterminationKind.CRITERIA_NOT_MET
    found = determination(qualification, by=people.inspector, decided_by=people.decider, kind=kind)
    with pytest.raises(Refused) as refused:
        open_exit_case(determination=found, by=people.inspector)
    assert refused.value.code == "rectifiable"


def test_determination_opens_one_case(qualification: Qualification, people: "People") -> None:
    found = determination(qualification, by=people.inspector, decided_by=people.decider)
    case = open_exit_case(determination=found, by=people.inspector)
    close_exit_case(case=case, by=people.decider, reason="认定有误")
    with pytest.raises(Refused) as refused:
        open_exit_case(determination=found, by=people.inspector)
    assert refused.value.code == "used"


def test_officer_proposes_the_drafted_letter(proposed: ExitCase, people: "People") -> None:
    assert (proposed.state, proposed.proposed_by) == (ExitState.PROPOSED, people.reviewer)
    assert proposed.draft is not None
    assert proposed.draft["kind"] == "exit_consent"
    assert not Letter.objects.exists()
    row = Message.objects.get(recipient=people.second_decider, key=f"exit:{proposed.pk}:proposed")
    assert row.link == case_page(proposed)


def test_proposing_without_permission_is_refused(
    case: ExitCase, people: "People", administrator: User, stranger: User
) -> None:
    for person in (people.decider, administrator, stranger):
        with pytest.raises(NotAllowed):
            propose_exit(case=case, by=person)


def test_case_is_proposed_once(case: ExitCase, people: "People") -> None:
    propose_exit(case=ExitCase.objects.get(pk=case.pk), by=people.reviewer)
    with pytest.raises(WrongState):
        propose_exit(case=case, by=people.inspector)


def test_consent_ends_qualification_and_bars_for_five_years(
    proposed: ExitCase, people: "People", administrator: User
) -> None:
    with clock.playing(dt.date(2024, 2, 29)):
        case = sign_exit(case=proposed, by=people.decider)
    bank, held = case.bank, Qualification.objects.get(pk=case.qualification_id)
    bank.refresh_from_db()
    assert (case.state, case.signed_by) == (ExitState.SIGNED, people.decider)
    assert (held.cancelled_on, held.may_issue) == (dt.date(2024, 2, 29), False)
    assert bank.standing == Standing.EXITED
    assert (bank.bar_last_day, bank.may_apply_from) == (dt.date(2029, 2, 28), dt.date(2029, 3, 1))
    assert not may_apply(bank, on=dt.date(2029, 2, 28))
    assert may_apply(bank, on=dt.date(2029, 3, 1))
    assert case.letter is not None
    assert (case.letter.kind, case.letter.number) == ("exit_consent", 1)
    row = Message.objects.get(recipient=administrator, key=f"exit:{case.pk}:signed")
    assert "2029年3月1日" in row.body
    moved = last_transition(case)
    assert moved is not None
    assert (moved.verb, moved.actor) == ("sign_exit", people.decider)


def test_letter_is_dated_on_the_day_of_signature(case: ExitCase, people: "People") -> None:
    with clock.playing(dt.date(2024, 2, 29)):
        propose_exit(case=case, by=people.reviewer)
    with clock.playing(dt.date(2024, 3, 4)):
        case = sign_exit(case=case, by=people.decider)
    assert "最后一日为2029年2月28日" in str(case.draft)
    assert case.letter is not None
    assert "最后一日为2029年3月4日" in str(case.letter.data)
    assert "自2029年3月5日起" in str(case.letter.data)


def test_signing_needs_the_role_of_decider(
    proposed: ExitCase, people: "People", administrator: User, stranger: User
) -> None:
    for person in (people.reviewer, people.inspector, people.auditor, administrator, stranger):
        with pytest.raises(NotAllowed):
            sign_exit(case=proposed, by=person)
    assert not Letter.objects.exists()


def test_proposer_does_not_sign(case: ExitCase, people: "People") -> None:
    people.decider.groups.add(*people.reviewer.groups.all())
    both = User.objects.get(pk=people.decider.pk)
    proposed = propose_exit(case=case, by=both)
    with pytest.raises(NotAllowed) as refused:
        sign_exit(case=proposed, by=both)
    assert refused.value.code == "four_eyes"


@pytest.mark.parametrize("through_an_order", [True, False])
def test_persons_behind_the_determination_do_not_sign(
    administrator: User, qualification: Qualification, people: "People", through_an_order: bool
) -> None:
    people.inspector.groups.add(*people.decider.groups.all())
    recorder = User.objects.get(pk=people.inspector.pk)
    kind = DeterminationKind.SERIOUS_DEFAULT if through_an_order else DeterminationKind.SERIOUS_BREACH
    found = determination(qualification, by=recorder, decided_by=people.decider, kind=kind)
    if through_an_order:
        open_for_lapsed_order(order=lapsed_order(found))
    else:
        open_exit_case(determination=found, by=recorder)
    case = propose_exit(case=ExitCase.objects.get(), by=people.reviewer)
    for person in (people.decider, recorder):
        with pytest.raises(NotAllowed) as refused:
            sign_exit(case=case, by=person)
        assert refused.value.code == "four_eyes"
    with clock.playing(heard_until(case)):
        assert sign_exit(case=case, by=people.second_decider).state == ExitState.SIGNED


@pytest.fixture
def breach(administrator: User, qualification: Qualification, people: "People") -> ExitCase:
    """A proposed exit for a serious breach, with prior notice to the bank's administrator."""
    found = determination(qualification, by=people.inspector, decided_by=people.decider)
    opened = open_exit_case(determination=found, by=people.inspector)
    return propose_exit(case=opened, by=people.reviewer)


def test_bank_gets_prior_notice_of_exit(administrator: User, breach: ExitCase) -> None:
    row = PriorNotice.objects.get(bank=breach.bank)
    assert row.letter
    assert row.letter.kind == "prior_notice"
    assert any("系统停摆三日" in paragraph["text"] for paragraph in row.letter.data["paragraphs"])
    assert Message.objects.filter(recipient=administrator, key=f"prior-notice:{row.pk}").exists()


def test_voluntary_exit_needs_no_prior_notice(proposed: ExitCase) -> None:
    assert not PriorNotice.objects.exists()


def test_exit_waits_for_the_statement_period(breach: ExitCase, people: "People") -> None:
    with pytest.raises(Incomplete):
        sign_exit(case=breach, by=people.second_decider)
    breach.refresh_from_db()
    assert breach.state == ExitState.PROPOSED
    with clock.playing(heard_until(breach)):
        assert sign_exit(case=breach, by=people.second_decider).state == ExitState.SIGNED


def test_exit_waits_for_the_answer(breach: ExitCase, administrator: User, people: "People") -> None:
    row = PriorNotice.objects.get(bank=breach.bank)
    hearings.state_case(notice=row, text="损失已全额赔付。", by=administrator)
    with clock.playing(heard_until(breach)), pytest.raises(Incomplete):
        sign_exit(case=breach, by=people.second_decider)
    for person in (people.inspector, people.reviewer):
        with pytest.raises(NotAllowed, match="另一人答复"):
            hearings.answer_statement(notice=row, text="经复核。", by=person)
    another = make_officer("inspector2", Role.INSPECTOR)
    hearings.answer_statement(notice=row, text="经复核，后果仍属严重。", by=another)
    assert sign_exit(case=breach, by=people.second_decider).state == ExitState.SIGNED


def test_unproposed_case_is_not_signed(case: ExitCase, people: "People") -> None:
    with pytest.raises(WrongState):
        sign_exit(case=case, by=people.decider)


def test_second_signature_is_refused(proposed: ExitCase, people: "People") -> None:
    stale = ExitCase.objects.get(pk=proposed.pk)
    sign_exit(case=proposed, by=people.decider)
    with pytest.raises(WrongState):
        sign_exit(case=stale, by=people.second_decider)
    assert Letter.objects.count() == 1
    assert Entry.objects.filter(verb="sign_exit").count() == 1


def test_signing_without_edition_is_refused(proposed: ExitCase, people: "People") -> None:
    PolicyEdition.objects.update(valid_from=clock.today() + dt.timedelta(days=1))
    with pytest.raises(Refused):
        sign_exit(case=proposed, by=people.decider)
    assert ExitCase.objects.get().state == ExitState.PROPOSED


def test_decider_closes_case_with_reason(case: ExitCase, people: "People", administrator: User) -> None:
    closed = close_exit_case(case=case, by=people.decider, reason="理由已不存在")
    assert (closed.state, closed.closed_reason) == (ExitState.CLOSED, "理由已不存在")
    assert closed.bank.standing == Standing.QUALIFIED
    assert Message.objects.filter(recipient=administrator, key=f"exit:{case.pk}:closed").exists()


def test_proposer_does_not_close(case: ExitCase, people: "People") -> None:
    people.decider.groups.add(*people.reviewer.groups.all())
    both = User.objects.get(pk=people.decider.pk)
    proposed = propose_exit(case=case, by=both)
    with pytest.raises(NotAllowed) as refused:
        close_exit_case(case=proposed, by=both, reason="理由")
    assert refused.value.code == "four_eyes"
    closed = close_exit_case(case=proposed, by=people.second_decider, reason="理由")
    assert closed.state == ExitState.CLOSED


def test_closing_needs_reason(case: ExitCase, people: "People") -> None:
    with pytest.raises(Incomplete):
        close_exit_case(case=case, by=people.decider, reason=" ")


def test_closing_without_permission_is_refused(
    case: ExitCase, people: "People", administrator: User, stranger: User
) -> None:
    for person in (people.inspector, administrator, stranger):
        with pytest.raises(NotAllowed):
            close_exit_case(case=case, by=person, reason="理由")


def test_signed_case_is_not_closed(proposed: ExitCase, people: "People") -> None:
    stale = ExitCase.objects.get(pk=proposed.pk)
    sign_exit(case=proposed, by=people.decider)
    with pytest.raises(WrongState):
        close_exit_case(case=stale, by=people.second_decider, reason="理由")
