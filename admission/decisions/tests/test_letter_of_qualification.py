"""The qualification that an admission gives rests on the decision's letter."""

from typing import TYPE_CHECKING

import pytest

from admission.editions.models import PolicyEdition
from admission.tests.factories import admitted
from banks.register.models import Bank
from zsbank.base.accounts.models import User

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db


def test_an_admission_rests_on_the_letter_of_its_decision(
    bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    qualification = admitted(bank, clerk, people)
    assert qualification.letter is not None
    assert qualification.letter == qualification.decision.letter
