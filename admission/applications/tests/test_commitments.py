"""The service commitment: signed once for all undertakings; those signed apart take precedence."""

import datetime as dt
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from admission.applications.actions.answers import save_answer
from admission.applications.actions.applications import start_application, withdraw_application
from admission.applications.actions.commitments import (
    attach_commitment,
    correct_commitment,
    remove_commitment,
)
from admission.applications.actions.copying import copy_answers
from admission.applications.models import Answer, Application, ServiceCommitment
from admission.applications.queries import task_list
from admission.applications.rules import may_submit, may_submit_supplement, missing_for_submission
from admission.decisions.basis import basis_of, changes_between
from admission.editions.models import PolicyEdition
from admission.review.actions.supplements import record_remark, request_supplement
from admission.review.panels import panels_of
from admission.review.queries import review_list
from admission.tests.factories import PDF, fill_in, pdf_file, submitted
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.files.actions import record_scan, store_content
from zsbank.base.files.models import FileKind
from zsbank.base.files.scanner import Answer as Scan
from zsbank.base.files.states import ScanState
from zsbank.base.files.tests.papers import office
from zsbank.base.journal.models import Entry
from zsbank.base.refusals import EditConflict, FileRefused, NotAllowed, WrongState

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2026, 3, 2)


@pytest.fixture
def draft(bank: Bank, clerk: User, edition: PolicyEdition) -> Application:
    """A draft started on a Monday, complete but for its undertakings."""
    with clock.playing(MONDAY):
        application = start_application(bank=bank, by=clerk)
        fill_in(application, clerk)
    application.answers.update(signatory="", signed_on=None)
    return application


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
    """The numbers of the criteria that lack something."""
    return [missing.criterion.number for missing in missing_for_submission(application)]


def reasons(application: Application) -> list[str]:
    """The codes of the reasons against submission."""
    with clock.playing(MONDAY):
        return [reason.code for reason in may_submit(None, application).reasons]


def test_one_sheet_gives_all_undertakings(draft: Application, clerk: User) -> None:
    asking = list(draft.edition.criteria.filter(undertaking_needed=True).values_list("number", flat=True))
    assert lacking(draft) == asking
    sign(draft, clerk)
    assert (lacking(draft), reasons(draft)) == ([], [])


def test_criterion_that_asks_for_an_undertaking_only_needs_no_answer(draft: Application, clerk: User) -> None:
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


def test_sheet_changed_by_a_colleague_is_not_overwritten(
    draft: Application, clerk: User, administrator: User
) -> None:
    first = sign(draft, clerk)
    sign(draft, administrator, replaces=first)
    with pytest.raises(EditConflict):
        sign(draft, clerk, replaces=first)
    with pytest.raises(WrongState):
        correct_commitment(commitment=first, by=clerk, signatory="示例行长", signed_on=MONDAY)


def test_correction_is_recorded_with_what_was_before(draft: Application, clerk: User) -> None:
    commitment = sign(draft, clerk)
    correct_commitment(commitment=commitment, by=clerk, signatory="示例行长", signed_on=dt.date(2026, 3, 3))
    entry = Entry.objects.get(verb="correct_commitment")
    assert entry.data["changed"] == {"signed_on": ["2026-03-02", "2026-03-03"]}


def test_removed_sheet_does_not_count(draft: Application, clerk: User) -> None:
    remove_commitment(commitment=sign(draft, clerk), by=clerk)
    assert len(lacking(draft)) == draft.edition.criteria.filter(undertaking_needed=True).count()
    assert sign(draft, clerk).replaces is None


@pytest.mark.parametrize("day", [dt.date(1990, 1, 1), MONDAY - dt.timedelta(1), MONDAY + dt.timedelta(1)])
def test_impossible_date_on_the_sheet_blocks_submission(
    draft: Application, clerk: User, day: dt.date
) -> None:
    sign(draft, clerk, signed_on=day)
    assert (lacking(draft), reasons(draft)) == ([], ["commitment"])


@pytest.mark.parametrize(
    ("day", "numbers"), [(dt.date(1990, 1, 1), [9]), (dt.date(2126, 1, 1), [9]), (MONDAY, [])]
)
def test_impossible_date_of_a_signature_is_kept_and_blocks_submission(
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


def test_signature_is_not_copied_from_an_earlier_application(draft: Application, clerk: User) -> None:
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


def test_sheet_is_signed_again_only_if_an_undertaking_is_to_be_supplemented(
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


def test_change_of_the_sheet_is_a_change_of_the_basis(draft: Application, clerk: User) -> None:
    before = basis_of(draft)
    sign(draft, clerk)
    changed = changes_between(before, basis_of(draft), draft.edition)
    assert [change.after for change in changed][:2] == ["示例行长", "2026-03-02"]


def post(client: Client, application: Application, **fields: Any) -> Any:
    """Send the form of the page."""
    return client.post(reverse("admission:commitment", args=[application.pk]), fields)


def test_sheet_is_signed_corrected_and_removed_in_the_portal(
    client: Client, draft: Application, clerk: User
) -> None:
    client.force_login(clerk)
    assert post(client, draft, signatory="示例行长", signed_on="2026-03-02").status_code == 200
    scan = SimpleUploadedFile("承诺书.pdf", PDF)
    assert post(client, draft, file=scan, signatory="示例行长", signed_on="2026-03-02").status_code == 302
    row = draft.commitments.get()
    assert post(client, draft, signatory="另一人", signed_on="2026-03-02", replaces=row.pk).status_code == 302
    row.refresh_from_db()
    assert (row.signatory, row.removed_at) == ("另一人", None)
    page = client.get(reverse("admission:criterion", args=[draft.pk, 6])).content.decode()
    assert "另一人" in page
    assert client.get(reverse("admission:commitment_file", args=[row.pk])).getvalue() == PDF
    assert post(client, draft, remove=row.pk).status_code == 302
    assert not draft.commitments.filter(removed_at=None).exists()


def test_sheet_of_another_bank_is_not_found(
    client: Client, draft: Application, clerk: User, stranger: User
) -> None:
    row = sign(draft, clerk)
    client.force_login(stranger)
    for name, pk in (("commitment", draft.pk), ("commitment_sheet", draft.pk), ("commitment_file", row.pk)):
        assert client.get(reverse(f"admission:{name}", args=[pk])).status_code == 404
    with pytest.raises(NotAllowed):
        remove_commitment(commitment=row, by=stranger)


def test_printed_sheet_has_every_undertaking(client: Client, draft: Application, clerk: User) -> None:
    client.force_login(clerk)
    answer = client.get(reverse("admission:commitment_sheet", args=[draft.pk]))
    assert answer.content.startswith(b"%PDF-")
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages).replace("\n", "")
    asking = draft.edition.criteria.filter(undertaking_needed=True)
    assert [one.number for one in asking if f"第{one.number}条" not in text] == []
    assert draft.bank.uscc in text
    assert draft.case_number in text


def test_review_shows_the_sheet_with_each_undertaking(
    client: Client, bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    application = submitted(bank, clerk)
    application.answers.filter(criterion__number__in=(6, 9)).update(signatory="", signed_on=None)
    file = given_with(application, clerk).file
    panels = panels_of(review_list(application), people.reviewer, may_ask=False)
    shown = [panel.number for panel in panels if file in [one.file for one in panel.files]]
    assert shown == [6, 9]
    client.force_login(people.reviewer)
    opened = reverse("admin:admission_application_file", args=[application.pk, file.pk])
    assert client.get(opened).getvalue() == PDF


def given_with(application: Application, by: User) -> ServiceCommitment:
    """A service commitment of a submitted application, without an action."""
    file = store_content(blocks=[PDF], name="承诺书扫描件.pdf", kind=FileKind.PDF, by=by)
    return ServiceCommitment.objects.create(
        application=application, file=file, signatory="示例行长", signed_on=clock.today()
    )


def test_program_reads_the_sheet_with_its_criteria(client: Client, draft: Application, clerk: User) -> None:
    sign(draft, clerk)
    draft.answers.filter(criterion__number=9).update(signatory="副行长", signed_on=MONDAY)
    client.force_login(clerk)
    said = client.get(f"/api/v1/applications/{draft.pk}/").json()["service_commitment"]
    asking = draft.edition.criteria.filter(undertaking_needed=True).exclude(number=9)
    assert said["criteria"] == [one.number for one in asking]
    assert (said["signatory"], said["signed_on"], len(said["sha256"])) == ("示例行长", "2026-03-02", 64)
