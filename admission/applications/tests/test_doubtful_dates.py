"""A date that cannot be right is asked about where it is typed, and holds up submission."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from admission.applications.actions.answers import save_answer
from admission.applications.actions.applications import start_application
from admission.applications.models import Application
from admission.applications.rules import may_submit, missing_for_submission
from admission.editions.facts import FactField, date_doubts
from admission.editions.models import PolicyEdition
from admission.editions.terms import FactKind
from admission.tests.factories import answer_all
from banks.register.models import Bank
from banks.tests.factories import OutletFactory
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock

TODAY = dt.date(2026, 3, 2)


@pytest.mark.parametrize(
    ("day", "future", "doubted"),
    [
        ("2026-03-02", False, False),
        ("2026-03-03", False, True),
        ("2026-03-03", True, False),
        ("1949-10-01", False, False),
        ("1949-09-30", False, True),
        ("1800-01-01", True, True),
        ("2101-01-01", True, True),
        ("", False, False),
    ],
)
def test_what_cannot_be_is_doubted(day: str, future: bool, doubted: bool) -> None:
    field = FactField("issued_on", FactKind.DATE, "签发日期", "Date of issue", future=future)
    said = date_doubts([field], {"issued_on": day}, TODAY)
    assert bool(said) is doubted
    assert all(day in words and "签发日期" in words for words in said)


@pytest.fixture
def application(bank: Bank, clerk: User, edition: PolicyEdition) -> Application:
    """A draft in which everything is answered."""
    OutletFactory.create(bank=bank)
    application = start_application(bank=bank, by=clerk)
    answer_all(application, clerk)
    return application


def typed(client: Client, application: Application, day: dt.date) -> str:
    """Type a date of issue of the licence, and read what the page says."""
    version = application.answers.get(criterion__number=2).version
    path = reverse("admission:autosave", args=[application.pk, 2])
    fields = {
        "fact_issued_on": day.isoformat(),
        "fact_license_serial_number": "1",
        "fact_issuing_organ": "局",
    }
    answer = client.post(path, fields | {"version": str(version)}, headers={"HX-Request": "true"})
    return answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [dt.date(1800, 1, 1), dt.date(2099, 1, 1)])
def test_it_is_kept_in_the_draft_and_holds_up_submission(
    client: Client, application: Application, clerk: User, wrong: dt.date
) -> None:
    client.force_login(clerk)
    assert may_submit(clerk, application)
    assert wrong.isoformat() in typed(client, application, wrong)
    assert application.answers.get(criterion__number=2).facts["issued_on"] == wrong.isoformat()
    assert not may_submit(clerk, application)
    assert [item.criterion.number for item in missing_for_submission(application)] == [2]
    typed(client, application, clock.today())
    assert may_submit(clerk, application)


@pytest.mark.django_db
def test_the_api_is_held_up_alike(application: Application, clerk: User) -> None:
    criterion = application.edition.criteria.get(number=2)
    answer = application.answers.get(criterion=criterion)
    facts = answer.facts | {"issued_on": "2099-01-01"}
    save_answer(
        application=application, criterion=criterion, by=clerk, text="", facts=facts, version=answer.version
    )
    assert not may_submit(clerk, application)
