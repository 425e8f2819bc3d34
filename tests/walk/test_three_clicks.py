"""The commonest tasks of each person: two clicks from the page after sign-in to where it is done, the third does it."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from admission.applications.actions.applications import start_application
from admission.applications.models import Application
from admission.decisions.actions.decisions import decide
from admission.editions.models import PolicyEdition
from admission.review.actions.acceptance import accept_application
from admission.review.actions.findings import record_finding
from admission.review.actions.supplements import request_supplement
from admission.review.states import FindingResult
from admission.tests.factories import accepted, recommended, submitted
from banks.register.models import Bank
from exit.cases.actions.cases import propose_exit
from exit.cases.tests.factories import filed
from inspections.assessments.actions.results import finalise_assessment
from inspections.assessments.tests.factories import scored
from inspections.rectification.actions.determinations import make_determination
from inspections.rectification.tests.factories import HEARD, ordered, proposed, qualified, reported
from inspections.verification.actions.deciding import accept_rectification
from inspections.verification.tests.factories import verified
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.cases.urls import action_page, case_page
from zsbank.base.letters.models import Letter
from zsbank.base.letters.tasks import make_file

if TYPE_CHECKING:
    from conftest import People

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]
Task = Callable[[Bank, User, "People"], tuple[User, str]]
"""Makes what a person finds on a morning; returns the person and the page on which the task is done."""

LINK = re.compile(r'<a\b[^>]*\bhref="(/[^"#?]*)')


def _draft(bank: Bank, clerk: User) -> Application:
    return start_application(bank=bank, by=clerk)


def answers_criterion(bank: Bank, clerk: User, people: "People") -> tuple[User, str]:
    return clerk, reverse("admission:criterion", args=[_draft(bank, clerk).pk, 4])


def submits_application(bank: Bank, clerk: User, people: "People") -> tuple[User, str]:
    return clerk, reverse("admission:submit", args=[_draft(bank, clerk).pk])


def imports_outlets(bank: Bank, clerk: User, people: "People") -> tuple[User, str]:
    return clerk, reverse("banks:import_upload")


def supplements(bank: Bank, clerk: User, people: "People") -> tuple[User, str]:
    application = accepted(bank, clerk, people)
    record_finding(
        application=application,
        criterion=application.edition.criteria.get(number=5),
        by=people.reviewer,
        result=FindingResult.SUPPLEMENT,
        reason="请补充营业时间。",
    )
    request_supplement(application=application, by=people.reviewer)
    return clerk, reverse("admission:supplement", args=[application.pk])


def reports_rectification(bank: Bank, clerk: User, people: "People") -> tuple[User, str]:
    qualified(bank, people.decider)
    order = ordered(bank, people, on=clock.today())
    return clerk, reverse("inspections:report", args=[order.pk])


def reads_newest_letter(bank: Bank, clerk: User, people: "People") -> tuple[User, str]:
    reports_rectification(bank, clerk, people)
    letter = Letter.objects.latest("pk")
    make_file(letter.pk)
    return clerk, reverse("banks:letter", args=[letter.pk])


def accepts_application(bank: Bank, clerk: User, people: "People") -> tuple[User, str]:
    return people.intake, action_page(submitted(bank, clerk), accept_application)


def reviews_criteria(bank: Bank, clerk: User, people: "People") -> tuple[User, str]:
    return people.reviewer, reverse(
        "admin:admission_application_review", args=[accepted(bank, clerk, people).pk, 1]
    )


def decides_application(bank: Bank, clerk: User, people: "People") -> tuple[User, str]:
    return people.decider, action_page(recommended(bank, clerk, people), decide)


def makes_determination(bank: Bank, clerk: User, people: "People") -> tuple[User, str]:
    qualified(bank, people.decider)
    with clock.playing(clock.today() - HEARD):
        found = proposed(bank, by=people.inspector)
    return people.decider, action_page(found, make_determination)


def accepts_report(bank: Bank, clerk: User, people: "People") -> tuple[User, str]:
    qualified(bank, people.decider)
    order = ordered(bank, people, on=clock.today())
    reported(order, clerk, clock.now())
    order.refresh_from_db()
    verified(order, people.inspector)
    return people.decider, action_page(order, accept_rectification)


def makes_result_final(bank: Bank, clerk: User, people: "People") -> tuple[User, str]:
    qualified(bank, people.decider)
    draft = scored(bank, clock.today().year, Decimal(88), people.assessor)
    return people.second_assessor, action_page(draft, finalise_assessment)


def proposes_exit(bank: Bank, clerk: User, people: "People") -> tuple[User, str]:
    case = filed(qualified(bank, people.decider), bank.members.get(role="bank_administrator").user)
    return people.inspector, action_page(case, propose_exit)


TASKS: tuple[Task, ...] = (
    answers_criterion,
    submits_application,
    imports_outlets,
    supplements,
    reports_rectification,
    reads_newest_letter,
    accepts_application,
    reviews_criteria,
    decides_application,
    makes_determination,
    accepts_report,
    makes_result_final,
    proposes_exit,
)


def is_near(client: Client, page: str) -> bool:
    """Whether two links lead from the page after sign-in to a page: of its main part, or of its frame at first."""
    frame, main = _links(client, "/")
    return page in (frame | main) or any(page in _links(client, path)[1] for path in [*main, *frame])


def _links(client: Client, path: str) -> tuple[set[str], set[str]]:
    """Return the links of a page's frame and of its main part, without queries; none of a file."""
    answer = client.get(path, follow=True)
    if "text/html" not in answer.headers.get("Content-Type", ""):
        answer.getvalue()  # to its end, which closes it; closing it unread would close the connection as well
        return set(), set()
    frame, _main, main = answer.content.decode().partition("<main")
    return set(LINK.findall(frame)), set(LINK.findall(main))


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.__name__)
def test_common_task_takes_three_clicks(
    client: Client, bank: Bank, clerk: User, administrator: User, people: "People", task: Task
) -> None:
    person, page = task(bank, clerk, people)
    client.force_login(person)
    assert is_near(client, page)


def test_control_page_that_is_linked_from_nowhere_is_not_found(client: Client, clerk: User) -> None:
    client.force_login(clerk)
    assert not is_near(client, "/nowhere/")


@pytest.mark.usefixtures("administrator")
def test_auditor_finds_letter_by_its_number_in_one_search(
    client: Client, bank: Bank, clerk: User, people: "People", edition: PolicyEdition
) -> None:
    reports_rectification(bank, clerk, people)
    letter = Letter.objects.latest("pk")
    client.force_login(people.auditor)
    page = client.get(reverse("admin:search"), {"q": str(letter)}).content.decode()
    assert case_page(letter) in page
