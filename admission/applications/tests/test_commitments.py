"""The service commitment: signed once for all undertakings; those signed apart take precedence."""

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.base import ContentFile

from admission.applications.actions.answers import save_answer
from admission.applications.actions.applications import start_application, withdraw_application
from admission.applications.actions.commitments import (
    attach_commitment,
    correct_commitment,
    remove_commitment,
    restore_commitment,
)
from admission.applications.actions.copying import copy_answers
from admission.applications.models import Answer, Application, Evidence, ServiceCommitment
from admission.applications.queries import task_list
from admission.applications.rules import may_submit, may_submit_supplement, missing_for_submission
from admission.decisions.basis import basis_of, changes_between
from admission.editions.models import PolicyEdition
from admission.review.actions.supplements import record_remark, request_supplement
from admission.tests.factories import pdf_file, submitted
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.files.actions import record_scan
from zsbank.base.files.scanner import Answer as Scan
from zsbank.base.files.states import ScanState
from zsbank.base.files.tests.papers import office
from zsbank.base.journal.models import Entry
from zsbank.base.refusals import EditConflict, FileRefused, WrongState

if TYPE_CHECKING:
    from conftest import People
from admission.applications.tests.conftest import MONDAY

pytestmark = pytest.mark.django_db


def sign(application: Application, by: User, **other: Any) -> ServiceCommitment:
    """Attach a signed service commitment on the Monday."""
    given: dict[str, Any] = {
        "content": pdf_file(),
        "name": "承诺书.pdf",
        "signatory": "示例行长",
        "signed_on": MONDAY,
    }
    with clock.playing(MONDAY):
        return attach_commitment(application=application, by=by, **given | other)


def lacking(application: Application) -> list[int]:
    """Return the numbers of the criteria with missing items."""
    return [missing.criterion.number for missing in missing_for_submission(application)]


def reasons(application: Application) -> list[str]:
    """Return the codes of the reasons against submission."""
    with clock.playing(MONDAY):
        return [reason.code for reason in may_submit(None, application).reasons]


def test_one_sheet_gives_all_undertakings(draft: Application, clerk: User) -> None:
    asking = list(draft.edition.criteria.filter(undertaking_needed=True).values_list("number", flat=True))
    assert lacking(draft) == asking
    sign(draft, clerk)
    assert (lacking(draft), reasons(draft)) == ([], [])


def test_undertaking_only_criterion_needs_no_answer(draft: Application, clerk: User) -> None:
    Answer.objects.filter(application=draft, criterion__number__in=(6, 20)).delete()
    sign(draft, clerk)
    assert lacking(draft) == [20]
    states = {task.criterion.number: task.state for task in task_list(draft).tasks}
    assert (states[6], states[20]) == ("done", "started")


def test_undertaking_signed_apart_takes_precedence(draft: Application, clerk: User) -> None:
    commitment = sign(draft, clerk)
    draft.answers.filter(criterion__number=9).update(signatory="副行长", signed_on=MONDAY)
    draft.answers.filter(criterion__number=12).update(signatory="只有姓名")
    given = {task.criterion.number: task.undertaking for task in task_list(draft).tasks}
    assert given[9]
    assert (given[9].signatory, given[9].commitment) == ("副行长", None)
    assert given[12]
    assert (given[12].signatory, given[12].commitment) == ("示例行长", commitment)
    assert given[1] is None


def test_newer_sheet_replaces_and_keeps_the_earlier_one(draft: Application, clerk: User) -> None:
    first = sign(draft, clerk)
    second = sign(draft, clerk, replaces=first, signatory="另一行长")
    first.refresh_from_db()
    assert (second.replaces, first.counts, second.counts) == (first, False, True)
    entry = Entry.objects.filter(verb="attach_commitment").latest("pk")
    assert entry.data["replaced_sha256"] == first.file.sha256
    assert (entry.data["signatory"], entry.data["signed_on"]) == ("另一行长", "2026-03-02")


def test_sheet_changed_by_colleague_is_not_overwritten(
    draft: Application, clerk: User, administrator: User
) -> None:
    first = sign(draft, clerk)
    sign(draft, administrator, replaces=first)
    with pytest.raises(EditConflict):
        sign(draft, clerk, replaces=first)
    with pytest.raises(WrongState):
        correct_commitment(commitment=first, by=clerk, signatory="示例行长", signed_on=MONDAY)


def test_correction_is_recorded_with_earlier_values(draft: Application, clerk: User) -> None:
    commitment = sign(draft, clerk)
    correct_commitment(commitment=commitment, by=clerk, signatory="示例行长", signed_on=dt.date(2026, 3, 3))
    entry = Entry.objects.get(verb="correct_commitment")
    assert entry.data["changed"] == {"signed_on": ["2026-03-02", "2026-03-03"]}


def test_removed_sheet_does_not_count(draft: Application, clerk: User) -> None:
    remove_commitment(commitment=sign(draft, clerk), by=clerk)
    assert len(lacking(draft)) == draft.edition.criteria.filter(undertaking_needed=True).count()
    assert sign(draft, clerk).replaces is None


@pytest.mark.parametrize("day", [dt.date(1990, 1, 1), MONDAY - dt.timedelta(1), MONDAY + dt.timedelta(1)])
def test_impossible_sheet_date_blocks_submission(draft: Application, clerk: User, day: dt.date) -> None:
    sign(draft, clerk, signed_on=day)
    assert (lacking(draft), reasons(draft)) == ([], ["commitment"])


@pytest.mark.parametrize(
    ("day", "numbers"), [(dt.date(1990, 1, 1), [9]), (dt.date(2126, 1, 1), [9]), (MONDAY, [])]
)
def test_impossible_signature_date_is_kept_and_blocks_submission(
    draft: Application, clerk: User, day: dt.date, numbers: list[int]
) -> None:
    sign(draft, clerk)
    answer = draft.answers.get(criterion__number=9)
    save_answer(
        application=draft,
        criterion=answer.criterion,
        by=clerk,
        text="写好的说明。",
        facts={},
        signatory="示例行长",
        signed_on=day,
        version=answer.version,
    )
    answer.refresh_from_db()
    assert (answer.text, answer.signed_on) == ("写好的说明。", day)
    assert lacking(draft) == numbers


def test_word_file_is_no_signed_sheet(draft: Application, clerk: User) -> None:
    with pytest.raises(FileRefused):
        sign(draft, clerk, content=ContentFile(office()), name="承诺书.docx")
    assert not draft.commitments.exists()


def test_quarantined_sheet_does_not_count_and_waiting_one_delays_submission(
    draft: Application, clerk: User
) -> None:
    commitment = sign(draft, clerk)
    type(commitment.file).objects.filter(pk=commitment.file_id).update(scan=ScanState.BEING_CHECKED)
    assert reasons(draft) == ["being_checked"]
    record_scan(file_id=commitment.file_id, answer=Scan("Eicar"))
    assert lacking(draft)
    assert not draft.commitments.get().counts


def test_signature_is_not_copied_from_earlier_application(draft: Application, clerk: User) -> None:
    sign(draft, clerk)
    withdraw_application(application=draft, by=clerk, reason="")
    newer = start_application(bank=draft.bank, by=clerk)
    copy_answers(application=newer, by=clerk, numbers=[6, 9])
    assert not newer.commitments.exists()
    assert {task.undertaking for task in task_list(newer).tasks} == {None}


def asked_about(application: Application, number: int, people: "People") -> Application:
    """Ask for a supplement to one criterion."""
    criterion = application.edition.criteria.get(number=number)
    record_remark(
        application=application, criterion=criterion, by=people.intake, text="印章不清晰，请重新签署。"
    )
    request_supplement(application=application, by=people.intake)
    return Application.objects.get(pk=application.pk)


def test_sheet_is_signed_again_only_if_undertaking_is_supplemented(
    bank: Bank, other_bank: Bank, clerk: User, stranger: User, edition: PolicyEdition, people: "People"
) -> None:
    asked = asked_about(submitted(bank, clerk), 17, people)
    today = clock.today()
    attach_commitment(
        application=asked, by=clerk, content=pdf_file(), name="新.pdf", signatory="示例行长", signed_on=today
    )
    assert may_submit_supplement(None, asked)
    other = asked_about(submitted(other_bank, stranger), 1, people)
    with pytest.raises(WrongState):
        attach_commitment(
            application=other, by=stranger, content=pdf_file(), name="新.pdf", signatory="甲", signed_on=today
        )


def test_changed_sheet_changes_basis(draft: Application, clerk: User) -> None:
    before = basis_of(draft)
    sign(draft, clerk)
    changed = changes_between(before, basis_of(draft), draft.edition)
    assert [change.after for change in changed][:2] == ["示例行长", "2026-03-02"]


def test_restored_sheet_gives_its_undertakings_again(draft: Application, clerk: User) -> None:
    commitment = sign(draft, clerk)
    given = lacking(draft)
    remove_commitment(commitment=commitment, by=clerk)
    assert len(lacking(draft)) > len(given)
    restore_commitment(commitment=commitment, by=clerk)
    assert lacking(draft) == given


def test_sheet_in_whose_place_another_stands_is_not_restored(draft: Application, clerk: User) -> None:
    first = sign(draft, clerk)
    remove_commitment(commitment=first, by=clerk)
    sign(draft, clerk)
    with pytest.raises(WrongState):
        restore_commitment(commitment=first, by=clerk)


def test_sheet_removed_before_the_request_is_not_restored(
    bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    application = submitted(bank, clerk)
    file = Evidence.objects.filter(answer__application=application).earliest("pk").file
    signed = {"file": file, "signatory": "示例行长", "signed_on": clock.today()}
    before = application.commitments.create(removed_at=clock.now(), **signed)
    asked_about(application, 17, people)
    with pytest.raises(WrongState):
        restore_commitment(commitment=before, by=clerk)
    since = application.commitments.create(removed_at=clock.now(), **signed)
    restore_commitment(commitment=since, by=clerk)
