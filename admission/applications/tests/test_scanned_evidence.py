"""Unscanned and quarantined evidence is neither opened nor counted."""

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from admission.applications.actions.applications import (
    start_application,
    submit_application,
    withdraw_application,
)
from admission.applications.actions.copying import earlier_answers
from admission.applications.actions.evidence import attach_evidence, remove_evidence, replace_evidence
from admission.applications.gaps import missing_in
from admission.applications.models import Application, Evidence
from admission.applications.rules import may_submit, may_submit_supplement
from admission.applications.states import ApplicationState
from admission.editions.models import PolicyEdition
from admission.review.actions.acceptance import accept_application
from admission.review.actions.supplements import record_remark, request_supplement
from admission.tests.factories import PDF, answer_all, pdf_file
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.files.actions import record_scan
from zsbank.base.files.scanner import Answer
from zsbank.base.files.states import ScanState
from zsbank.base.refusals import Incomplete, Refused

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
SIGNATURE = "Eicar-Test-Signature"


@pytest.fixture(autouse=True)
def scanner(settings: Settings) -> None:
    """A configured scanner; the tests record its results."""
    settings.CLAMAV_SOCKET = "unix:/nobody/there.sock"


@pytest.fixture
def application(bank: Bank, clerk: User, edition: PolicyEdition) -> Application:
    """A draft."""
    return start_application(bank=bank, by=clerk)


def attach(application: Application, by: User, name: str = "执照.pdf", number: int = 0) -> Evidence:
    """Attach a document to criterion 1."""
    first = application.edition.criteria.get(number=1)
    content = pdf_file(number)
    return attach_evidence(application=application, criterion=first, by=by, content=content, name=name)


def answered(evidence: Evidence, signature: str = "") -> Evidence:
    """Record the scanner's result."""
    assert record_scan(file_id=evidence.file_id, answer=Answer(signature))
    return Evidence.objects.select_related("file").get(pk=evidence.pk)


def lacking(application: Application) -> list[str]:
    """Return what is missing in the answer to criterion 1."""
    answer = application.answers.with_evidence().filter(criterion__number=1).first()
    return missing_in(application.edition.criteria.get(number=1), answer, None)


def why_not(application: Application) -> set[str]:
    """Return the codes of the reasons against submission."""
    return {reason.code for reason in may_submit(None, application).reasons}


def all_clean(application: Application, but: int = 0) -> None:
    """Record a clean scan of all files but some."""
    for row in Evidence.objects.filter(answer__application=application):
        if row.answer.criterion.number != but:
            answered(row)


def test_unscanned_file_is_evidence_but_not_opened(
    client: Client, application: Application, clerk: User
) -> None:
    evidence = attach(application, clerk)
    client.force_login(clerk)
    page = reverse("admission:criterion", args=[application.pk, 1])
    address = reverse("admission:evidence", args=[evidence.pk])
    text = client.get(page, headers={"accept-language": "en"}).content.decode()
    assert "正在查毒" in text
    assert f'href="{address}' not in text
    assert lacking(application) == []
    refused = client.get(address, headers={"accept-language": "en"})
    assert refused.status_code == 409
    assert "请一分钟后再试" in refused.content.decode()
    answered(evidence)
    assert b"".join(client.get(address).streaming_content) == PDF  # type: ignore[attr-defined]
    assert f'href="{address}?look"' in client.get(page).content.decode()


def test_answers_are_saved_while_files_are_scanned(
    client: Client, application: Application, clerk: User
) -> None:
    attach(application, clerk)
    client.force_login(clerk)
    page = reverse("admission:autosave", args=[application.pk, 1])
    client.post(page, {"text": "证明材料附后。", "version": "0"})
    assert application.answers.get().text == "证明材料附后。"


def test_quarantined_file_does_not_count_until_replaced(
    client: Client, application: Application, clerk: User
) -> None:
    evidence = answered(attach(application, clerk), SIGNATURE)
    client.force_login(clerk)
    page = reverse("admission:criterion", args=[application.pk, 1])
    text = client.get(page, headers={"accept-language": "en"}).content.decode()
    assert "已隔离：请另交一份文件" in text
    refused = client.get(reverse("admission:evidence", args=[evidence.pk]), headers={"accept-language": "en"})
    assert refused.status_code == 409
    assert SIGNATURE in refused.content.decode()
    assert any("执照.pdf" in what for what in lacking(application))
    newer = replace_evidence(evidence=evidence, by=clerk, content=pdf_file(), name="新.pdf")
    assert lacking(application) == []
    answered(newer)
    assert lacking(application) == []


def test_submission_waits_for_the_virus_scan(application: Application, clerk: User) -> None:
    answer_all(application, clerk)
    with pytest.raises(Incomplete, match="1、"):
        submit_application(application=application, by=clerk)
    all_clean(application, but=1)
    assert why_not(application) == {"being_checked"}
    waiting = Evidence.objects.get(answer__criterion__number=1)
    answered(waiting, SIGNATURE)
    assert why_not(application) == {"incomplete"}
    remove_evidence(evidence=waiting, by=clerk)
    answered(attach(application, clerk))
    assert submit_application(application=application, by=clerk).state == ApplicationState.SUBMITTED


def test_supplement_does_not_wait_for_the_virus_scan(
    application: Application, clerk: User, people: "People"
) -> None:
    answer_all(application, clerk)
    all_clean(application)
    submit_application(application=application, by=clerk)
    first = application.edition.criteria.get(number=1)
    record_remark(application=application, criterion=first, by=people.intake, text="请补。")
    application = request_supplement(application=application, by=people.intake).application
    old = Evidence.objects.get(answer__criterion__number=1)
    newer = replace_evidence(evidence=old, by=clerk, content=pdf_file(), name="新.pdf")
    assert newer.file.scan == ScanState.BEING_CHECKED
    assert may_submit_supplement(None, application)
    answered(newer, SIGNATURE)
    assert not may_submit_supplement(None, application)


def test_review_page_shows_scan_state_and_does_not_open_file(
    client: Client, application: Application, clerk: User, people: "People"
) -> None:
    answer_all(application, clerk)
    all_clean(application)
    submit_application(application=application, by=clerk)
    accept_application(application=application, by=people.intake)
    file = Evidence.objects.get(answer__criterion__number=1).file
    desk = reverse("admin:admission_application_review", args=[application.pk, 1])
    address = reverse("admin:admission_application_file", args=[application.pk, file.pk])
    client.force_login(people.reviewer)
    frame = client.get(desk).content.decode().partition("<iframe")[2]
    assert f'src="{address}#view=FitH' in frame
    for state, said in (
        (ScanState.BEING_CHECKED, "正在查毒"),
        (ScanState.QUARANTINED, "已隔离：请另交一份文件"),
    ):
        file.scan, file.scan_result = state, SIGNATURE
        file.save(update_fields=["scan", "scan_result"])
        text = client.get(desk, headers={"accept-language": "en"}).content.decode()
        assert said in text
        assert address not in text
        assert client.get(address).status_code == 409


def test_quarantined_evidence_is_not_copied(
    application: Application, bank: Bank, clerk: User, edition: PolicyEdition
) -> None:
    clean, bad = attach(application, clerk), attach(application, clerk, "坏.pdf", 1)
    answered(clean)
    answered(bad, SIGNATURE)
    withdraw_application(application=application, by=clerk, reason="改日再来。")
    [earlier] = earlier_answers(start_application(bank=bank, by=clerk))
    assert earlier.evidence == (clean,)


# Quota ------------------------------------------------------------------------------------------------------------


def test_quota_refusal_states_used_and_limit(
    application: Application, clerk: User, settings: Settings
) -> None:
    settings.CASE_QUOTA_BYTES = 2 * len(PDF)
    attach(application, clerk)
    second = attach(application, clerk, number=1)
    with pytest.raises(Refused) as caught:
        attach(application, clerk, number=2)
    assert caught.value.code == "quota"
    settings.CASE_QUOTA_BYTES = 3 * 1024 * 1024
    second.file.size = 3 * 1024 * 1024
    second.file.save(update_fields=["size"])
    with pytest.raises(Refused, match=r"3\.0 MB.*3\.0 MB"):
        attach(application, clerk, number=2)
    assert Evidence.objects.count() == 2


def test_replaced_and_removed_files_count_towards_quota(
    application: Application, clerk: User, settings: Settings
) -> None:
    settings.CASE_QUOTA_BYTES = 2 * len(PDF)
    newer = replace_evidence(evidence=attach(application, clerk), by=clerk, content=pdf_file(), name="新.pdf")
    remove_evidence(evidence=newer, by=clerk)
    with pytest.raises(Refused):
        attach(application, clerk)


def test_each_case_has_its_own_quota(
    application: Application, clerk: User, other_bank: Bank, stranger: User, settings: Settings
) -> None:
    settings.CASE_QUOTA_BYTES = len(PDF)
    attach(application, clerk)
    attach(start_application(bank=other_bank, by=stranger), stranger)
    with pytest.raises(Refused):
        attach(application, clerk)


def test_quota_refusal_is_shown_on_the_page(
    client: Client, application: Application, clerk: User, settings: Settings
) -> None:
    settings.CASE_QUOTA_BYTES = 10
    client.force_login(clerk)
    path = reverse("admission:upload", args=[application.pk, 1])
    document = pdf_file()
    document.name = "执照.pdf"
    answer = client.post(path, {"file": document}, headers={"accept-language": "en"})
    assert answer.status_code == 422
    assert "放不下这" in answer.content.decode()


def test_removed_document_that_is_being_scanned_blocks_nothing(application: Application, clerk: User) -> None:
    answer_all(application, clerk)
    all_clean(application)
    extra = attach(application, clerk, name="另一份.pdf", number=4)
    assert why_not(application) == {"being_checked"}
    remove_evidence(evidence=extra, by=clerk)
    assert why_not(application) == set()
