"""What a qualification rests on: a decision's letter, or a takeover that somebody recorded."""

from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction

from banks.register.models import Bank, Qualification
from banks.tests.factories import admit
from zsbank.base.calendar import clock

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db


def test_the_database_takes_no_qualification_that_rests_on_nothing(bank: Bank) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Qualification.objects.create(bank=bank, effective_from=clock.today())
    assert not Qualification.objects.exists()


def test_a_takeover_is_recorded_in_words(bank: Bank, people: "People") -> None:
    assert admit(bank, people.decider).takeover_note != ""
    with pytest.raises(IntegrityError), transaction.atomic():
        Qualification.objects.update(takeover_note="")
