"""A supplement shows what was changed, asks before it goes unchanged, and leaves a receipt."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from admission.applications.actions.answers import save_answer
from admission.applications.actions.evidence import attach_evidence, remove_evidence
from admission.applications.actions.supplements import submit_supplement
from admission.applications.changes import changes_in
from admission.applications.models import Answer, Application, SupplementRequest
from admission.applications.states import ApplicationState
from admission.editions.models import PolicyEdition
from admission.review.tests.test_supplements import asked
from admission.tests.factories import accepted, pdf_file, submitted
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.refusals import Incomplete, WrongState

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY = dt.date(2026, 3, 2), dt.date(2026, 3, 3)


@pytest.fixture
def request_open(bank: Bank, clerk: User, people: "People", edition: PolicyEdition) -> SupplementRequest:
    """Criteria 1 and 3 are to be supplemented."""
    with clock.playing(MONDAY):
        application = submitted(bank, clerk)
    return asked(application, people, 1, 3)


def unchanged_numbers(request: SupplementRequest) -> list[int]:
    """The numbers of the criteria that were asked for and have not changed."""
    return [one.item.criterion.number for one in changes_in(request) if not one.changed]


def save(application: Application, number: int, by: User, **new: object) -> None:
    """Save an answer as it is, but for what is new."""
    answer = Answer.objects.get(application=application, criterion__number=number)
    with clock.playing(TUESDAY):
        save_answer(
            application=application,
            criterion=answer.criterion,
            by=by,
            text=str(new.get("text", answer.text)),
            facts=answer.facts,
            signatory=answer.signatory,
            signed_on=answer.signed_on,
            version=answer.version,
        )


def test_criterion_not_asked_for_is_refused_in_its_own_words(
    request_open: SupplementRequest, clerk: User
) -> None:
    with pytest.raises(WrongState, match="本条不在补正范围内"):
        save(request_open.application, 2, clerk, text="示例：另有说明。")


def test_criterion_under_review_is_refused_in_other_words(
    bank: Bank, clerk: User, people: "People", edition: PolicyEdition
) -> None:
    application = accepted(bank, clerk, people)
    with pytest.raises(WrongState) as refusal:
        save(application, 2, clerk, text="示例：另有说明。")
    assert refusal.value.code != "not_asked"


def test_saving_the_same_again_is_no_change(request_open: SupplementRequest, clerk: User) -> None:
    save(request_open.application, 1, clerk)
    assert unchanged_numbers(request_open) == [1, 3]


def test_change_taken_back_is_no_change(request_open: SupplementRequest, clerk: User) -> None:
    before = Answer.objects.get(application=request_open.application, criterion__number=1).text
    save(request_open.application, 1, clerk, text="已补正。")
    assert unchanged_numbers(request_open) == [3]
    save(request_open.application, 1, clerk, text=before)
    assert unchanged_numbers(request_open) == [1, 3]


def test_attached_and_removed_documents_are_changes(request_open: SupplementRequest, clerk: User) -> None:
    application = request_open.application
    criterion = application.edition.criteria.get(number=1)
    with clock.playing(TUESDAY):
        added = attach_evidence(
            application=application, criterion=criterion, by=clerk, content=pdf_file(4), name="补.pdf"
        )
        assert unchanged_numbers(request_open) == [3]
        remove_evidence(evidence=added, by=clerk)
    assert unchanged_numbers(request_open) == [1, 3]


def test_request_older_than_the_digest_compares_times(request_open: SupplementRequest, clerk: User) -> None:
    request_open.items.update(asked_digest="")
    assert unchanged_numbers(request_open) == [1, 3]
    save(request_open.application, 3, clerk)
    assert unchanged_numbers(request_open) == [1]


def test_unchanged_supplement_names_the_items_and_asks(
    client: Client, request_open: SupplementRequest, clerk: User
) -> None:
    save(request_open.application, 1, clerk, text="已补正。")
    client.force_login(clerk)
    path = reverse("admission:supplement", args=[request_open.application_id])
    with clock.playing(TUESDAY):
        page = client.get(path).content.decode()
        assert page.count('class="tag done"') == 1
        assert page.count('class="tag you"') == 1
        assert "确认第3条未作改动，照原样提交。" in page
        refused = client.post(path).content.decode()
        assert "第3条没有改动。请改动，或者确认照原样提交。" in refused
        assert Application.objects.get().state == ApplicationState.SUPPLEMENTING
        answer = client.post(path, {"unchanged": "on"})
    assert answer.headers["Location"] == reverse(
        "admission:supplement_receipt", args=[request_open.application_id, request_open.pk]
    )
    assert Application.objects.get().state == ApplicationState.SUBMITTED
    assert [one.changed for one in changes_in(request_open)] == [True, False]


def test_changed_supplement_asks_nothing(
    client: Client, request_open: SupplementRequest, clerk: User
) -> None:
    for number in (1, 3):
        save(request_open.application, number, clerk, text="已补正。")
    client.force_login(clerk)
    path = reverse("admission:supplement", args=[request_open.application_id])
    with clock.playing(TUESDAY):
        assert 'name="unchanged"' not in client.get(path).content.decode()
        assert client.post(path).status_code == 302


def test_confirmation_does_not_cover_what_a_colleague_took_back(
    request_open: SupplementRequest, clerk: User
) -> None:
    with clock.playing(TUESDAY), pytest.raises(Incomplete, match="1"):
        submit_supplement(application=request_open.application, by=clerk, unchanged=[3])


def test_receipt_of_a_supplement_lists_items_and_files(
    client: Client, request_open: SupplementRequest, clerk: User
) -> None:
    application = request_open.application
    criterion = application.edition.criteria.get(number=3)
    with clock.playing(TUESDAY):
        added = attach_evidence(
            application=application, criterion=criterion, by=clerk, content=pdf_file(4), name="补.pdf"
        )
        submit_supplement(application=application, by=clerk, unchanged=[1])
    client.force_login(clerk)
    keys = [application.pk, request_open.pk]
    page = client.get(reverse("admission:supplement_receipt", args=keys)).content.decode()
    said = [application.case_number, "2026-03-03", str(clerk), added.file.sha256, "未改动", "已改动"]
    said += [str(request_open.letter), "由市人社局办理"]
    assert [words for words in said if words not in page] == []
    pdf = client.get(reverse("admission:supplement_receipt_pdf", args=keys))
    assert pdf.content.startswith(b"%PDF-")
    case = client.get(reverse("admission:task_list", args=[application.pk])).content.decode()
    assert reverse("admission:supplement_receipt", args=keys) in case


def test_open_and_foreign_supplements_have_no_receipt(
    client: Client, request_open: SupplementRequest, clerk: User, stranger: User
) -> None:
    keys = [request_open.application_id, request_open.pk]
    paths = [
        reverse(f"admission:{name}", args=keys) for name in ("supplement_receipt", "supplement_receipt_pdf")
    ]
    client.force_login(clerk)
    assert [client.get(path).status_code for path in paths] == [404, 404]
    client.force_login(stranger)
    assert [client.get(path).status_code for path in paths] == [404, 404]
