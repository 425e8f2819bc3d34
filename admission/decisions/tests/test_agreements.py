"""An approval takes effect with the last agreement."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from admission.applications.actions.applications import start_application
from admission.applications.models import Application
from admission.applications.states import Outcome
from admission.decisions.actions import agreements
from admission.decisions.actions.decisions import decide, recommend, send_back
from admission.decisions.models import Agreement, Decision
from admission.decisions.terms import AgreementKind
from admission.editions.models import PolicyEdition
from admission.editions.terms import Provides
from admission.review.actions.acceptance import accept_application
from admission.review.actions.findings import record_finding
from admission.review.states import FindingResult
from admission.tests.factories import agreed, pdf_file, recommended, submitted
from banks.register.models import Bank, Qualification
from banks.register.states import Standing
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.journal.models import Entry
from zsbank.base.refusals import NotAllowed, Refused, WrongState

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db


def record(application: Application, kind: AgreementKind, by: User, **other: dt.date) -> Agreement:
    """Record an agreement, by default signed today."""
    today = clock.today()
    return agreements.record_agreement(
        application=application,
        kind=kind,
        by=by,
        number="协1号",
        bank_signed_on=other.get("bank_signed_on", today),
        bureau_signed_on=other.get("bureau_signed_on", today),
        document=pdf_file(),
        document_name="协议.pdf",
    )


@pytest.fixture
def approved(bank: Bank, clerk: User, edition: PolicyEdition, people: "People") -> Application:
    """An application just approved, with its confidentiality agreement found signed."""
    application = recommended(bank, clerk, people)
    decide(application=application, by=people.decider)
    application.refresh_from_db()
    return application


def test_decision_alone_gives_no_qualification(approved: Application) -> None:
    assert Bank.objects.get().standing == Standing.APPLICANT
    assert not Qualification.objects.exists()
    assert Agreement.objects.get().kind == AgreementKind.CONFIDENTIALITY
    assert "自双方签订合作协议之日起生效" in str(approved.decision.letter.data)


def test_last_agreement_makes_approval_effective(approved: Application, people: "People") -> None:
    qualification = record(approved, AgreementKind.COOPERATION, people.reviewer).decision.qualification
    assert Bank.objects.get().standing == Standing.QUALIFIED
    assert qualification is not None
    assert (qualification.effective_from, qualification.may_issue) == (clock.today(), True)
    assert Entry.objects.get(verb="record_agreement").actor == people.reviewer


def test_both_agreements_are_outstanding_without_an_answer(
    bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    application = recommended(bank, clerk, people)
    answer = application.answers.get(criterion__number=14)
    answer.facts = {}
    answer.save(update_fields=["facts"])
    send_back(application=application, by=people.decider, reason="保密协议未签。")
    recommend(application=application, by=people.reviewer, outcome=Outcome.APPROVE, reason="生效前签订。")
    decide(application=application, by=people.decider)
    record(application, AgreementKind.COOPERATION, people.reviewer)
    assert Bank.objects.get().standing == Standing.APPLICANT
    record(application, AgreementKind.CONFIDENTIALITY, people.reviewer)
    assert Bank.objects.get().standing == Standing.QUALIFIED


def test_agreement_without_permission_is_refused(
    approved: Application, people: "People", clerk: User, stranger: User
) -> None:
    for person in (people.decider, people.auditor, clerk, stranger):
        with pytest.raises(NotAllowed):
            record(approved, AgreementKind.COOPERATION, person)
    assert not Qualification.objects.exists()


def test_agreement_is_recorded_once(approved: Application, people: "People") -> None:
    stale = Application.objects.get(pk=approved.pk)
    record(approved, AgreementKind.COOPERATION, people.reviewer)
    with pytest.raises(WrongState):
        record(stale, AgreementKind.COOPERATION, people.reviewer)
    with pytest.raises(WrongState):
        record(stale, AgreementKind.CONFIDENTIALITY, people.reviewer)
    assert Qualification.objects.count() == 1


def test_future_signature_date_is_refused(approved: Application, people: "People") -> None:
    tomorrow = clock.today() + dt.timedelta(days=1)
    with pytest.raises(Refused):
        record(approved, AgreementKind.COOPERATION, people.reviewer, bureau_signed_on=tomorrow)


def test_agreement_before_approval_is_refused(
    bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    application = submitted(bank, clerk)
    with pytest.raises(WrongState):
        record(application, AgreementKind.COOPERATION, people.reviewer)


def test_new_application_is_refused_while_agreements_are_outstanding(
    approved: Application, clerk: User
) -> None:
    with pytest.raises(Refused, match="协议签订后"):
        start_application(bank=approved.bank, by=clerk)


def test_bank_barred_meanwhile_is_not_admitted(approved: Application, people: "People") -> None:
    qualification = agreed(approved, people)
    assert Decision.objects.get().qualification == qualification
    with pytest.raises(WrongState):
        agreed(approved, people)


def test_desk_validates_agreement_dates_and_document(
    client: Client, approved: Application, people: "People"
) -> None:
    client.force_login(people.reviewer)
    sheet = reverse("admin:admission_application_action", args=[approved.pk, "record_agreement"])
    assert "合作协议" in client.get(sheet).content.decode()
    empty = client.post(sheet, {"kind": "cooperation"})
    assert empty.status_code == 200
    assert not Qualification.objects.exists()
    today = clock.today().isoformat()
    fields = {"kind": "cooperation", "bank_signed_on": today, "bureau_signed_on": today}
    done = client.post(sheet, {**fields, "document": pdf_file_named()}, follow=True)
    assert done.redirect_chain
    assert Qualification.objects.count() == 1


def pdf_file_named() -> SimpleUploadedFile:
    """An uploaded PDF with a name."""
    return SimpleUploadedFile("合作协议.pdf", pdf_file().read())


def test_agreement_found_incomplete_is_signed_after_approval(
    bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    application = accept_application(application=submitted(bank, clerk), by=people.intake)
    asking = edition.criterion_providing(Provides.CONFIDENTIALITY_AGREEMENT)
    for criterion in edition.criteria.all():
        record_finding(
            application=application,
            criterion=criterion,
            by=people.reviewer,
            result=FindingResult.SUPPLEMENT if criterion == asking else FindingResult.MET,
            reason="未签。" if criterion == asking else "已人工核实。",
        )
    recommend(application=application, by=people.reviewer, outcome=Outcome.APPROVE, reason="生效前签订。")
    decide(application=application, by=people.decider)
    application.refresh_from_db()
    assert "自双方签订合作协议和保密协议之日起生效" in str(application.decision.letter.data)
    record(application, AgreementKind.COOPERATION, people.reviewer)
    assert not Qualification.objects.exists()
    record(application, AgreementKind.CONFIDENTIALITY, people.reviewer)
    assert Qualification.objects.get().may_issue
