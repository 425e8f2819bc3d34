"""Banks that look like known ones are registered only after a second person's judgement."""

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from banks.changes.actions import changes
from banks.changes.tests.factories import entered, new_code
from banks.register.actions import register_bank
from banks.register.identifiers import with_check_characters
from banks.register.models import Bank
from banks.register.queries import known_like
from banks.register.states import Standing
from banks.register.terms import BankCategory, Ground
from banks.register.tests.examples import set_standing
from banks.registrations.actions import confirm_registration, decline_registration, request_registration
from banks.registrations.case import confirmed_are_recorded
from banks.registrations.models import Registration
from banks.registrations.states import RegistrationState
from banks.registrations.tests.factories import OTHER_CODE, alike, pending
from banks.tests.factories import OutletFactory
from zsbank.base.accounts.models import User
from zsbank.base.journal.models import Entry
from zsbank.base.permissions import Verb
from zsbank.base.refusals import NotAllowed, Refused

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
UNLIKE = {
    "name": "示例银行戊",
    "uscc": OTHER_CODE,
    "license_institution_code": "B9999H244200001",
    "address": "示例路99号",
}
FORM = "/admin/banks/bank/do/register_bank/"


def register(by: User, **data: str) -> Bank:
    """Register a bank that looks like none, but for the data that are given."""
    return register_bank(**UNLIKE | data, category=BankCategory.CITY, by=by)


@pytest.fixture
def known(bank: Bank, people: "People") -> Bank:
    """示例银行（甲） with address, outlet, and an earlier name; barred."""
    Bank.objects.filter(pk=bank.pk).update(name="示例银行（甲）", address="示例路１号")
    changed = entered(Bank.objects.get(pk=bank.pk), people.intake, name="示例银行（新）")
    changes.accept_change(change=changed, by=people.decider)
    OutletFactory.create(bank=bank, uscc="91442000MADEM0046Q", license_institution_code="B9002S244200077")
    return set_standing(bank, Standing.LOCKED_OUT)


@pytest.mark.parametrize(
    ("data", "ground"),
    [
        ({"name": "示例银行(新)"}, Ground.NAME),
        ({"name": "示例银行 （新）"}, Ground.NAME),
        ({"name": "示例银行(甲)"}, Ground.FORMER_NAME),
        ({"license_institution_code": "b9001h244200001"}, Ground.LICENCE),
        ({"address": "示例路1号"}, Ground.ADDRESS),
        ({"uscc": "91442000MADEM0046Q"}, Ground.OUTLET),
        ({"license_institution_code": "B9002S244200077"}, Ground.OUTLET),
    ],
)
def test_bank_that_looks_like_a_known_one_is_stopped(
    data: dict[str, str], ground: Ground, known: Bank, people: "People"
) -> None:
    with pytest.raises(Refused) as refusal:
        register(people.intake, **data)
    assert refusal.value.code == "known"
    for words in (known.name, known.get_standing_display(), ground.label):
        assert str(words) in str(refusal.value)
    assert Bank.objects.count() == 1


def test_former_code_is_stopped(bank: Bank, people: "People") -> None:
    changes.accept_change(change=new_code(bank, people.intake), by=people.decider)
    with pytest.raises(Refused) as refusal:
        register(people.intake, uscc="91442000MADEM00116")
    assert refusal.value.code == "known"
    assert [one.grounds for one in known_like({"uscc": "91442000MADEM00116"})] == [(Ground.FORMER_USCC,)]


def test_present_code_is_refused_as_registered(known: Bank, people: "People") -> None:
    for enter in (
        lambda: register(people.intake, uscc=known.uscc),
        lambda: pending(known, people.intake, known.uscc),
    ):
        with pytest.raises(Refused) as refusal:
            enter()
        assert refusal.value.code == "taken"


def test_other_bank_is_registered_at_once(known: Bank, people: "People") -> None:
    assert register(people.intake).standing == Standing.APPLICANT
    assert not Registration.objects.exists()


def test_confirmed_registration_makes_an_applicant(known: Bank, people: "People") -> None:
    registration = pending(known, people.intake)
    assert Bank.objects.count() == 1
    confirm_registration(registration=registration, by=people.decider, reason="示例：已核对营业执照。")
    made = Registration.objects.get()
    assert made.bank is not None
    assert (made.bank.uscc, made.bank.standing) == (OTHER_CODE, Standing.APPLICANT)
    entry = Entry.objects.get(verb=Verb.CONFIRM_REGISTRATION)
    assert (entry.actor, entry.reason) == (people.decider, "示例：已核对营业执照。")
    assert Entry.objects.filter(verb=Verb.REGISTER_BANK, subject_id=made.bank.pk).count() == 1
    assert list(confirmed_are_recorded()) == []


def test_declined_registration_makes_none(known: Bank, people: "People") -> None:
    registration = pending(known, people.intake)
    decline_registration(registration=registration, by=people.decider, reason="示例：同一法人。")
    assert Registration.objects.get().state == RegistrationState.DECLINED
    assert Bank.objects.count() == 1


def test_person_who_entered_it_does_not_judge_it(known: Bank, people: "People") -> None:
    registration = pending(known, people.intake)
    Registration.objects.update(requested_by=people.decider)
    for judge in (confirm_registration, decline_registration):
        with pytest.raises(NotAllowed) as refusal:
            judge(registration=registration, by=people.decider, reason="示例")
        assert refusal.value.code == "four_eyes"


def test_code_registered_meanwhile_is_refused(known: Bank, people: "People") -> None:
    registration = pending(known, people.intake)
    Bank.objects.create(name="示例银行丁", uscc=OTHER_CODE, category="city")
    with pytest.raises(Refused) as refusal:
        confirm_registration(registration=registration, by=people.decider, reason="示例")
    assert refusal.value.code == "taken"


def test_same_registration_waits_once(known: Bank, people: "People") -> None:
    pending(known, people.intake)
    with pytest.raises(Refused) as refusal:
        pending(known, people.intake)
    assert refusal.value.code == "pending"


def test_other_and_declined_registrations_stop_none(known: Bank, people: "People") -> None:
    declined = pending(known, people.intake)
    pending(known, people.intake, with_check_characters("91442000MADEM009"))
    decline_registration(registration=declined, by=people.decider, reason="示例：资料有误。")
    assert pending(known, people.intake).state == RegistrationState.PENDING
    assert Registration.objects.filter(state=RegistrationState.PENDING).count() == 2


def test_form_shows_known_bank_and_leaves_the_registration_to_another_person(
    known: Bank, people: "People", client: Client
) -> None:
    client.force_login(people.intake)
    data = alike(known) | {"category": "city", "statement": ""}
    page = client.post(FORM, data)
    assert page.status_code == 200
    assert "示例银行（新）" in page.content.decode()
    assert data["address"] in page.content.decode()
    answer = client.post(FORM, data | {"statement": "示例：另一法人。"}, follow=True)
    registration = Registration.objects.get()
    assert answer.redirect_chain[-1][0].endswith(f"/registration/{registration.pk}/change/")
    assert "银行尚未登记" in answer.content.decode()
    client.force_login(people.decider)
    page = client.get(f"/admin/banks/registration/{registration.pk}/do/confirm_registration/")
    assert "示例银行（新）" in page.content.decode()
    assert str(registration.pk) in client.get("/admin/").content.decode()


def test_statement_is_not_needed_for_other_banks(known: Bank, people: "People", client: Client) -> None:
    client.force_login(people.intake)
    client.post(FORM, UNLIKE | {"category": "city", "statement": "示例"})
    assert Bank.objects.filter(uscc=OTHER_CODE).exists()
    assert not Registration.objects.exists()


def test_statement_must_be_given(known: Bank, people: "People") -> None:
    with pytest.raises(Refused):
        request_registration(**alike(known), category=BankCategory.CITY, statement=" ", by=people.intake)
