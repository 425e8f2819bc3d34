"""A bank applies for the end of the cooperation, and withdraws its application."""

from typing import TYPE_CHECKING

import pytest
from django.core.files.base import ContentFile

from banks.register.models import Bank, Qualification
from banks.register.states import Standing
from exit.cases.actions.cases import sign_exit
from exit.cases.actions.grounds import (
    file_exit_application,
    open_exit_case,
    withdraw_exit_application,
)
from exit.cases.models import ExitCase
from exit.cases.states import ExitState
from exit.cases.terms import ExitGround
from exit.cases.tests.factories import filed, pdf_file
from inspections.determinations.tests.factories import determination
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.files.tests.papers import small_pdf
from zsbank.base.journal.tests.reading import last_transition
from zsbank.base.notices.models import Message
from zsbank.base.refusals import NotAllowed, Refused, WrongState

if TYPE_CHECKING:
    from conftest import People

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]


def test_filed_application_leaves_standing_unchanged(
    case: ExitCase, qualification: Qualification, people: "People"
) -> None:
    wish = case.wish
    assert wish is not None
    assert (case.state, wish.kind) == (ExitState.OPENED, ExitGround.VOLUNTARY)
    assert case.case_number == f"TC-{clock.today().year}-0001"
    assert wish.document is not None
    qualification.refresh_from_db()
    assert qualification.may_issue
    assert qualification.bank.standing == Standing.QUALIFIED
    assert Message.objects.filter(recipient=people.inspector, key=f"exit:{case.pk}:opened").exists()
    entry = last_transition(case)
    assert entry is not None
    assert (entry.verb, entry.to_state, entry.data["sha256"]) == (
        "file_exit_application",
        ExitState.OPENED,
        wish.document.sha256,
    )


def test_filing_by_clerk_is_refused(qualification: Qualification, clerk: User) -> None:
    with pytest.raises(NotAllowed):
        filed(qualification, clerk)
    assert not ExitCase.objects.exists()


def test_filing_by_other_bank_is_refused(qualification: Qualification, stranger: User) -> None:
    with pytest.raises(NotAllowed):
        filed(qualification, stranger)


def test_filing_by_applicant_is_refused(bank: Bank, administrator: User) -> None:
    with pytest.raises(Refused) as refused:
        file_exit_application(
            bank=bank, by=administrator, statement="终止", document=pdf_file(), document_name="a.pdf"
        )
    assert refused.value.code == "not_qualified"


def test_second_open_case_is_refused(
    case: ExitCase, qualification: Qualification, administrator: User
) -> None:
    with pytest.raises(Refused) as refused:
        filed(qualification, administrator)
    assert refused.value.code == "open"
    assert ExitCase.objects.get() == case


@pytest.mark.parametrize(
    ("statement", "content"), [("  ", small_pdf()), ("终止", b""), ("终止", b"MZ not a document")]
)
def test_application_needs_statement_and_document(
    qualification: Qualification, administrator: User, statement: str, content: bytes
) -> None:
    with pytest.raises(Refused):
        file_exit_application(
            bank=qualification.bank,
            by=administrator,
            statement=statement,
            document=ContentFile(content),
            document_name="a.pdf",
        )
    assert not ExitCase.objects.exists()


def test_bank_withdraws_before_signature(proposed: ExitCase, administrator: User) -> None:
    case = withdraw_exit_application(case=proposed, by=administrator)
    entry = last_transition(case)
    assert case.state == ExitState.WITHDRAWN
    assert entry is not None
    assert (entry.from_state, entry.to_state) == (ExitState.PROPOSED, ExitState.WITHDRAWN)


def test_withdrawing_without_permission_is_refused(case: ExitCase, people: "People", clerk: User) -> None:
    for person in (people.decider, people.inspector, clerk):
        with pytest.raises(NotAllowed):
            withdraw_exit_application(case=case, by=person)


def test_withdrawing_by_other_bank_is_refused(case: ExitCase, stranger: User) -> None:
    with pytest.raises(NotAllowed):
        withdraw_exit_application(case=case, by=stranger)


def test_signed_case_is_not_withdrawn(proposed: ExitCase, people: "People", administrator: User) -> None:
    stale = ExitCase.objects.get(pk=proposed.pk)
    sign_exit(case=proposed, by=people.decider)
    with pytest.raises(WrongState):
        withdraw_exit_application(case=stale, by=administrator)


def test_case_opened_by_bureau_is_not_withdrawn(
    qualification: Qualification, people: "People", administrator: User
) -> None:
    found = determination(qualification, by=people.inspector, decided_by=people.decider)
    case = open_exit_case(determination=found, by=people.inspector)
    with pytest.raises(Refused) as refused:
        withdraw_exit_application(case=case, by=administrator)
    assert refused.value.code == "not_own"


def test_bank_files_again_after_withdrawing(
    case: ExitCase, qualification: Qualification, administrator: User
) -> None:
    withdraw_exit_application(case=case, by=administrator)
    assert filed(qualification, administrator).state == ExitState.OPENED
