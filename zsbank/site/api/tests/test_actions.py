"""Actions through the API: the same rules, forms and refusals as on the pages."""

import json
from typing import TYPE_CHECKING, Any

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from admission.editions.models import PolicyEdition
from admission.tests.factories import PDF
from banks.register.models import Bank
from conftest import make_officer
from inspections.complaints.models import Complaint
from inspections.complaints.states import ComplaintState
from inspections.complaints.terms import Source
from inspections.complaints.tests import factories as complaints
from inspections.fees.models import FeeNotice
from inspections.fees.tests import factories as fees
from inspections.rectification.tests.factories import qualified
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.files.tests.papers import pdf, scripted
from zsbank.base.journal.models import Entry
from zsbank.base.permissions import Verb
from zsbank.base.roles import Role
from zsbank.site.api.tests.test_api import problem

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
COMPLAINTS, FEES = "/api/v1/complaints/", "/api/v1/fee-notices/"


def paper(content: bytes = PDF, name: str = "缴款回单.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def send(client: Client, address: str, **given: Any) -> Any:
    """Send an action without files."""
    return client.post(address, json.dumps(given), content_type="application/json")


@pytest.fixture
def notice(bank: Bank, people: "People", edition: PolicyEdition) -> FeeNotice:
    """A fee notice that the bank has to pay."""
    return fees.entered(bank, people.inspector)


@pytest.fixture
def complaint(bank: Bank, people: "People", edition: PolicyEdition) -> Complaint:
    """A complaint that the bank has to answer."""
    return complaints.forwarded(bank, people.inspector, on=clock.today(), received_on=clock.today())


def test_complaint_goes_its_way(
    client: Client, bank: Bank, clerk: User, people: "People", edition: PolicyEdition
) -> None:
    qualified(bank, people.decider)
    client.force_login(people.inspector)
    today = clock.today().isoformat()
    given = {"bank": bank.pk, "source": Source.HOTLINE_12345.value, "reference": "DH1", "received_on": today}
    made = send(
        client, f"{COMPLAINTS}actions/enter_complaint/", **given, kind="first-contact", facts=complaints.FACTS
    )
    assert made.status_code == 201, made.content.decode()
    row = f"{COMPLAINTS}{made.json()['id']}/"
    sent = send(client, f"{row}actions/forward_complaint/", kind="first-contact", days=10)
    assert (sent.status_code, sent.json()["state"]) == (200, "forwarded"), sent.content.decode()
    client.force_login(clerk)
    answer = client.post(f"{row}actions/answer_complaint/", {"text": "已补办。", "files": [paper()]})
    assert (answer.status_code, answer.json()["state"]) == (200, "answered"), answer.content.decode()
    client.force_login(people.inspector)
    closed = send(client, f"{row}actions/close_complaint/", founded="yes", reason="未落实首问负责。")
    assert (closed.status_code, closed.json()["state"]) == (200, "closed"), closed.content.decode()
    assert [entry.actor for entry in Entry.objects.filter(verb=Verb.ANSWER_COMPLAINT)] == [clerk]


def test_payment_is_stated_with_its_proof(client: Client, clerk: User, notice: FeeNotice) -> None:
    client.force_login(clerk)
    address = f"{FEES}{notice.pk}/actions/state_fee_payment/"
    stated = client.post(address, {"paid_on": clock.today().isoformat(), "proof": paper()})
    assert (stated.status_code, stated.json()["state"]) == (200, "stated")
    notice.refresh_from_db()
    assert [payment.stated_by for payment in notice.payments.all()] == [clerk]


def test_file_may_be_larger_than_a_body_without_files(
    client: Client, clerk: User, notice: FeeNotice, settings: Settings
) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 300
    client.force_login(clerk)
    given = {"paid_on": clock.today().isoformat(), "proof": paper()}
    assert client.post(f"{FEES}{notice.pk}/actions/state_fee_payment/", given).status_code == 200


def test_refused_file_is_named_at_its_field(client: Client, clerk: User, notice: FeeNotice) -> None:
    client.force_login(clerk)
    address = f"{FEES}{notice.pk}/actions/state_fee_payment/"
    given = {"paid_on": clock.today().isoformat(), "proof": paper(pdf(scripted))}
    refused = client.post(address, given)
    assert refused.status_code == 400
    assert list(problem(refused)["errors"]) == ["proof"]
    assert not notice.payments.exists()


def test_offered_are_actions_of_the_person_and_the_hour(
    client: Client, clerk: User, people: "People", complaint: Complaint
) -> None:
    address = f"{COMPLAINTS}{complaint.pk}/actions/"

    def names(person: User) -> set[str]:
        client.force_login(person)
        return {offer["name"] for offer in client.get(address).json() if not offer["why_not"]}

    assert names(clerk) == {"answer_complaint"}
    assert names(people.inspector) == set()
    assert names(people.decider) == {"withdraw_complaint"}
    assert names(people.reviewer) == set()
    complaints.answered(complaint, clerk, on=clock.today())
    assert names(clerk) == set()
    assert names(people.inspector) == {"close_complaint", "send_back_complaint"}


def test_offer_tells_fields_choices_and_address(client: Client, people: "People", bank: Bank) -> None:
    qualified(bank, people.decider)
    client.force_login(people.inspector)
    [offer] = client.get(f"{FEES}actions/").json()
    fields = {field["name"]: field for field in offer["form"]}
    assert offer["address"] == f"{FEES}actions/enter_fee_notice/"
    assert fields["bank"]["choices"] == [{"value": str(bank.pk), "text": str(bank)}]
    assert (fields["bank"]["required"], fields["covers"]["required"]) == (True, False)


def test_role_is_refused_and_recorded(client: Client, clerk: User, notice: FeeNotice) -> None:
    client.force_login(clerk)
    refused = send(client, f"{FEES}{notice.pk}/actions/withdraw_fee_notice/", reason="示例")
    assert (refused.status_code, problem(refused)["title"]) == (403, "role")
    entry = Entry.objects.get(verb=Verb.REFUSE, data__verb=Verb.WITHDRAW_FEE_NOTICE)
    assert (entry.actor, entry.subject_id) == (clerk, notice.pk)


def test_other_banks_row_is_answered_like_none(client: Client, stranger: User, notice: FeeNotice) -> None:
    client.force_login(stranger)
    given = {"paid_on": clock.today().isoformat()}
    answers = [
        client.post(f"{FEES}{key}/actions/state_fee_payment/", given | {"proof": paper()})
        for key in (notice.pk, 999_999)
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content
    assert not Entry.objects.filter(verb=Verb.REFUSE).exists()


def test_case_that_moved_on_says_who_was_faster(
    client: Client, clerk: User, people: "People", notice: FeeNotice
) -> None:
    fees.stated(notice, clerk, clock.today())
    address = f"{FEES}{notice.pk}/actions/confirm_fee_payment/"
    answers = []
    for person in (people.inspector, make_officer("inspector2", Role.INSPECTOR)):
        client.force_login(person)
        answers.append(send(client, address, paid_on=clock.today().isoformat()))
    assert [answer.status_code for answer in answers] == [200, 409]
    assert people.inspector.name in problem(answers[1])["detail"]


def test_signature_asks_who_it_is(
    client: Client, people: "People", notice: FeeNotice, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(people.inspector)
    monkeypatch.setattr(
        "zsbank.base.accounts.reauthentication.REAUTH_VERBS", frozenset({Verb.WITHDRAW_FEE_NOTICE})
    )
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = []
    session.save()
    refused = send(client, f"{FEES}{notice.pk}/actions/withdraw_fee_notice/", reason="示例")
    assert (refused.status_code, problem(refused)["title"]) == (403, "reauthenticate")
    assert reverse("account_reauthenticate") in problem(refused)["detail"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"kind": "first-contact", "days": 10, "state": "closed"}, "state"),
        ({"kind": "first-contact", "days": "10"}, "days"),
        ({"kind": "first-contact", "days": True}, "days"),
        ({"kind": ["first-contact"], "days": 10}, "kind"),
        ({"kind": None, "days": 10}, "kind"),
        ({"kind": {"slug": "first-contact"}, "days": 10}, "kind"),
        ({"kind": "nothing", "days": 10}, "kind"),
        ({"kind": "first-contact", "days": 0}, "days"),
        ({"days": 10}, "kind"),
        ([{"kind": "first-contact"}], ""),
        ("first-contact", ""),
        (None, ""),
    ],
)
def test_wrong_input_is_named(
    client: Client, bank: Bank, people: "People", edition: PolicyEdition, given: Any, field: str
) -> None:
    row = complaints.entered(bank, people.inspector)
    client.force_login(people.inspector)
    address = f"{COMPLAINTS}{row.pk}/actions/forward_complaint/"
    refused = client.post(address, json.dumps(given), content_type="application/json")
    assert refused.status_code == 400
    assert list(problem(refused)["errors"]) == [field]
    row.refresh_from_db()
    assert row.state == ComplaintState.RECEIVED


def test_form_in_parts_is_no_json(people: "People", notice: FeeNotice) -> None:
    """With the check of the token, Django has read a form in parts before the framework looks at it."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.inspector)
    client.cookies["csrftoken"] = token = "c" * 32
    address = f"{FEES}{notice.pk}/actions/withdraw_fee_notice/"
    refused = client.post(address, {"reason": "示例"}, headers={"x-csrftoken": token})
    assert (refused.status_code, notice.withdrawn_by) == (415, None)


def test_body_of_another_type_is_refused(client: Client, clerk: User, notice: FeeNotice) -> None:
    client.force_login(clerk)
    refused = send(client, f"{FEES}{notice.pk}/actions/state_fee_payment/", paid_on="2025-03-03")
    assert refused.status_code == 415
