"""Pages of inspections: the checklist, the yearly plan, what a bank sees, and their queries."""

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from banks.register.models import Bank
from inspections.complaints.tests.factories import answered as answered_complaint
from inspections.complaints.tests.factories import closed, forwarded
from inspections.rectification.tests.factories import qualified
from inspections.visits.actions import fieldwork, reports
from inspections.visits.models import ChecklistItem, InspectionVisit
from inspections.visits.terms import ItemResult
from inspections.visits.tests.factories import (
    FACTS,
    HELD,
    PLANNED,
    WITNESS,
    answered,
    confirmed,
    correcting,
    criteria_of,
    outlets_of,
    photograph,
    planned,
    recorded,
    reported,
    to_record,
)
from inspections.visits.yearly import progress_of_banks, progress_of_outlets
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock

if TYPE_CHECKING:
    from conftest import People

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]
LIST = "/admin/inspections/inspectionvisit/"


def signed_in(client: Client, person: User) -> Client:
    """Sign a person in."""
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def checklist_of(visit: InspectionVisit) -> str:
    """Return the address of the checklist of the first outlet."""
    place = visit.outlets.earliest("pk")
    return reverse("admin:inspections_inspectionvisit_checklist", args=[visit.pk, place.pk])


def marked(visit: InspectionVisit, **other: Any) -> dict[str, Any]:
    """The input of a checklist on which nothing is marked, besides what is given by field and place."""
    given = {f"result_{one.pk}": "not_seen" for one in criteria_of(visit)}
    keys = [one.pk for one in criteria_of(visit)]
    named = {
        f"{name[:-1]}_{keys[int(name[-1])]}": value for name, value in other.items() if name[-1].isdigit()
    }
    version = visit.outlets.earliest("pk").version
    return given | {"seen_on": clock.today().isoformat(), "version": version} | named


def test_checklist_saves_what_was_looked_at(client: Client, bank: Bank, people: "People") -> None:
    visit = planned(bank, people)
    given = marked(visit, result0="not_in_order", severity0="serious", facts0=FACTS, result1="in_order")
    answer = signed_in(client, people.inspector).post(checklist_of(visit), given)
    assert answer.status_code == 302
    results = ChecklistItem.objects.values_list("result", flat=True)
    assert list(results) == [ItemResult.NOT_IN_ORDER, ItemResult.IN_ORDER]


def test_facts_of_what_is_not_marked_are_asked_about_and_kept(
    client: Client, bank: Bank, people: "People"
) -> None:
    visit = planned(bank, people)
    given = marked(visit, facts0=FACTS, result1="in_order")
    answer = signed_in(client, people.inspector).post(checklist_of(visit), given)
    first = criteria_of(visit)[0].pk
    assert list(answer.context["form"].errors) == [f"result_{first}"]
    assert FACTS in answer.content.decode()
    assert not ChecklistItem.objects.exists()


def test_checklist_that_a_colleague_saved_is_saved_on_the_second_try(
    client: Client, bank: Bank, people: "People"
) -> None:
    visit = planned(bank, people)
    given = marked(visit, result0="in_order")
    fieldwork.record_inspection(**to_record(visit, people.assessor))
    page = signed_in(client, people.inspector).post(checklist_of(visit), given)
    assert page.status_code == 200
    assert FACTS in page.content.decode()
    given["version"] = page.context["form"].data["version"]
    assert client.post(checklist_of(visit), given).status_code == 302


def test_earlier_findings_are_marked_on_the_checklist(client: Client, bank: Bank, people: "People") -> None:
    reported(bank, people)
    visit = planned(bank, people)
    page = signed_in(client, people.inspector).get(checklist_of(visit)).content.decode()
    assert FACTS in page
    assert "本网点曾发现" in page


def test_founded_complaints_are_marked_on_the_checklist(
    client: Client, bank: Bank, people: "People", clerk: User
) -> None:
    visit = planned(bank, people)
    outlet = visit.outlets.earliest("pk").outlet
    for number, founded in (("DH-1", True), ("DH-2", False)):
        facts = f"窗口拒绝受理，工单 {number}。"
        complaint = forwarded(bank, people.inspector, outlet=outlet, reference=number, facts=facts)
        answered_complaint(complaint, clerk)
        closed(complaint, people.inspector, founded=founded)
    page = signed_in(client, people.inspector).get(checklist_of(visit)).content.decode()
    assert "本网点曾发现" in page
    assert "属实的投诉" in page
    assert ("工单 DH-1" in page, "工单 DH-2" in page) == (True, False)


def test_officer_who_does_not_inspect_reads_why(client: Client, bank: Bank, people: "People") -> None:
    visit = planned(bank, people)
    page = signed_in(client, people.reviewer).get(checklist_of(visit)).content.decode()
    assert "只有检查人员可以办理" in page
    assert 'name="version"' not in page


def test_checklist_takes_the_same_number_of_queries_with_more_findings(
    client: Client, bank: Bank, people: "People", django_assert_num_queries: Any
) -> None:
    visit = recorded(bank, people)
    address = checklist_of(visit)
    signed_in(client, people.inspector).get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    count = len(few)
    first, second, third, *_others = (one.pk for one in criteria_of(visit))
    given = marked(visit, result0="not_in_order", severity0="minor", facts0=FACTS)
    for pk in (second, third):
        given |= {f"result_{pk}": "not_in_order", f"severity_{pk}": "minor", f"facts_{pk}": FACTS}
    assert client.post(address, given).status_code == 302
    client.get(address)
    with django_assert_num_queries(count):
        client.get(address)
    assert ChecklistItem.objects.filter(criterion__in=[first, second, third]).count() == 3


def test_plan_of_the_year_counts_outlets_seen(bank: Bank, other_bank: Bank, people: "People") -> None:
    with clock.playing(PLANNED):
        recorded(bank, people)
        planned(bank, people, visit_day=HELD, planned=False)
        qualified(other_bank, people.decider)
        outlets_of(other_bank, 3)
    first, second = progress_of_banks(2025)
    assert (first.outlets_seen, first.outlets_in_register, first.next_day) == (0, 3, None)
    assert (second.outlets_seen, second.outlets_in_register) == (1, 2)
    assert (second.visits_planned, second.visits_held, second.next_day) == (1, 0, PLANNED)
    assert [row.outlets_seen for row in progress_of_banks(2024)] == [0, 0]


def test_plan_of_a_bank_says_when_each_outlet_was_seen(bank: Bank, people: "People") -> None:
    with clock.playing(dt.date(2024, 5, 6)):
        recorded(bank, people)
    with clock.playing(PLANNED):
        planned(bank, people, visit_day=HELD, outlets=outlets_of(bank)[1:])
    second, first = sorted(progress_of_outlets(bank, 2025), key=lambda one: one.seen_last is not None)
    assert (first.seen_in_year, first.seen_last) == (None, dt.date(2024, 5, 6))
    assert (second.seen_last, second.planned_for) == (None, HELD)


def test_pages_take_the_same_number_of_queries_for_one_and_three_inspections(
    client: Client, bank: Bank, people: "People", clerk: User, django_assert_num_queries: Any
) -> None:
    year = clock.today().year
    counts: list[int] = []
    for person, address in (
        (people.inspector, LIST),
        (people.inspector, f"{LIST}plan/"),
        (people.inspector, f"{LIST}plan/{year}/{bank.pk}/"),
        (clerk, "/inspections/"),
        (clerk, "/"),
    ):
        signed_in(client, person)
        for serial in range(3):
            answered(bank, people, clerk)
            if serial == 0:
                client.get(address)
                client.get(address)
                with CaptureQueriesContext(connection) as few:
                    client.get(address)
        counts.append(len(few))
        client.get(address)
        with django_assert_num_queries(counts[-1]):
            client.get(address)


def test_bank_finds_no_unannounced_inspection_before_it_was_held(
    client: Client, bank: Bank, people: "People", clerk: User
) -> None:
    visit = recorded(bank, people, announced=False)
    signed_in(client, clerk)
    page = reverse("inspections:visit", args=[visit.pk])
    assert client.get(page).status_code == 404
    assert visit.case_number not in client.get("/inspections/").content.decode()
    assert visit.case_number not in client.get("/").content.decode()
    found = client.get("/search/", {"q": visit.case_number})
    assert page not in found.content.decode()
    fieldwork.sign_inspection(visit=visit, by=people.inspector, present=[WITNESS], signed_record=photograph())
    assert client.get(page).status_code == 200
    assert page in client.get("/search/", {"q": visit.case_number}).content.decode()


def test_bank_reads_findings_once_it_has_the_report(
    client: Client, bank: Bank, people: "People", clerk: User
) -> None:
    visit = confirmed(bank, people)
    signed_in(client, clerk)
    page = reverse("inspections:visit", args=[visit.pk])
    item = ChecklistItem.objects.get(result=ItemResult.NOT_IN_ORDER)
    evidence = reverse("inspections:visit_file", args=[visit.pk, item.files.get().pk])
    assert FACTS not in client.get(page).content.decode()
    assert client.get(evidence).status_code == 404
    reports.report_inspection(visit=visit, by=people.decider)
    assert FACTS in client.get(page).content.decode()
    assert client.get(evidence).getvalue()


def test_other_bank_sees_nothing(client: Client, bank: Bank, people: "People", stranger: User) -> None:
    visit = reported(bank, people)
    signed_in(client, stranger)
    for name in ("visit", "visit_answer", "visit_correction"):
        assert client.get(reverse(f"inspections:{name}", args=[visit.pk])).status_code == 404


def test_bank_answers_on_its_page_and_loses_nothing(
    client: Client, bank: Bank, people: "People", clerk: User
) -> None:
    visit = reported(bank, people)
    address = reverse("inspections:visit_answer", args=[visit.pk])
    refused = signed_in(client, clerk).post(address, {"text": "已安\u200b排。"})
    assert refused.status_code == 200
    assert client.post(address, {"text": "已安排增配人员。"}).status_code == 302
    assert visit.answers.get().text == "已安排增配人员。"
    assert (
        "检查答复回执"
        in client.get(reverse("inspections:visit_receipt", args=[visit.answers.get().pk])).content.decode()
    )


def test_plan_asks_for_outlets_of_the_chosen_bank(
    client: Client, bank: Bank, other_bank: Bank, people: "People"
) -> None:
    qualified(bank, people.decider)
    own, theirs = outlets_of(bank, 1)[0], outlets_of(other_bank, 1)[0]
    address = reverse("admin:inspections_inspectionvisit_list_action", args=["plan_inspection"])
    given = {
        "bank": bank.pk,
        "visit_day": clock.today().isoformat(),
        "planned": "plan",
        "announced": "no",
        "led_by": people.inspector.pk,
        "accompanied_by": people.assessor.pk,
        "purpose": "年度计划检查",
    }
    signed_in(client, people.inspector)
    page = client.post(address, given)
    assert list(page.context["form"].errors) == ["outlets"]
    assert own.name in page.content.decode()
    assert theirs.name not in page.content.decode()
    assert list(client.post(address, given | {"outlets": [theirs.pk]}).context["form"].errors) == ["outlets"]
    assert client.post(address, given | {"outlets": [own.pk]}).status_code == 302
    assert InspectionVisit.objects.get().outlets.get().outlet == own


def test_page_of_a_correction_says_day_and_reasons(
    client: Client, bank: Bank, people: "People", clerk: User
) -> None:
    visit = correcting(bank, people, clerk)
    page = signed_in(client, clerk).get(reverse("inspections:visit", args=[visit.pk])).content.decode()
    assert "请配齐窗口人员。" in page
    assert "申报改正情况" in page
