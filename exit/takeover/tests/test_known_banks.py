"""A workbook against what the register knows already."""

from typing import TYPE_CHECKING

import pytest

from admission.editions.models import PolicyEdition
from banks.register.models import Bank
from banks.register.states import Standing
from exit.takeover.tests.workbooks import (
    GO_LIVE,
    bank,
    code,
)

if TYPE_CHECKING:
    from conftest import People
from exit.takeover.tests.test_workbook import said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]


def test_known_bank_with_other_data_or_facts_is_refused(people: "People") -> None:
    row = bank(1)
    known = Bank.objects.create(
        name=row["名称"],
        uscc=code(1),
        category="city",
        license_institution_code="B8001H244200001",
        address="",
    )
    assert "登记簿中为“—”" in said()
    Bank.objects.filter(pk=known.pk).update(address=row["住所"])
    assert said() == ""
    assert "没有它的资格" in said(qualifications=[])
    Bank.objects.filter(pk=known.pk).update(
        standing=Standing.LOCKED_OUT, may_apply_from=GO_LIVE, bar_last_day=GO_LIVE
    )
    assert "已在登记簿中" in said()


def test_look_alike_of_a_known_bank_is_stopped_for_a_person(people: "People") -> None:
    Bank.objects.create(
        name="示例接续银行1", uscc=code(9), category="city", license_institution_code="", address=""
    )
    assert "相似" in said()


def test_without_an_edition_nothing_is_taken_over() -> None:
    PolicyEdition.objects.update(published_at=None)
    assert "准入机制" in said()
