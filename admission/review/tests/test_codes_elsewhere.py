"""An outlet whose code another bank has entered too: officers see it at the review, no bank learns of it."""

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from admission.applications.models import Application
from admission.editions.models import PolicyEdition
from admission.review.actions.acceptance import accept_application
from admission.review.queries import review_list
from admission.tests.factories import submitted
from banks.outlets.models import Outlet
from banks.register.models import Bank
from banks.tests.factories import OutletFactory
from zsbank.base.accounts.models import User

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(bank: Bank, clerk: User, edition: PolicyEdition, people: "People") -> Application:
    """An application under review, of a bank with one outlet."""
    Outlet.objects.all().delete()
    OutletFactory.create(bank=bank, name="甲行网点")
    return accept_application(application=submitted(bank, clerk), by=people.intake)


def said(application: Application, number: int = 3) -> list[tuple[bool | None, str]]:
    """What officers are shown of the checks of a criterion."""
    task = next(task for task in review_list(application).tasks if task.criterion.number == number)
    return [(check.passed, check.text) for check in task.checks]


@pytest.mark.parametrize("field", ["uscc", "license_institution_code"])
def test_a_code_of_another_bank_is_for_a_person_to_decide(
    application: Application, other_bank: Bank, field: str
) -> None:
    assert {passed for passed, _text in said(application)} == {True}
    own = application.bank.outlets.get(name="甲行网点")
    OutletFactory.create(bank=other_bank, name="乙行网点", **{field: getattr(own, field)})
    passed, text = said(application)[-1]
    assert passed is None
    assert "乙行网点" in text
    assert other_bank.name in text
    assert "乙行网点" not in str(said(application, 5))


def test_the_bank_sees_the_same_with_and_without_it(
    client: Client, application: Application, other_bank: Bank, clerk: User
) -> None:
    client.force_login(clerk)
    page = reverse("admission:criterion", args=[application.pk, 3])
    before = client.get(page).content.decode().partition("<main")[2]
    for outlet in application.bank.outlets.all():
        OutletFactory.create(bank=other_bank, uscc=outlet.uscc)
    assert client.get(page).content.decode().partition("<main")[2] == before


def test_two_outlets_of_the_bank_with_one_code_do_not_pass(application: Application) -> None:
    own = application.bank.outlets.get(name="甲行网点")
    OutletFactory.create(bank=application.bank, name="丙行网点", uscc=own.uscc)
    failed = [text for passed, text in said(application) if passed is False]
    assert len(failed) == 1
    assert "甲行网点" in failed[0]
    assert "丙行网点" in failed[0]


def test_it_asks_the_database_as_often_for_many_as_for_few(
    application: Application, other_bank: Bank
) -> None:
    counts = []
    for _round in range(2):
        for outlet in OutletFactory.create_batch(20, bank=application.bank):
            OutletFactory.create(bank=other_bank, uscc=outlet.uscc)
        fresh = Application.objects.get(pk=application.pk)
        with CaptureQueriesContext(connection) as queries:
            review_list(fresh)
        counts.append(len(queries))
    assert counts[0] == counts[1]
