"""A refusal waits for the prior notice, the bank's statement and its answer."""

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from admission.applications.models import Application
from admission.applications.states import ApplicationState, Outcome
from admission.decisions.actions import decisions
from admission.decisions.actions.decisions import send_back
from admission.editions.models import PolicyEdition
from admission.tests.factories import recommended
from banks.hearings import actions as hearings
from banks.hearings.models import PriorNotice
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.journal.models import Entry
from zsbank.base.notices.models import Message
from zsbank.base.refusals import Incomplete, NotAllowed, WrongState

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db

MONDAY, LAST = dt.date(2026, 3, 2), dt.date(2026, 3, 9)
CASE = "三个网点已于二月恢复窗口，照片附后。"


@pytest.fixture
def application(bank: Bank, clerk: User, edition: PolicyEdition, people: "People") -> Application:
    """An application recommended for refusal on Monday 2026-03-02."""
    with clock.playing(MONDAY):
        return recommended(bank, clerk, people, Outcome.REFUSE)


@pytest.fixture
def notice(application: Application) -> PriorNotice:
    """The prior notice to the bank."""
    return PriorNotice.objects.get()


def stated(notice: PriorNotice, by: User, on: dt.date = LAST) -> PriorNotice:
    """State the bank's case on a day."""
    with clock.playing(on):
        return hearings.state_case(notice=notice, text=CASE, by=by)


def decide(application: Application, by: User, on: dt.date) -> None:
    """Sign the decision on a day."""
    with clock.playing(on):
        decisions.decide(application=application, by=by)


def test_prior_notice_states_facts_reasons_and_due_date(notice: PriorNotice, clerk: User) -> None:
    assert notice.due_date == LAST
    assert notice.letter
    assert notice.letter.kind == "prior_notice"
    assert any(
        "三个网点没有受理窗口。" in paragraph["text"] for paragraph in notice.letter.data["paragraphs"]
    )
    assert (
        Message.objects.get(recipient=clerk, key=f"prior-notice:{notice.pk}").link
        == f"/bank/notices/{notice.pk}/"
    )


def test_approval_needs_no_prior_notice(
    bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    recommended(bank, clerk, people)
    assert not PriorNotice.objects.exists()


def test_refusal_waits_for_the_statement_period(application: Application, people: "People") -> None:
    with pytest.raises(Incomplete):
        decide(application, people.decider, LAST)
    application.refresh_from_db()
    assert application.state == ApplicationState.RECOMMENDED
    decide(application, people.decider, dt.date(2026, 3, 10))


def test_refusal_waits_for_the_answer(
    application: Application, notice: PriorNotice, clerk: User, people: "People"
) -> None:
    stated(notice, clerk)
    with pytest.raises(Incomplete):
        decide(application, people.decider, dt.date(2026, 5, 6))
    with clock.playing(LAST):
        hearings.answer_statement(notice=notice, text="经复核，照片与现场不符。", by=people.inspector)
    decide(application, people.decider, LAST)


def test_convincing_statement_returns_case_to_review(
    application: Application, notice: PriorNotice, clerk: User, people: "People"
) -> None:
    stated(notice, clerk)
    send_back(application=application, by=people.decider, reason="请按陈述复核第5条。")
    application.refresh_from_db()
    assert application.state == ApplicationState.UNDER_REVIEW


def test_statement_is_accepted_until_the_due_date(notice: PriorNotice, clerk: User) -> None:
    with pytest.raises(WrongState):
        stated(notice, clerk, dt.date(2026, 3, 10))
    assert stated(notice, clerk).statement == CASE


def test_second_statement_is_refused(notice: PriorNotice, clerk: User) -> None:
    stale = PriorNotice.objects.get(pk=notice.pk)
    stated(notice, clerk)
    with pytest.raises(WrongState):
        stated(stale, clerk)


def test_statement_by_non_member_is_refused(notice: PriorNotice, stranger: User, people: "People") -> None:
    for person in (stranger, people.reviewer, people.auditor):
        with pytest.raises(NotAllowed):
            stated(notice, person)


def test_answer_needs_role_and_statement(notice: PriorNotice, clerk: User, people: "People") -> None:
    with pytest.raises(WrongState):
        hearings.answer_statement(notice=notice, text="复核", by=people.inspector)
    stated(notice, clerk)
    for person in (people.intake, people.decider, people.auditor, clerk):
        with pytest.raises(NotAllowed):
            hearings.answer_statement(notice=notice, text="复核", by=person)
    with pytest.raises(Incomplete):
        hearings.answer_statement(notice=notice, text=" ", by=people.inspector)
    hearings.answer_statement(notice=notice, text="复核", by=people.inspector)
    with pytest.raises(WrongState):
        hearings.answer_statement(notice=notice, text="再复核", by=people.inspector)


def test_reviewer_and_recommender_do_not_answer(
    client: Client, notice: PriorNotice, clerk: User, people: "People"
) -> None:
    stated(notice, clerk)
    with pytest.raises(NotAllowed) as refusal:
        hearings.answer_statement(notice=notice, text="复核", by=people.reviewer)
    assert refusal.value.code == "four_eyes"
    assert Entry.objects.get(verb="refuse").data == {"verb": "answer_statement", "code": "four_eyes"}
    client.force_login(people.reviewer)
    page = reverse("admin:banks_priornotice_action", args=[notice.pk, "answer_statement"])
    assert page not in client.get("/admin/").content.decode()
    assert "另一人答复" in client.get(page).content.decode()
    client.post(page, {"text": "复核"})
    assert PriorNotice.objects.get().answered_at is None


def test_decider_reads_statement_and_answer_before_signing(
    client: Client, application: Application, notice: PriorNotice, clerk: User, people: "People"
) -> None:
    stated(notice, clerk)
    client.force_login(people.decider)
    pages = [
        reverse("admin:admission_application_change", args=[application.pk]),
        reverse("admin:admission_application_action", args=[application.pk, "decide"]),
    ]
    for answered in (False, True):
        if answered:
            hearings.answer_statement(notice=notice, text="经复核，照片与现场不符。", by=people.inspector)
        for page in pages:
            said = client.get(page).content.decode()
            assert CASE in said
            assert ("经复核，照片与现场不符。" in said) == answered


def test_open_statement_keeps_refusal_off_work_list(
    client: Client, application: Application, notice: PriorNotice, clerk: User, people: "People"
) -> None:
    """Check the period and the time until the answer; the page names the first day of signature."""
    client.force_login(people.decider)
    page = reverse("admin:admission_application_action", args=[application.pk, "decide"])

    def is_listed() -> bool:
        """Return whether the work list asks for the decision."""
        return "对审查意见作出决定" in client.get("/admin/").content.decode()

    with clock.playing(LAST):
        assert not is_listed()
        assert "2026年3月10日" in client.get(page).content.decode().partition('class="causes"')[0]
    stated(notice, clerk)
    with clock.playing(LAST + dt.timedelta(days=3)):
        assert not is_listed()
        hearings.answer_statement(notice=notice, text="经复核，维持。", by=people.inspector)
        assert is_listed()


def test_database_refuses_answer_by_same_person(notice: PriorNotice, clerk: User) -> None:
    stated(notice, clerk)
    with pytest.raises(IntegrityError), transaction.atomic():
        PriorNotice.objects.filter(pk=notice.pk).update(answered_by=clerk)
    assert PriorNotice.objects.get().answered_by is None


def test_bank_states_its_case_in_the_portal(
    client: Client, bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    recommended(bank, clerk, people, Outcome.REFUSE)
    row = PriorNotice.objects.get()
    client.force_login(clerk)
    page = reverse("banks:notice", args=[row.pk])
    assert page in client.get("/").content.decode()
    assert client.post(page, {"text": " "}).status_code == 200
    client.post(page, {"text": CASE})
    hearings.answer_statement(notice=row, text="经复核，维持。", by=people.inspector)
    assert "经复核，维持。" in client.get(page).content.decode()


def test_other_banks_notice_is_hidden(client: Client, notice: PriorNotice, stranger: User) -> None:
    client.force_login(stranger)
    page = reverse("banks:notice", args=[notice.pk])
    assert [client.get(page).status_code, client.post(page, {"text": CASE}).status_code] == [404, 404]


def test_inspector_finds_statement_in_work_list_and_answers(
    client: Client, notice: PriorNotice, clerk: User, people: "People"
) -> None:
    stated(notice, clerk)
    client.force_login(people.inspector)
    sheet = reverse("admin:banks_priornotice_action", args=[notice.pk, "answer_statement"])
    assert sheet in client.get("/admin/").content.decode()
    assert CASE in client.get(sheet).content.decode()
    assert client.post(sheet, {"text": "经复核，维持。"}).status_code == 302
    notice.refresh_from_db()
    assert notice.answered_by == people.inspector


def test_officer_who_stated_it_for_the_bank_does_not_answer(
    notice: PriorNotice, clerk: User, people: "People"
) -> None:
    """A person may have worked at the bank before they became an officer."""
    stated(notice, clerk)
    PriorNotice.objects.filter(pk=notice.pk).update(stated_by=people.inspector)
    notice.refresh_from_db()
    with clock.playing(LAST), pytest.raises(NotAllowed) as refusal:
        hearings.answer_statement(notice=notice, text="不采纳。", by=people.inspector)
    assert refusal.value.code == "four_eyes"


def test_answer_is_in_the_record(notice: PriorNotice, clerk: User, people: "People") -> None:
    stated(notice, clerk)
    with clock.playing(LAST):
        hearings.answer_statement(notice=notice, text="照片不足以证明。", by=people.inspector)
    entries = Entry.objects.filter(verb__in=["state_case", "answer_statement"]).order_by("pk")
    assert [(entry.actor, entry.reason) for entry in entries] == [
        (clerk, CASE),
        (people.inspector, "照片不足以证明。"),
    ]
