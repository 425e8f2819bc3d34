"""Fixtures of the walk."""

from typing import TYPE_CHECKING

import pytest

from admission.editions.models import PolicyEdition
from banks.register.models import Bank
from conftest import make_officer
from tests.walk.world import World, made
from zsbank.base.roles import STAFF_ROLES, Role

if TYPE_CHECKING:
    from conftest import People


@pytest.fixture
def world(bank: Bank, other_bank: Bank, people: "People", edition: PolicyEdition) -> World:
    """Two banks with a row of every kind, and an officer of every role."""
    officers = {role: make_officer(f"the-{role.value}", role) for role in Role if role in STAFF_ROLES}
    return made(bank, other_bank, people, officers)
