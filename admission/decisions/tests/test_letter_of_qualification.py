"""The qualification refers to the decision's letter."""

from typing import TYPE_CHECKING

import pytest

from admission.editions.models import PolicyEdition
from admission.tests.factories import admitted
from banks.register.models import Bank
from zsbank.base.accounts.models import User

if TYPE_CHECKING:
    from conftest import People

pytestmark = pytest.mark.django_db


def test_qualification_refers_to_the_decision_letter(
    bank: Bank, clerk: User, edition: PolicyEdition, people: "People"
) -> None:
    qualification = admitted(bank, clerk, people)
    assert qualification.letter is not None
    assert qualification.letter == qualification.decision.letter
