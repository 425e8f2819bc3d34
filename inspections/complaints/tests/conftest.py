"""A complaint about a qualified bank, forwarded to it."""

from typing import TYPE_CHECKING

import pytest

from admission.editions.models import PolicyEdition
from banks.register.models import Bank
from inspections.complaints.models import Complaint
from inspections.complaints.tests.factories import forwarded
from zsbank.base.accounts.models import User

if TYPE_CHECKING:
    from conftest import People


@pytest.fixture(autouse=True)
def in_force(edition: PolicyEdition) -> PolicyEdition:
    """The edition whose criteria are the kinds of complaint."""
    return edition


@pytest.fixture
def complaint(bank: Bank, people: "People") -> Complaint:
    """A complaint forwarded on a Tuesday, to be answered by the Tuesday two weeks later."""
    return forwarded(bank, people.inspector)


@pytest.fixture
def second_inspector(people: "People") -> User:
    """Another inspector."""
    user = User.objects.create(username="inspector2", name="检查员二", is_staff=True)
    user.groups.set(people.inspector.groups.all())
    return user
