"""Assignment, notes, presence, site visits and opinions."""

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from admission.applications.actions.applications import withdraw_application
from admission.applications.models import Application
from admission.applications.states import Outcome
from admission.decisions.letters import letter_of
from admission.editions.models import PolicyEdition
from admission.review.actions.acceptance import accept_application, declare_conflict
from admission.review.actions.casework import assign_cases, write_note
from admission.review.actions.findings import record_site_visit
from admission.review.models import Note, SiteVisit
from admission.tests.factories import PDF, recommended, submitted
from banks.register.models import Bank
from conftest import make_officer
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.journal.models import Entry
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Incomplete, NotAllowed, WrongState
from zsbank.base.roles import Role

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db


@pytest.fixture
def second_reviewer(db: None) -> User:
    """A colleague of the reviewer."""
    return make_officer("reviewer2", Role.REVIEWER)


# Assignment ----------------------------------------------------------------------------------------------------


def waits_for(person: User) -> list[str]:
    """Return the cases on a person's work list."""
    return [case.case_number for case in Application.objects.waiting_for(person, Verb.RECORD_FINDING)]


def test_assigned_case_is_on_one_work_list(
    application: Application, people: "People", second_reviewer: User
) -> None:
    assert waits_for(second_reviewer) == [application.case_number]
    assign_cases(applications=[application], to=people.reviewer, by=people.decider)
    assert waits_for(people.reviewer) == [application.case_number]
    assert waits_for(second_reviewer) == []
    assign_cases(applications=[application], to=second_reviewer, by=people.reviewer)
    assert waits_for(people.reviewer) == []
    assert Entry.objects.filter(verb="assign_cases").count() == 2


def test_cases_are_assigned_together_or_not_at_all(
    application: Application, other_bank: Bank, stranger: User, people: "People"
) -> None:
    second = submitted(other_bank, stranger)
    declare_conflict(application=second, by=people.reviewer, reason="配偶在该行任职。")
    with pytest.raises(WrongState, match=second.case_number):
        assign_cases(applications=[application, second], to=people.reviewer, by=people.decider)
    assert not Application.objects.exclude(case_officer=None).exists()
    assign_cases(applications=[application, second], to=people.intake, by=people.decider)
    assert Application.objects.filter(case_officer=people.intake).count() == 2


def test_assignment_without_permission_is_refused(
    application: Application, people: "People", clerk: User, stranger: User
) -> None:
    for person in (people.auditor, people.inspector, clerk, stranger):
        with pytest.raises(NotAllowed):
            assign_cases(applications=[application], to=people.reviewer, by=person)
    with pytest.raises(WrongState):
        assign_cases(applications=[application], to=people.auditor, by=people.decider)
    withdraw_application(application=application, by=clerk, reason="")
    with pytest.raises(WrongState):
        assign_cases(applications=[application], to=people.reviewer, by=people.decider)


def test_conflict_unassigns_the_case(application: Application, people: "People") -> None:
    assign_cases(applications=[application], to=people.reviewer, by=people.decider)
    declare_conflict(application=application, by=people.reviewer, reason="配偶在该行任职。")
    application.refresh_from_db()
    assert application.case_officer is None


def test_acceptance_unassigns_officers_who_do_not_review(
    bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    application = submitted(bank, clerk)
    assign_cases(applications=[application], to=people.intake, by=people.intake)
    assert accept_application(application=application, by=people.intake).case_officer is None


def test_desk_assigns_several_cases(client: Client, application: Application, people: "People") -> None:
    client.force_login(people.decider)
    sheet = reverse("admin:admission_application_list_action", args=["assign_cases"])
    assert application.case_number in client.get(sheet).content.decode()
    none = client.post(sheet, {"to": people.reviewer.pk})
    assert none.status_code == 200
    client.post(sheet, {"to": people.reviewer.pk, "applications": [application.pk]})
    application.refresh_from_db()
    assert application.case_officer == people.reviewer


# Notes ---------------------------------------------------------------------------------------------------------


def test_note_is_not_in_letters_or_the_portal(
    client: Client, bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    application = recommended(bank, clerk, people, Outcome.REFUSE)
    secret = "内部备注：待与领导商量"
    write_note(
        application=application, by=people.reviewer, text=secret, criterion=edition.criteria.get(number=5)
    )
    for outcome in Outcome:
        assert secret not in str(letter_of(application, outcome).to_json())
    client.force_login(clerk)
    for page in ("admission:task_list", "admission:clock", "admission:receipt"):
        assert secret not in client.get(reverse(page, args=[application.pk])).content.decode()
    assert secret not in str(list(Entry.objects.values_list("reason", "data")))


def test_note_without_permission_is_refused(application: Application, people: "People", clerk: User) -> None:
    with pytest.raises(NotAllowed):
        write_note(application=application, by=clerk, text="不能")
    with pytest.raises(NotAllowed):
        write_note(application=application, by=people.auditor, text="不能")
    with pytest.raises(Incomplete):
        write_note(application=application, by=people.reviewer, text="  ")
    assert not Note.objects.exists()


def test_review_page_records_note_and_keeps_refused_text(
    client: Client, application: Application, people: "People"
) -> None:
    client.force_login(people.reviewer)
    desk = reverse("admin:admission_application_review", args=[application.pk, 5])
    said = client.post(desk, {"note": "与网点核实营业时间"}, follow=True).content.decode()
    assert "与网点核实营业时间" in said
    too_long = client.post(desk, {"note": "长" * 5001}).content.decode()
    assert "长长长" in too_long
    assert Note.objects.count() == 1


# Presence --------------------------------------------------------------------------------------------------------


def test_presence_of_colleagues_is_shown(
    client: Client, application: Application, people: "People", second_reviewer: User
) -> None:
    client.force_login(second_reviewer)
    client.post(reverse("admin:admission_application_presence", args=[application.pk, 7]))
    client.force_login(people.reviewer)
    here = reverse("admin:admission_application_presence", args=[application.pk, 3])
    assert "reviewer2员 正在看第7条" in client.post(here).content.decode()
    assert client.get(here).status_code == 404
    with clock.playing(clock.today() + dt.timedelta(days=1)):
        assert "reviewer2员" not in client.post(here).content.decode()


# Site visits -----------------------------------------------------------------------------------------------------


def visit(application: Application, by: User, **other: Any) -> SiteVisit:
    """Record a visit, by default today by reviewer and inspector."""
    given: dict[str, Any] = {
        "visited_on": clock.today(),
        "place": "示例小榄支行",
        "report": "两个窗口均开放。",
        "criteria": list(application.edition.criteria.filter(number=5)),
        "files": [SimpleUploadedFile("现场照片.pdf", PDF)],
    }
    return record_site_visit(application=application, by=by, **(given | other))


def test_site_visit_is_shown_on_the_review_page(
    client: Client, application: Application, people: "People"
) -> None:
    visit(application, people.reviewer, led_by=people.reviewer, accompanied_by=people.inspector)
    client.force_login(people.reviewer)
    page = client.get(
        reverse("admin:admission_application_review", args=[application.pk, 5])
    ).content.decode()
    assert "两个窗口均开放。" in page
    shown_files = page.partition('class="shown"')[2].partition('class="picture-tools"')[0]
    files = shown_files.split('class="files"')
    assert [number for number, shown in enumerate(files) if "现场照片.pdf" in shown] == [5]


def test_site_visit_needs_two_officers(application: Application, people: "People", clerk: User) -> None:
    with pytest.raises(WrongState):
        visit(application, people.reviewer, led_by=people.reviewer, accompanied_by=people.reviewer)
    with pytest.raises(WrongState):
        visit(application, people.reviewer, led_by=people.reviewer, accompanied_by=clerk)
    assert not SiteVisit.objects.exists()


def test_database_refuses_site_visit_of_one_officer(application: Application, people: "People") -> None:
    with pytest.raises(IntegrityError):
        SiteVisit.objects.create(
            application=application,
            visited_on=clock.today(),
            place="示例",
            led_by=people.reviewer,
            accompanied_by=people.reviewer,
            report="无",
            by=people.reviewer,
            at=clock.now(),
        )


def test_site_visit_before_the_case_or_with_conflict_is_refused(
    application: Application, people: "People"
) -> None:
    two: dict[str, Any] = {"led_by": people.reviewer, "accompanied_by": people.inspector}
    for day in (clock.today() - dt.timedelta(days=30), clock.today() + dt.timedelta(days=1)):
        with pytest.raises(WrongState):
            visit(application, people.reviewer, visited_on=day, **two)
    with pytest.raises(NotAllowed):
        visit(application, people.inspector, **two)
    with pytest.raises(Incomplete):
        visit(application, people.reviewer, report=" ", **two)
