"""Divisions of a bank: who came out of it, whose bar binds whom, and to whom the qualification goes."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from banks.changes.actions.changes import accept_change
from banks.changes.checks import divisions_match_changes
from banks.changes.models import BankChange
from banks.changes.queries import warnings_of
from banks.changes.terms import ChangeKind
from banks.changes.tests.factories import division, given, succession
from banks.changes.tests.test_changes import barred
from banks.register.models import Bank, Division, Qualification
from banks.register.queries import wrong_standings
from banks.register.rules import may_apply, qualification_in_force
from banks.register.states import Standing
from banks.tests.factories import admit, leave, make_member
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.calendar.periods import Unit, calculate
from zsbank.base.cases.urls import action_page, case_page
from zsbank.base.files.tests.papers import small_pdf
from zsbank.base.journal.models import Entry
from zsbank.base.notices.models import Message
from zsbank.base.permissions import Verb
from zsbank.base.refusals import NotAllowed, Refused
from zsbank.base.roles import Role

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def third(db: None) -> Bank:
    """示例银行丁."""
    return Bank.objects.create(name="示例银行丁", uscc="91442000MADEM0046Q", category="city")


def now(bank: Bank) -> Bank:
    return Bank.objects.get(pk=bank.pk)


def accepted(change: BankChange, people: "People") -> BankChange:
    return accept_change(change=change, by=people.decider)


# The bar --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [ChangeKind.SPLIT_OFF, ChangeKind.SPLIT_UP])
def test_bar_binds_every_bank_after_the_division(
    bank: Bank, other_bank: Bank, third: Bank, kind: ChangeKind, people: "People"
) -> None:
    left = barred(bank, people.decider)
    change = division(left, [other_bank, third], people.intake, kind=kind)
    assert may_apply(other_bank, on=clock.today())
    accepted(change, people)
    assert left.may_apply_from is not None
    for one in (other_bank, third):
        verdict = may_apply(now(one), on=left.may_apply_from - DAY)
        assert verdict.has("barred")
        assert "由示例银行甲分立" in verdict.why_not
        assert may_apply(now(one), on=left.may_apply_from)
    itself = may_apply(now(bank), on=left.may_apply_from - DAY)
    assert itself.has("barred" if kind == ChangeKind.SPLIT_OFF else "divided")
    assert list(divisions_match_changes()) == []


def test_bank_that_goes_on_answers_alone_for_a_later_exit(
    bank: Bank, other_bank: Bank, people: "People"
) -> None:
    held = admit(bank, people.decider)
    accepted(division(now(bank), [other_bank], people.intake), people)
    with clock.playing(clock.today() + DAY):
        bar = calculate(clock.today(), 5, Unit.YEAR, roll=False)
        leave(Qualification.objects.get(pk=held.pk), people.decider, bar)
        assert may_apply(now(bank), on=clock.today()).has("barred")
        assert may_apply(now(other_bank), on=clock.today())


def test_exit_on_the_very_day_of_the_division_binds(bank: Bank, other_bank: Bank, people: "People") -> None:
    accepted(division(barred(bank, people.decider), [other_bank], people.intake, day=clock.today()), people)
    assert may_apply(now(other_bank), on=clock.today() + DAY).has("barred")


def test_later_exit_of_a_bank_that_ended_binds_all(
    bank: Bank, other_bank: Bank, third: Bank, people: "People"
) -> None:
    held = admit(bank, people.decider)
    change = division(now(bank), [other_bank, third], people.intake, kind=ChangeKind.SPLIT_UP)
    assert any("无人承继" in words for words in warnings_of(change))
    accepted(change, people)
    assert now(bank).standing == Standing.QUALIFIED
    bar = calculate(clock.today(), 5, Unit.YEAR, roll=False)
    leave(Qualification.objects.get(pk=held.pk), people.decider, bar)
    for one in (other_bank, third):
        assert may_apply(now(one), on=clock.today()).has("barred")


def test_bar_goes_on_through_merger_and_division(
    bank: Bank, other_bank: Bank, third: Bank, people: "People"
) -> None:
    left = barred(bank, people.decider)
    accepted(division(left, [other_bank], people.intake), people)
    accepted(succession(now(other_bank), third, people.intake), people)
    assert may_apply(now(third), on=clock.today()).has("barred")
    with pytest.raises(Refused) as refused:
        division(now(third), [now(bank)], people.intake)
    assert refused.value.code == "circle"


# The qualification ----------------------------------------------------------------------------------------


def test_qualification_goes_to_the_bank_that_the_document_names(
    bank: Bank, other_bank: Bank, third: Bank, people: "People"
) -> None:
    held = admit(bank, people.decider, clock.today())
    change = division(
        now(bank), [other_bank, third], people.intake, kind=ChangeKind.SPLIT_UP, carrier=other_bank
    )
    assert qualification_in_force(bank) == held
    accepted(change, people)
    assert [now(one).standing for one in (bank, other_bank, third)] == [
        Standing.APPLICANT,
        Standing.QUALIFIED,
        Standing.APPLICANT,
    ]
    held.refresh_from_db()
    assert (held.bank, held.cancelled_on, held.may_issue) == (other_bank, None, True)
    assert may_apply(now(bank), on=clock.today()).has("divided")
    assert may_apply(now(third), on=clock.today())
    entries = Entry.objects.filter(verb__in=["pass_on_qualification", "carry_on_qualification"])
    assert {(entry.uscc, entry.to_state) for entry in entries} == {
        (bank.uscc, Standing.APPLICANT),
        (other_bank.uscc, Standing.QUALIFIED),
    }
    assert list(wrong_standings()) == []


def test_qualification_stays_where_nobody_else_is_named(
    bank: Bank, other_bank: Bank, people: "People"
) -> None:
    held = admit(bank, people.decider)
    accepted(division(now(bank), [other_bank], people.intake), people)
    held.refresh_from_db()
    assert held.bank == bank
    assert (now(bank).standing, now(other_bank).standing) == (Standing.QUALIFIED, Standing.APPLICANT)
    assert may_apply(now(other_bank), on=clock.today())


@pytest.mark.parametrize("why", ["qualified", "barred", "not selected", "nothing to carry on"])
def test_carrier_is_one_that_might_apply(
    bank: Bank, other_bank: Bank, third: Bank, why: str, people: "People"
) -> None:
    if why != "nothing to carry on":
        admit(bank, people.decider)
    if why == "qualified":
        admit(other_bank, people.decider)
    if why == "barred":
        barred(other_bank, people.decider)
    successors = [third] if why == "not selected" else [now(other_bank)]
    with pytest.raises(Refused) as refused:
        division(now(bank), successors, people.intake, carrier=now(other_bank))
    assert refused.value.code == "carrier"


def test_carrier_is_judged_again_when_it_is_decided(bank: Bank, other_bank: Bank, people: "People") -> None:
    admit(bank, people.decider)
    change = division(now(bank), [other_bank], people.intake, carrier=other_bank)
    barred(other_bank, people.decider)
    with pytest.raises(Refused) as refused:
        accepted(change, people)
    assert refused.value.code == "carrier"
    assert not Division.objects.exists()
    assert now(bank).standing == Standing.QUALIFIED


# What can be entered --------------------------------------------------------------------------------------


def test_what_does_not_fit_is_refused(bank: Bank, other_bank: Bank, third: Bank, people: "People") -> None:
    def code(of: Bank, successors: list[Bank], kind: ChangeKind = ChangeKind.SPLIT_OFF) -> str:
        with pytest.raises(Refused) as refused:
            division(of, successors, people.intake, kind=kind)
        return refused.value.code

    assert code(bank, []) == "successors"
    assert code(bank, [other_bank], ChangeKind.SPLIT_UP) == "successors"
    assert code(bank, [bank]) == "same"
    accepted(division(bank, [other_bank, third], people.intake, kind=ChangeKind.SPLIT_UP), people)
    assert code(now(bank), [third]) == "divided"
    fourth = Bank.objects.create(name="示例银行戊", uscc="91442000MADEM0054K", category="city")
    assert code(fourth, [now(bank)]) == "gone"
    with pytest.raises(Refused) as absorbed:
        succession(fourth, now(bank), people.intake)
    assert absorbed.value.code == "divided"
    with pytest.raises(Refused) as ended:
        succession(now(bank), fourth, people.intake)
    assert ended.value.code == "divided"


def test_two_persons_decide(bank: Bank, other_bank: Bank, people: "People") -> None:
    people.intake.groups.add(*people.decider.groups.all())
    both = User.objects.get(pk=people.intake.pk)
    change = division(bank, [other_bank], both)
    with pytest.raises(NotAllowed) as refused:
        accept_change(change=change, by=both)
    assert refused.value.code == "four_eyes"


def test_check_finds_a_division_that_no_change_made(bank: Bank, other_bank: Bank, people: "People") -> None:
    accepted(division(bank, [other_bank], people.intake), people)
    Division.objects.update(carries_on=True)
    assert len(list(divisions_match_changes())) == 1
    Division.objects.all().delete()
    assert len(list(divisions_match_changes())) == 1


# Who reads it ---------------------------------------------------------------------------------------------


def test_each_bank_reads_its_own_side_and_no_sister(
    client: Client, bank: Bank, other_bank: Bank, third: Bank, clerk: User, stranger: User, people: "People"
) -> None:
    sister = make_member(third, "sister", Role.BANK_CLERK).user
    change = division(barred(bank, people.decider), [other_bank, third], people.intake)
    for person in (clerk, stranger, sister):
        client.force_login(person)
        text = client.get("/bank/information/").content.decode()
        assert change.case_number not in text
        assert "分立" not in text.replace("合并和分立", "").replace("发生合并的", "")
    assert not Message.objects.filter(recipient__in=[clerk, stranger, sister]).exists()
    accepted(change, people)
    seen = {}
    for person in (clerk, stranger, sister):
        client.force_login(person)
        pages = [client.get(path).content.decode() for path in ("/bank/information/", "/", "/messages/")]
        told = " ".join(Message.objects.filter(recipient=person).values_list("body", flat=True))
        seen[person] = "".join(pages) + told
    assert "示例银行乙" in seen[clerk]
    assert "示例银行丁" in seen[clerk]
    for person, own_sister in ((stranger, "示例银行丁"), (sister, "示例银行乙")):
        assert "示例银行甲" in seen[person]
        assert own_sister not in seen[person]
        assert "连带承担" in seen[person]
        assert "禁入期" in seen[person]


def test_desk_shows_both_directions(client: Client, bank: Bank, other_bank: Bank, people: "People") -> None:
    accepted(division(barred(bank, people.decider), [other_bank], people.intake), people)
    client.force_login(people.inspector)
    of_divided = client.get(case_page(bank)).content.decode()
    of_successor = client.get(case_page(other_bank)).content.decode()
    assert case_page(other_bank) in of_divided
    assert case_page(bank) in of_successor
    assert "其禁入期对本行同样适用" in of_successor


def test_entered_and_accepted_at_the_desk(
    client: Client, bank: Bank, other_bank: Bank, people: "People"
) -> None:
    admit(bank, people.decider)
    client.force_login(people.intake)
    common = given()
    entered = {
        "kind": "split_off",
        "successors": [other_bank.pk],
        "carrier": other_bank.pk,
        "changed_on": common["changed_on"].isoformat(),
        "reason": common["reason"],
        "documents": [SimpleUploadedFile("分立协议.pdf", small_pdf())],
    }
    address = case_page(bank).replace("/change/", "/do/enter_division/")
    client.post(address, entered)
    change = BankChange.objects.get()
    client.force_login(people.decider)
    text = client.get(action_page(change, accept_change)).content.decode()
    for words in ("示例银行乙", "发卡资格", "派生分立"):
        assert words in text, words
    client.post(action_page(change, accept_change), {"remark": ""})
    assert now(other_bank).standing == Standing.QUALIFIED
    entry = Entry.objects.get(verb=Verb.ACCEPT_BANK_CHANGE)
    assert entry.data["carrier"] == "示例银行乙"
