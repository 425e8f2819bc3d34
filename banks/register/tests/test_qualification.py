"""A qualification is based on a decision's letter or a recorded takeover."""

from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction

from banks.register.models import Bank, Qualification
from banks.tests.factories import admit
from zsbank.base.calendar import clock

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db


def test_database_refuses_qualification_without_basis(bank: Bank) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Qualification.objects.create(bank=bank, effective_from=clock.today())
    assert not Qualification.objects.exists()


def test_takeover_needs_a_note(bank: Bank, people: "People") -> None:
    assert admit(bank, people.decider).takeover_note != ""
    with pytest.raises(IntegrityError), transaction.atomic():
        Qualification.objects.update(takeover_note="")
